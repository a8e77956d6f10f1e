/**
 * The page's end of the line to Python: what the visitor changes goes out in order, what Python changes comes back.
 *
 * One patch is under way at a time. What happens meanwhile waits, and of several changes of one property only the
 * last is sent, so that a slider that is dragged never builds a queue.
 */
export class Link {
  /**
   * @param {import("@bokehjs/document/document").Document} document
   * @param {Worker} worker
   * @param {{onAnswer: (errors: string[]) => void, onBusy: (busy: boolean) => void}} listeners
   */
  constructor(document, worker, { onAnswer, onBusy }) {
    this._document = document
    this._worker = worker
    this._onAnswer = onAnswer
    this._onBusy = onBusy
    this._waiting = new Map()
    this._applying = false
    this._ready = false
    this._underWay = false
    document.on_change((event) => this._remember(event))
  }

  /** Python is there: send what has been waiting, or ask for a first answer. */
  open() {
    this._ready = true
    this._send(true)
  }

  /** Put Python's answer into the document. */
  receive({ patch, buffers, errors }) {
    this._applying = true
    try {
      if (patch !== "") this._document.apply_json_patch(JSON.parse(patch), new Map(buffers))
    } finally {
      this._applying = false
      this._underWay = false
    }
    this._onAnswer(errors)
    this._send()
    this._onBusy(this._underWay)
  }

  _remember(event) {
    if (this._applying || event.sync === false) return
    const key = event.kind === "ModelChanged" ? `${event.model.id} ${event.attr}` : Symbol(event.kind)
    this._waiting.delete(key)
    this._waiting.set(key, event)
    this._send()
  }

  _send(evenNothing = false) {
    if (!this._ready || this._underWay || (this._waiting.size === 0 && !evenNothing)) return
    const patch = this._document.create_json_patch([...this._waiting.values()])
    this._waiting.clear()
    this._underWay = true
    this._worker.postMessage({ type: "patch", patch: JSON.stringify(patch) })
    this._onBusy(true)
  }
}
