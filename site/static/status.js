/** Says how far Python is, that it computes, and what went wrong: one line, never a guess. */
const PATIENCE = 60_000
const SHORT = 1000
const MEGABYTE = 1e6
const STAGES = { fetch: "Fetching Python", start: "Starting Python", import: "Loading Python" }

export class Status {
  /** @param {HTMLElement} line @param {(error: string) => void} onSilence is told when nothing has come for a minute */
  constructor(line, onSilence) {
    this._line = line
    this._onSilence = onSilence
    /** @type {"starting" | "live" | "failed"} */
    this._state = "starting"
    this._stage = STAGES.fetch
    this._waiting = this._busy = this._plays = false
    this._trouble = ""
    // The text is said aloud, so it changes seldom; the detail runs.
    this._text = /** @type {HTMLElement} */ (line.querySelector("[data-status=text]"))
    this._detail = /** @type {HTMLElement} */ (line.querySelector("[data-status=detail]"))
    this._bar = /** @type {HTMLProgressElement} */ (line.querySelector("progress"))
    this._again = /** @type {HTMLButtonElement} */ (line.querySelector("[data-status=again]"))
    this._again.addEventListener("click", () => location.reload())
    this._stop = /** @type {HTMLButtonElement} */ (line.querySelector("[data-status=stop]"))
    this._stop.addEventListener("click", () => this.onStop())
    /** Is told that the visitor does not want to wait for an answer. */
    this.onStop = () => {}
    this._wait()
  }

  progress({ stage, done, total }) {
    if (this._state !== "starting") return
    this._wait()
    this._stage = STAGES[stage]
    const counts = { fetch: () => `${megabytes(done)} of ${megabytes(total)} MB`, import: () => `${done} of ${total} modules` }
    this._detail.textContent = counts[stage]?.() ?? ""
    if (stage in counts) this._bar.value = done / total
    else this._bar.removeAttribute("value")
    this._show()
  }

  /** The recorded run plays, whatever becomes of Python. */
  plays() {
    this._plays = true
    this._show()
  }

  live() {
    if (this._state === "failed") return
    this._end("live")
  }

  get isLive() {
    return this._state === "live"
  }

  /** Python was stopped, and comes back. */
  restart() {
    if (this._state === "failed") return
    this._state = "starting"
    this._stage = STAGES.start
    this._trouble = ""
    this._waiting = false
    this._bar.hidden = false
    this._bar.removeAttribute("value")
    this._wait()
    this._show()
  }

  /** The visitor has changed something: what Python refused before is over. */
  changed() {
    if (this._state === "live") this._trouble = ""
    this._waiting = true
    this._show()
  }

  busy(busy) {
    this._busy = busy
    clearTimeout(this._long)
    this._stop.hidden = true
    // What takes its time can be stopped; a button that comes and goes would only disturb.
    if (busy && this._state === "live") this._long = setTimeout(() => (this._stop.hidden = false), SHORT)
    this._show()
  }

  /** Say what Python refused; the page goes on. */
  refused(errors) {
    if (errors.length > 0) this._trouble = errors.join("; ")
    this._show()
  }

  failed(message) {
    this._trouble = message
    this._end("failed")
  }

  _end(state) {
    clearTimeout(this._watchdog)
    this._state = state
    this._bar.hidden = true
    this._detail.textContent = ""
    this._show()
  }

  _show() {
    this._line.dataset.state = this._state === "live" && this._trouble !== "" ? "refused" : this._state
    // Loading the page again brings the settings back by its address, and a Python that nothing has harmed.
    this._again.hidden = this._trouble === ""
    this._line.classList.toggle("busy", this._busy && this._state === "live")
    const text = this._words()
    // A live region is read out whenever it is written to.
    if (this._text.textContent !== text) this._text.textContent = text
  }

  _words() {
    if (this._state === "failed") return this._plays ? `${this._trouble} The recorded run still plays.` : this._trouble
    if (this._trouble !== "") return this._trouble
    if (this._state === "starting") return this._waiting ? "Your change waits for Python" : this._stage
    return this._busy ? "Computing" : "Python is live"
  }

  /** Some failures are silent: a minute without a word is one. */
  _wait() {
    clearTimeout(this._watchdog)
    this._watchdog = setTimeout(() => this._onSilence("no sign of life"), PATIENCE)
  }
}

function megabytes(bytes) {
  return (bytes / MEGABYTE).toFixed(1)
}
