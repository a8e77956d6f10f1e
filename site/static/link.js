/**
 * The page's end of the line to Python: what the visitor changes goes out in order, what Python changes comes back.
 *
 * One patch is under way at a time. What happens meanwhile waits, and of several changes of one property only the
 * last is sent, so that a slider that is dragged never builds a queue.
 */
import { Buffer } from "@bokehjs/core/serialization/buffer"

/**
 * @typedef {object} Listeners
 * @property {(errors: string[], draws: boolean) => void} onAnswer `draws` tells whether there is something new to see
 * @property {(busy: boolean) => void} onBusy
 * @property {() => void} onChange is told when the visitor has changed something
 */

export class Link {
  /**
   * @param {import("@bokehjs/document/document").Document} document
   * @param {Listeners} listeners
   */
  constructor(document, { onAnswer, onBusy, onChange }) {
    this._document = document
    /** @type {Worker | null} */
    this._worker = null
    this._onAnswer = onAnswer
    this._onBusy = onBusy
    this._onChange = onChange
    this._waiting = new Map()
    this._applying = false
    this._underWay = false
    /** How everything that Python has changed was before, by model and property. @type {Map<string, [any, string, unknown]>} */
    this._before = new Map()
    /** What its work has changed of that. @type {Set<string>} */
    this._worked = new Set()
    /** What the first parts of an answer have changed, and what went wrong in them. @type {Set<string>} */
    this._begun = new Set()
    /** @type {string[]} */
    this._wrong = []
    /** @type {(() => void)[]} who waits until Python has answered everything */
    this._waiters = []
    document.on_change((event) => this._remember(event))
  }

  /**
   * Python is there: send what has been waiting, or ask for a first answer.
   *
   * @param {Worker} worker
   */
  open(worker) {
    this._worker = worker
    this._send(true)
  }

  /** Python is gone, with what it was asked; what the visitor changes from now on waits for the next. */
  close() {
    this._worker = null
    this._underWay = false
    this._waiting.clear()
    this._takeBack()
  }

  /** Whether something waits to be sent. */
  get waits() {
    return this._waiting.size > 0
  }

  /** Put Python's answer into the document; whatever comes of that, the line stays open. */
  receive({ patch, buffers, errors }) {
    try {
      this._underWay = false
      const draws = patch !== "" || this._begun.size > 0
      const wrong = [...this._wrong.splice(0), ...errors, ...this._apply(patch, buffers)]
      this._begun.clear()
      this._onAnswer(wrong, draws)
    } finally {
      this._send()
      this._onBusy(this._underWay)
      if (!this._underWay) this._waiters.splice(0).forEach((resolve) => resolve())
    }
  }

  /** Put what is there of an answer into the document; the line stays taken until the rest has come. */
  begin({ patch, buffers, errors }) {
    this._wrong.push(...errors, ...this._apply(patch, buffers, this._begun))
  }

  /** Put into the document what Python's work has changed, and say that it is there. */
  advance({ patch, buffers, errors }) {
    const wrong = [...errors, ...this._apply(patch, buffers, this._worked)]
    if (wrong.length > 0) this._onAnswer(wrong, true)
    if (patch !== "") this._worker?.postMessage({ type: "seen" })
  }

  /** Resolves once Python is there and has answered everything. */
  async settled() {
    // What was changed just now is sent after this.
    await Promise.resolve()
    if (this._worker && !this._underWay && this._waiting.size === 0) return
    await new Promise((resolve) => this._waiters.push(() => resolve(undefined)))
  }

  /** @param {Set<string>} [changed] takes what is changed @returns {string[]} what went wrong */
  _apply(patch, buffers, changed) {
    if (patch === "") return []
    this._applying = true
    try {
      const events = JSON.parse(patch).events.filter((event) => !this._isOutdated(event))
      events.forEach((event) => this._note(event, changed))
      this._document.apply_json_patch({ events }, new Map(buffers))
      return []
    } catch (error) {
      console.error(error)
      return ["Python's answer could not be shown; load this page again"]
    } finally {
      this._applying = false
    }
  }

  _note({ model, attr }, changed) {
    const found = model && this._document.get_model_by_id(model.id)
    if (!found || !attr) return
    const key = `${model.id} ${attr}`
    if (!this._before.has(key)) this._before.set(key, [found, attr, found[attr]])
    changed?.add(key)
  }

  /** A Python that has just begun knows nothing of the work of the last, nor of what it has left half answered: show what it has instead. */
  _takeBack() {
    this._applying = true
    try {
      for (const key of [...this._worked, ...this._begun]) {
        const [model, attr, value] = /** @type {[any, string, unknown]} */ (this._before.get(key))
        model.setv({ [attr]: value }, { sync: false })
      }
    } finally {
      this._applying = false
      this._worked.clear()
      this._begun.clear()
      this._wrong = []
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
    if (!this._worker || this._underWay || (this._waiting.size === 0 && !evenNothing)) return
    const events = [...this._waiting.values()]
    this._waiting.clear()
    this._worker.postMessage({ type: "patch", patch: JSON.stringify(this._document.create_json_patch(events), written) })
    this._underWay = true
    this._onBusy(true)
  }
}

/** Bytes travel in the patch itself, as text. */
function written(_name, value) {
  return value instanceof Buffer ? value.to_base64() : value
}
