/** Says how far Python is, that it computes, and what went wrong: one line, never a guess. */
const PATIENCE = 60_000
const MEGABYTE = 1e6

export class Status {
  /** @param {HTMLElement} line @param {(error: string) => void} onSilence is told when nothing has come for a minute */
  constructor(line, onSilence) {
    this._line = line
    this._onSilence = onSilence
    this._text = /** @type {HTMLElement} */ (line.querySelector("[data-status=text]"))
    this._bar = /** @type {HTMLProgressElement} */ (line.querySelector("progress"))
    this._again = /** @type {HTMLButtonElement} */ (line.querySelector("button"))
    this._again.addEventListener("click", () => location.reload())
    this._wait()
  }

  progress({ stage, done, total }) {
    this._wait()
    if (stage === "fetch") this._show(`Fetching Python: ${megabytes(done)} of ${megabytes(total)} MB`, done / total)
    else if (stage === "start") this._show("Starting Python", null)
    else this._show(`Loading Python: ${done} of ${total} modules`, done / total)
  }

  live() {
    clearTimeout(this._watchdog)
    this._line.dataset.state = "live"
    this._text.textContent = "Python is live"
    this._bar.hidden = true
  }

  busy(busy) {
    if (this._line.dataset.state === "live") this._text.textContent = busy ? "Computing" : "Python is live"
    this._line.classList.toggle("busy", busy)
  }

  /** Say what Python refused; the page goes on. */
  refused(errors) {
    if (errors.length > 0) this._text.textContent = errors.join("; ")
  }

  failed(message) {
    clearTimeout(this._watchdog)
    this._line.dataset.state = "failed"
    this._text.textContent = `${message} The recorded run still plays.`
    this._bar.hidden = true
    this._again.hidden = false
  }

  _show(text, part) {
    this._line.dataset.state = "starting"
    this._text.textContent = text
    if (part === null) this._bar.removeAttribute("value")
    else this._bar.value = part
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
