/** What can be taken away: a link, the code, the plots and their numbers. */
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
    this._listen({
      link: () => this._copy(location.href, "The link"),
      code: () => this._copy(tape.code, "The code"),
      script: () => this._save(new Blob([tape.code], { type: "text/x-python" }), "py"),
      notebook: () => this._save(new Blob([notebook(tape.code)], { type: "application/x-ipynb+json" }), "ipynb"),
      csv: () => this._save(new Blob([table(tape)], { type: "text/csv" }), "csv"),
      png: async () => this._save(await picture(plots), "png"),
      svg: () => this._save(drawing(plots), "svg"),
      gif: async () => this._save(await film(plots, player, (done, total) => this._say(`Film: ${done} of ${total} pictures`)), "gif"),
    })
    const show = () => (this._part("listing").textContent = tape.code)
    tape.connect(tape.properties.code.change, show)
    show()
  }

  _listen(actions) {
    for (const [name, action] of Object.entries(actions)) {
      const button = /** @type {HTMLButtonElement} */ (this._part(name))
      button.addEventListener("click", async () => {
        button.disabled = true
        try {
          await action()
        } catch (error) {
          this._say(`That did not work: ${error instanceof Error ? error.message : error}`)
        } finally {
          button.disabled = false
        }
      })
    }
  }

  async _copy(text, what) {
    await copied(text)
    this._say(`${what} is on the clipboard.`)
  }

  _save(blob, ending) {
    const url = URL.createObjectURL(blob)
    Object.assign(document.createElement("a"), { href: url, download: `fallline-${this._name}.${ending}` }).click()
    setTimeout(() => URL.revokeObjectURL(url), SPOKEN_FOR)
    this._say(`Saved as fallline-${this._name}.${ending}.`)
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
