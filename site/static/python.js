/** Python behind a page: begun, linked to its document, and begun anew where it was stopped. */
import { Beginning } from "./begin.js"
import { Link } from "./link.js"

/** What runs longer than this will not end. */
const PATIENCE = 10_000
const KEPT = "Everything is as it was before; what you typed is still in its field."
const LEFT = "What was being computed has to be started again; the settings are as they were."
/** As often in a row Python is begun anew with the code that was well before, then without; if it cannot be, it has failed. */
const WITH_CODE = 2
const ATTEMPTS = 4

/**
 * @typedef {object} Listeners
 * @property {(errors: string[], draws: boolean) => void} onAnswer
 * @property {(busy: boolean) => void} onBusy
 * @property {() => void} onChange
 * @property {(error: string) => void} onFail
 * @property {(progress: any) => void} onProgress
 * @property {(why: string) => void} onStopped is told that Python begins anew
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
    /** How often Python has begun anew since it last answered the visitor. */
    this._attempts = 0
    /** @type {Beginning | null} the one that is being told how everything was set */
    this._restoring = null
    /** @type {string | undefined} the way that Python came, where that was not the first choice */
    this._way = undefined
    this._begin(beginning)
  }

  /** Resolves once Python is there and has answered everything. */
  settled() {
    return this._link.settled()
  }

  /** End what Python is doing, and bring it back with these settings: as it was before that, if none are named. */
  stop(why, remark = "This did not end, and was stopped.", good = this._good) {
    this._worker?.terminate()
    this._link.close()
    this._watch(false)
    const left = this._works
    this._watchWork(false)
    this._attempts += 1
    if (this._attempts > ATTEMPTS && this._restoring !== null) return this._listeners.onFail(why)
    this._listeners.onStopped(`${why} ${left ? LEFT : KEPT}`)
    // What was well once and is not now is the code: it stays in its field.
    const values = this._attempts <= WITH_CODE ? good : this._settings.withCodeOf(good, new Map())
    this._restore(new Beginning(this._manifest, this._way), values, remark)
  }

  async _restore(beginning, good, remark) {
    const before = this._settings.changed
    await this._begin(beginning)
    const values = followed(good, before, this._settings.changed)
    this._restoring = beginning
    await this._settings.restore(values, () => this.settled(), remark)
    if (this._restoring === beginning) this._restoring = null
  }

  _crashed(error) {
    console.info(`fallline: ${error}`)
    // What was set last may have had no part in it, and is tried once more; code is not.
    const good = this._attempts === 0 ? this._settings.withCodeOf(this._settings.changed, this._good) : this._good
    this.stop("Python broke down, and has begun anew.", "This made Python break down.", good)
  }

  /** @param {Beginning} beginning @returns {Promise<void>} resolves when Python is there */
  _begin(beginning) {
    this._worker = beginning.worker
    this._isThere = false
    return new Promise((resolve) => beginning.listen((said) => this._hear(beginning.worker, said, resolve)))
  }

  _hear(worker, said, ready) {
    const hear = {
      advanced: () => {
        this._watchWork(said.works)
        this._link.advance(said)
      },
      answer: () => {
        this._watchWork(said.works)
        this._link.receive(said)
      },
      crashed: () => this._crashed(said.error),
      failed: () => (this._isThere ? this._crashed(said.error) : this._listeners.onFail(said.error)),
      part: () => this._link.begin(said),
      fallback: () => {
        this._way = "archives"
        console.info(`fallline: from the archives, since ${said.error}`)
      },
      progress: () => this._listeners.onProgress(said),
      ready: () => {
        this._isThere = true
        this._link.open(worker)
        ready()
      },
    }
    if (worker === this._worker && Object.hasOwn(hear, said?.type)) hear[said.type]()
  }

  _answered(errors, draws) {
    if (this._restoring === null) this._attempts = 0
    if (!this._link.waits) this._good = this._settings.changed
    this._listeners.onAnswer(errors, draws)
  }

  _watch(busy) {
    clearTimeout(this._limit)
    if (busy) this._limit = setTimeout(() => this._giveUp(), PATIENCE)
    this._listeners.onBusy(busy)
  }

  /** Each slice of work is an answer too. */
  _watchWork(works) {
    clearTimeout(this._workLimit)
    this._works = works
    if (works) this._workLimit = setTimeout(() => this._giveUp(), PATIENCE)
  }

  _giveUp() {
    this.stop(`Stopped after ${PATIENCE / 1000} seconds.`)
  }
}

/** What was good, and on top of it what the visitor has changed since. */
function followed(good, before, now) {
  const values = new Map(good)
  for (const [key, value] of now) if (before.get(key) !== value) values.set(key, value)
  for (const key of before.keys()) if (!now.has(key)) values.delete(key)
  return values
}
