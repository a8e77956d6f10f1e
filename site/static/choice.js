/**
 * Chooses the way to Python by what it measures: the image is more bytes, the archives are more work.
 *
 * What was measured where is in docs/decisions/0004-image-or-archives.md.
 */

const ARCHIVES = ["wasm", "stdlib", "vendor", "source"]
/** Milliseconds after the first bytes: before the one a connection gains speed, at the other its speed is known. */
const SETTLED = 250
const MEASURED = 1000
/** Importing takes so many times longer than `workALittle` than restoring does. */
const IMPORT = 150
const PIECES = 8

export class Choice {
  /** @param {Record<string, import("./files.js").File>} files */
  constructor(files) {
    this._archives = ARCHIVES.reduce((sum, name) => sum + files[name].packed, 0)
    this._made = false
    /** @type {number | null} when the first bytes came */
    this._first = null
    /** @type {{now: number, loaded: number} | null} */
    this._start = null
    this._controller = new AbortController()
    /** Ends the downloads of the image once the archives are the quicker way. */
    this.signal = this._controller.signal
    /** @type {Promise<never>} fails then */
    this.againstImage = new Promise((_, reject) => {
      this.signal.addEventListener("abort", () => reject(this.signal.reason))
    })
    this.againstImage.catch(() => {})
  }

  /** Take note of how many of the image's bytes are there; after a second the choice is made. */
  see(loaded, total) {
    const now = performance.now()
    this._first ??= now
    if (now - this._first < SETTLED) return
    this._start ??= { now, loaded }
    if (this._made || now - this._first < MEASURED) return
    this._made = true
    const speed = (loaded - this._start.loaded) / (now - this._start.now)
    const fetching = (total - loaded - this._archives) / speed
    // On most connections the work cannot matter, and is not done.
    if (fetching <= MEASURED || fetching <= IMPORT * workALittle()) return
    this._controller.abort(new Error(`the archives are quicker at ${speed.toFixed()} bytes/ms`))
  }
}

/** @returns {number} milliseconds that this device needs for a fixed piece of work when nothing else interrupts it */
function workALittle() {
  const pieces = Array.from({ length: PIECES }, workAPiece)
  return PIECES * Math.min(...pieces)
}

function workAPiece() {
  const start = performance.now()
  let sum = 1
  for (let step = 0; step < 2.5e6; step += 1) sum = (Math.imul(sum, 31) + step) | 0
  // The sum is used, or the work would not be done.
  return performance.now() - start + (sum & 0)
}
