/** Long work in the worker: Python does it slice by slice, and what the page sends is answered between two of them. */

/** How long a slice takes, in seconds: as long as that, an answer may have to wait. */
const SLICE = 0.05
/** The least time between two tellings, in milliseconds: each is drawn. */
const REST = 100

export class Advancing {
  /**
   * @param {any} document Python's
   * @param {(advanced: any) => boolean} onAdvance is handed Python's answer after each slice; returns whether it draws
   * @param {(error: unknown) => void} onCrash
   */
  constructor(document, onAdvance, onCrash) {
    this._document = document
    this._onAdvance = onAdvance
    this._onCrash = onCrash
    this._goes = false
    this._seen = true
    this._toldAt = -Infinity
    // A message to oneself comes after those of the page that are there already, and a timer would wait longer.
    this._turn = new MessageChannel()
    this._turn.port1.onmessage = () => this._advance()
  }

  /** The page has drawn what it was told last; a slow one is told less often. */
  seen() {
    this._seen = true
  }

  /** Do what there is to be done, unless that is under way. */
  goOn() {
    if (this._goes || !this._document.works) return
    this._goes = true
    this._turn.port2.postMessage(null)
  }

  _advance() {
    this._goes = false
    try {
      if (!this._document.works) return
      const now = performance.now()
      const tells = this._seen && now - this._toldAt >= REST
      if (this._onAdvance(this._document.advance(SLICE, tells))) [this._seen, this._toldAt] = [false, now]
      this.goOn()
    } catch (error) {
      this._onCrash(error)
    }
  }
}
