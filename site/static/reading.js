/** How a page is read: projected, on the full screen, by keys; each by a button and by a key. */
import { isProjected, project } from "./projector.js"
import { remember, remembered } from "./remembered.js"

const LETTERS = "letters"

export class Reading {
  /**
   * @param {HTMLElement} screen what fills the full screen
   * @param {HTMLDialogElement} dialog lists the keys
   */
  constructor(screen, dialog) {
    this._screen = screen
    this._dialog = dialog
    /** @type {(name: string) => any} the template has each of them */
    this._part = (name) => screen.ownerDocument.querySelector(`[data-reading="${name}"]`)
    const actions = { keys: () => this._list(), projector: () => this._project(), full: () => this._fill() }
    for (const [name, action] of Object.entries(actions)) this._part(name).addEventListener("click", action)
    // Some browsers, and some frames, give no page the full screen.
    this._part("full").classList.toggle("needless", !document.fullscreenEnabled)
    this._letters = this._part(LETTERS)
    this._letters.checked = remembered(LETTERS, true)
    this._letters.addEventListener("change", () => remember(LETTERS, this._letters.checked))
    document.addEventListener("fullscreenchange", () => this._show())
    document.addEventListener("keydown", (event) => this._press(event, { "?": actions.keys, p: actions.projector, f: actions.full }))
    this._show()
  }

  _list() {
    if (this._dialog.open) this._dialog.close()
    else this._dialog.showModal()
  }

  _project() {
    project(!isProjected())
    this._show()
  }

  async _fill() {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : this._screen.requestFullscreen())
    } catch (error) {
      console.info(`fallline: no full screen, since ${error}`)
    }
  }

  _show() {
    this._part("projector").setAttribute("aria-pressed", String(isProjected()))
    this._part("full").setAttribute("aria-pressed", String(document.fullscreenElement !== null))
  }

  /** Who speaks to a computer can switch letters off: to it, each word is several. */
  _press(event, actions) {
    const action = actions[event.key.toLowerCase()]
    const modified = event.ctrlKey || event.altKey || event.metaKey
    if (action === undefined || modified || event.defaultPrevented || !this._letters.checked || takesText(event.composedPath()[0])) return
    event.preventDefault()
    action()
  }
}

function takesText(target) {
  return Boolean(target.closest?.("input:not([type=range], [type=checkbox]), select, textarea"))
}
