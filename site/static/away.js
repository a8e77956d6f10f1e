/** What can be taken away: a link, the code, the plots and their numbers. */
import { FIRST } from "./document.js"
import { notebook } from "./notebook.js"
import { drawing, film, picture } from "./pictures.js"
import { table } from "./table.js"

const SPOKEN_FOR = 4000

export class Away {
  /**
   * @param {HTMLElement} place with a button for each thing, an element for the code and one for what is to be said
   * @param {{name: string, tape: import("./models/tape.js").Tape, player: import("./player.js").Player, plots: import("./pictures.js").PlotView[]}} page
   */
  constructor(place, { name, tape, player, plots }) {
    this._name = name
    this._part = (part) => /** @type {HTMLElement} */ (place.querySelector(`[data-away="${part}"]`))
    // The further plots are taken away one by one.
    const together = plots.filter(({ model }) => FIRST.includes(model.name ?? ""))
    this._listen({
      link: () => this._copy(location.href, "The link", tape.link_note),
      code: () => this._copy(tape.code, "The code"),
      script: () => this._save(new Blob([tape.code], { type: "text/x-python" }), "py"),
      notebook: () => this._save(new Blob([notebook(tape.code)], { type: "application/x-ipynb+json" }), "ipynb"),
      csv: () => this._save(new Blob([table(tape)], { type: "text/csv" }), "csv"),
      png: async () => this._save(await picture(together), "png"),
      svg: () => this._save(drawing(together), "svg"),
      gif: async () => this._save(await film(together, player, (done, total) => this._say(`Film: ${done} of ${total} pictures`)), "gif"),
    })
    plots.forEach((plot) => this._listenBeside(plot))
    const show = () => (this._part("listing").textContent = tape.code)
    tape.connect(tape.properties.code.change, show)
    show()
  }

  _listen(actions) {
    for (const [name, action] of Object.entries(actions)) this._answer(/** @type {HTMLButtonElement} */ (this._part(name)), action)
  }

  /** A further plot has buttons of its own beside it. */
  _listenBeside(plot) {
    const { name } = plot.model
    const actions = { png: () => picture([plot]), svg: async () => drawing([plot]) }
    for (const [ending, draw] of Object.entries(actions)) {
      const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(`[data-figure="${name}"][data-ending="${ending}"]`))
      if (button) this._answer(button, async () => this._save(await draw(), ending, `${this._name}-${name}`))
    }
  }

  _answer(button, action) {
    button.addEventListener("click", async () => {
      // A button that is disabled would lose the focus.
      if (button.ariaDisabled === "true") return
      button.ariaDisabled = "true"
      try {
        await action()
      } catch (error) {
        this._say(`That did not work: ${error instanceof Error ? error.message : error}`)
      } finally {
        button.ariaDisabled = null
      }
    })
  }

  async _copy(text, what, note = "") {
    await copied(text)
    this._say(`${what} is on the clipboard. ${note}`.trim())
  }

  _save(blob, ending, of = this._name) {
    const file = `fallline-${of}.${ending}`
    const url = URL.createObjectURL(blob)
    Object.assign(document.createElement("a"), { href: url, download: file }).click()
    setTimeout(() => URL.revokeObjectURL(url), SPOKEN_FOR)
    this._say(`Saved as ${file}.`)
  }

  _say(text) {
    this._part("said").textContent = text
  }
}

/** Pages from a disk, and frames, may not use the clipboard; a selection that is copied works there too. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "spoken" })
    document.body.append(field)
    field.select()
    const done = document.execCommand("copy")
    field.remove()
    if (!done) throw new Error("this browser does not let a page copy; select the text instead")
  }
}
