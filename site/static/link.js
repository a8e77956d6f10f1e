/**
 * The page's end of the line to Python: what the visitor changes goes out in order, what Python changes comes back.
 *
 * One patch is under way at a time. What happens meanwhile waits, and of several changes of one property only the
 * last is sent, so that a slider that is dragged never builds a queue.
 */

/**
 * @typedef {object} Listeners
 * @property {(errors: string[], draws: boolean) => void} onAnswer `draws` tells whether there is something new to see
 * @property {(busy: boolean) => void} onBusy
 * @property {() => void} onChange is told when the visitor has changed something
 */

export class Link {
  /**
   * @param {import("@bokehjs/document/document").Document} document
   * @param {Worker} worker
   * @param {Listeners} listeners
   */
  constructor(document, worker, { onAnswer, onBusy, onChange }) {
    this._document = document
    this._worker = worker
    this._onAnswer = onAnswer
    this._onBusy = onBusy
    this._onChange = onChange
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

  /** Put Python's answer into the document; whatever comes of that, the line stays open. */
  receive({ patch, buffers, errors }) {
    try {
      this._underWay = false
      this._onAnswer([...errors, ...this._apply(patch, buffers)], patch !== "")
    } finally {
      this._send()
      this._onBusy(this._underWay)
    }
  }

  /** @returns {string[]} what went wrong */
  _apply(patch, buffers) {
    if (patch === "") return []
    this._applying = true
    try {
      const { events } = JSON.parse(patch)
      this._document.apply_json_patch({ events: events.filter((event) => !this._isOutdated(event)) }, new Map(buffers))
      return []
    } catch (error) {
      console.error(error)
      return ["Python's answer could not be shown; load this page again"]
    } finally {
      this._applying = false
    }
  }

  /** Of what the visitor has changed once more since, Python's answer is old: it would move under the finger. */
  _isOutdated({ kind, model, attr }) {
    return kind === "ModelChanged" && this._waiting.has(`${model.id} ${attr}`)
  }

  _remember(event) {
    const isChange = event.kind === "ModelChanged"
    // Of what is read-only, a model tells how it was laid out; nobody has set it.
    if (this._applying || event.sync === false || (isChange && event.model.property(event.attr).readonly)) return
    const key = isChange ? `${event.model.id} ${event.attr}` : Symbol(event.kind)
    this._waiting.delete(key)
    this._waiting.set(key, event)
    this._onChange()
    // What changes together is sent together.
    queueMicrotask(() => this._send())
  }

  _send(evenNothing = false) {
    if (!this._ready || this._underWay || (this._waiting.size === 0 && !evenNothing)) return
    const events = [...this._waiting.values()]
    this._waiting.clear()
    this._worker.postMessage({ type: "patch", patch: JSON.stringify(this._document.create_json_patch(events)) })
    this._underWay = true
    this._onBusy(true)
  }
}
