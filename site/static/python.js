/** Python behind a page: begun, linked to its document, and begun anew where it was stopped. */
import { Beginning } from "./begin.js"
import { Link } from "./link.js"

/** What runs longer than this will not end. */
const PATIENCE = 10_000
const KEPT = "Everything is as it was before; what you typed is still in its field."

/**
 * @typedef {object} Listeners
 * @property {(errors: string[], draws: boolean) => void} onAnswer
 * @property {(busy: boolean) => void} onBusy
 * @property {() => void} onChange
 * @property {(error: string) => void} onFail
 * @property {(progress: any) => void} onProgress
 * @property {(why: string) => void} onStopped
 */

export class Python {
  /**
   * @param {Record<string, any>} manifest
   * @param {Beginning} beginning
   * @param {import("@bokehjs/document/document").Document} document
   * @param {import("./settings.js").Settings} settings
   * @param {Listeners} listeners
   */
  constructor(manifest, beginning, document, settings, listeners) {
    this._manifest = manifest
    this._settings = settings
    this._listeners = listeners
    this._link = new Link(document, {
      onAnswer: (errors, draws) => this._answered(errors, draws),
      onBusy: (busy) => this._watch(busy),
      onChange: listeners.onChange,
    })
    /** The settings that Python has answered last. */
    this._good = settings.changed
    this._begin(beginning)
  }

  /** Resolves once Python is there and has answered everything. */
  settled() {
    return this._link.settled()
  }

  /** End what Python is doing, and bring it back as it was before that. */
  stop(why) {
    this._worker?.terminate()
    this._link.close()
    this._watch(false)
    this._listeners.onStopped(`${why} ${KEPT}`)
    this._begin(new Beginning(this._manifest)).then(() => this._settings.restore(this._good, () => this.settled()))
  }

  /** @param {Beginning} beginning @returns {Promise<void>} resolves when Python is there */
  _begin(beginning) {
    this._worker = beginning.worker
    return new Promise((resolve) => beginning.listen((said) => this._hear(beginning.worker, said, resolve)))
  }

  _hear(worker, said, ready) {
    const hear = {
      answer: () => this._link.receive(said),
      failed: () => this._listeners.onFail(said.error),
      fallback: () => console.info(`fallline: from the archives, since ${said.error}`),
      progress: () => this._listeners.onProgress(said),
      ready: () => {
        this._link.open(worker)
        ready()
      },
    }
    if (worker === this._worker) hear[said.type]?.()
  }

  _answered(errors, draws) {
    if (!this._link.waits) this._good = this._settings.changed
    this._listeners.onAnswer(errors, draws)
  }

  _watch(busy) {
    clearTimeout(this._limit)
    if (busy) this._limit = setTimeout(() => this.stop(`Stopped after ${PATIENCE / 1000} seconds.`), PATIENCE)
    this._listeners.onBusy(busy)
  }
}
