/** The bar beside the player: what is being done, how far it is, and buttons to begin, pause and stop it. */

/** What the button does in a state; in the others it begins. */
const NEXT = { running: "paused", paused: "running" }
const SAID = { running: "is under way", paused: "is paused", stopped: "was stopped", done: "is done", failed: "was ended by an error" }

export class WorkBar {
  /**
   * @param {import("./models/work.js").Work} work
   * @param {HTMLElement} bar
   * @param {import("./player.js").Player} player follows what the work adds to the run
   */
  constructor(work, bar, player) {
    this._work = work
    this._bar = bar
    this._player = player
    /** @type {(name: string) => any} the template has each of them */
    this._part = (name) => bar.querySelector(`[data-work="${name}"]`)
    this._part("go").addEventListener("click", () => this._go())
    this._part("stop").addEventListener("click", () => this._stop())
    const { state, fraction, phrase } = work.properties
    work.connect(state.change, () => this._say())
    for (const property of [state, fraction, phrase]) work.connect(property.change, () => this._show())
    this._show()
  }

  /** Show again what there was before the work. */
  forget() {
    this._work.state = "idle"
  }

  /** The Python that did it is gone, and the next one knows nothing of it. */
  lost() {
    this._work.setv({ state: "idle", fraction: 0, phrase: "" }, { sync: false })
  }

  _go() {
    const begins = !(this._work.state in NEXT)
    this._work.state = NEXT[this._work.state] ?? "running"
    if (begins) this._player.follow()
  }

  _stop() {
    if (this._work.state in NEXT) this._work.state = "stopped"
  }

  _show() {
    const { state, fraction, phrase } = this._work
    this._bar.dataset.state = state
    // A button that is disabled would lose the focus.
    this._part("stop").setAttribute("aria-disabled", String(!(state in NEXT)))
    this._part("phrase").textContent = phrase
    this._part("share").textContent = fraction === null || state === "idle" ? "" : `${Math.floor(100 * fraction)} %`
    if (fraction === null && state === "running") this._part("progress").removeAttribute("value")
    else this._part("progress").value = fraction ?? 0
  }

  /** What changes ten times a second is not spoken, but what becomes of it is. */
  _say() {
    const { title, state, phrase } = this._work
    this._part("said").textContent = state in SAID ? `${title} ${SAID[state]}${phrase ? `: ${phrase}` : ""}.` : ""
  }
}
