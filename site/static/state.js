/** The page's address follows its settings, and its settings the address: a link, a reload, back and forward. */
import { read, write } from "./address.js"

/** Of changes in a row, as while a slider is dragged, the last one alone makes an entry in the history. */
const PAUSE = 400

export class State {
  /**
   * @param {import("./settings.js").Settings} settings
   * @param {() => Promise<void>} settled resolves once Python has answered everything
   * @param {(problem: string) => void} onProblem is told what is wrong with an address, nothing where all is well
   */
  constructor(settings, settled, onProblem) {
    this._settings = settings
    this._settled = settled
    this._onProblem = onProblem
    this._following = 0
    settings.onChange(() => this._writeSoon())
    addEventListener("hashchange", () => location.hash !== this._written && this.follow())
  }

  /** Set everything as the address says; where it says nothing, as it was at first. */
  async follow() {
    // A place in the page, such as the skip link's, is no state.
    if (document.getElementById(location.hash.slice(1)) !== null) return
    clearTimeout(this._timer)
    this._written = location.hash
    const turn = (this._following += 1)
    try {
      const values = read(location.hash, this._settings.kinds)
      const problems = await this._settings.apply(values, this._settled)
      if (turn === this._following) this._onProblem(problems.length > 0 ? `This link asks for what there is not: ${problems.join("; ")}.` : "")
    } catch (error) {
      this._onProblem(`This link is damaged: ${/** @type {Error} */ (error).message}. Everything is as it was at first.`)
      await this._settings.apply(new Map(), this._settled)
    } finally {
      if (turn === this._following) this._following = 0
    }
  }

  /** Set everything as it was at first. */
  async reset() {
    await this._settings.apply(new Map(), this._settled)
  }

  _writeSoon() {
    if (this._following !== 0) return
    clearTimeout(this._timer)
    const { restoring } = this._settings
    this._timer = setTimeout(() => this._write(restoring), PAUSE)
  }

  /** @param {boolean} restoring whether the page itself has set everything as it was, and has said why */
  async _write(restoring) {
    const turn = this._timer
    // Defaults that follow from a choice come with Python's answer.
    await this._settled()
    // What was changed since is written in its turn; until then not everything may be set.
    if (this._following !== 0 || turn !== this._timer) return
    const hash = write(this._settings.changed)
    if (hash === location.hash) return
    this._written = hash
    if (!restoring) this._onProblem("")
    // Some frames may not touch their address; the page works without.
    try {
      history.pushState(null, "", hash === "" ? location.pathname + location.search : hash)
    } catch (error) {
      console.info(`fallline: no link to this state, since ${error}`)
    }
  }
}
