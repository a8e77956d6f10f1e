/** A pad to draw on by mouse, by finger or by keys, and what is made of the drawing, at once. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { onTokens, token } from "../theme.js"
import { fromText, SIDE, stroke, toText } from "./bitmap.js"
import { Chances } from "./chances.js"
import { explained } from "./help.js"
import css from "./settings.css"
import own from "./pad.css"
import { momentAt, paint, shades } from "./shades.js"
import { Tape } from "./tape.js"

/** Cells to a block, of which the ink is counted. */
const BLOCK = 4
/** Where the pen is at first, in cells. */
const START = [SIDE / 2, SIDE / 4]
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const KEYS = "arrow keys move the pen, space sets it down and lifts it, E changes it for the eraser and back, delete clears"
/** The button that a pen's other end is. */
const OTHER_END = 5

class DrawingPadView extends /** @type {ViewWith<typeof UIElementView, DrawingPad>} */ (UIElementView) {
  static __name__ = "DrawingPadView"
  /** Where the pen is, in cells from the upper left, and whether it draws there by keys. */
  _pen = START
  _down = false
  _held = false
  _erases = false
  /** Whether a pen is used by its other end. */
  _turned = false
  /** @type {Uint8Array} */
  _cells = new Uint8Array(SIDE * SIDE)
  /** @type {Chances | null} */
  _chances = null

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    const { value, seen, chances, moments } = this.model.properties
    this.on_change(value, () => this._take())
    this.on_change(seen, () => this._paintSeen())
    this.on_change([chances, moments], () => this._answer())
    this.connect(this.model.tape.shown, () => this._answer())
    onTokens(() => this._paintAll())
  }

  render() {
    super.render()
    const { title, help_text, names } = this.model
    const [ask, help] = explained(title, title, help_text)
    this._surface = element("canvas", { class: "surface", tabindex: 0, role: "application", "aria-label": `${title}: ${KEYS}` })
    this._small = element("canvas", { class: "small", role: "img", "aria-label": "What the network sees: the ink in each block, counted" })
    const clear = element("button", { type: "button", class: "plain" }, "Clear")
    clear.addEventListener("click", () => this._clear())
    this._eraser = element("button", { class: "plain", type: "button", "aria-pressed": "false" }, "Eraser")
    this._eraser.addEventListener("click", () => this._takeUp(!this._erases))
    const shown = (this._chances = new Chances(names))
    const tools = element("div", { class: "tools" }, this._small, element("span", { class: "sees" }, "as the network sees it"), this._eraser, clear)
    this.shadow_el.append(element("div", { class: "pad" }, element("div", { class: "above" }, ask, help), this._surface, shown.root, tools))
    this._listen()
    new ResizeObserver(() => this._paint()).observe(this._surface)
    this._take()
    this._paintSeen()
    this._answer()
  }

  _listen() {
    this._surface.addEventListener("pointerdown", (event) => this._press(event))
    this._surface.addEventListener("pointermove", (event) => this._held && this._drag(event))
    for (const end of ["pointerup", "pointercancel"]) this._surface.addEventListener(end, () => (this._held = this._turned = false))
    this._surface.addEventListener("keydown", (event) => this._key(event))
    for (const change of ["focus", "blur"]) this._surface.addEventListener(change, () => this._lift())
  }

  _press(event) {
    if (![0, OTHER_END].includes(event.button) || !event.isPrimary) return
    this._turned = event.button === OTHER_END
    this._surface.setPointerCapture(event.pointerId)
    this._held = true
    this._pen = this._at(event)
    this._draw(this._pen)
  }

  /** All the places that the pointer has been at since the last picture. */
  _drag(event) {
    const passed = event.getCoalescedEvents?.() ?? []
    for (const each of passed.length > 0 ? passed : [event]) this._draw(this._at(each))
  }

  _key(event) {
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === " ") {
      this._down = !this._down
      if (this._down) this._draw(this._pen)
    } else if (event.key in ARROWS) this._move(ARROWS[event.key])
    else if (event.key.toLowerCase() === "e") this._takeUp(!this._erases)
    else if (event.key === "Delete" || event.key === "Backspace") this._clear()
    else return
    event.preventDefault()
    this._paint()
  }

  _move([right, down]) {
    const within = (place) => Math.max(0.5, Math.min(SIDE - 0.5, place))
    const to = [within(this._pen[0] + right), within(this._pen[1] + down)]
    if (this._down) this._draw(to)
    this._pen = to
  }

  /** Take up the eraser, or the pen. */
  _takeUp(erases) {
    this._erases = erases
    this._eraser?.setAttribute("aria-pressed", String(erases))
    this._surface.classList.toggle("erasing", erases)
    this._paint()
  }

  _lift() {
    this._down = false
    this._paint()
  }

  _at(event) {
    const { left, top, width, height } = this._surface.getBoundingClientRect()
    return [((event.clientX - left) / width) * SIDE, ((event.clientY - top) / height) * SIDE]
  }

  /** Draw from where the pen is. */
  _draw(to) {
    stroke(this._cells, this._pen, to, this._erases || this._turned ? 0 : 1)
    this._pen = to
    this.model.value = toText(this._cells)
    this._paint()
  }

  _clear() {
    this._down = false
    this._pen = START
    // There is nothing left to be erased.
    this._takeUp(false)
    this.model.value = ""
  }

  /** Show a drawing that has come from elsewhere. */
  _take() {
    if (toText(this._cells) !== this.model.value) this._cells = fromText(this.model.value)
    this._paint()
  }

  _paintAll() {
    this._paint()
    this._paintSeen()
  }

  _paint() {
    const size = Math.round(this._surface.clientWidth * devicePixelRatio)
    if (size === 0) return
    Object.assign(this._surface, { width: size, height: size })
    const pen = /** @type {CanvasRenderingContext2D} */ (this._surface.getContext("2d"))
    const cell = size / SIDE
    pen.fillStyle = token("ink")
    this._cells.forEach((ink, index) => ink && pen.fillRect((index % SIDE) * cell, Math.floor(index / SIDE) * cell, cell + 0.5, cell + 0.5))
    pen.strokeStyle = token("line")
    for (let place = BLOCK; place < SIDE; place += BLOCK) {
      pen.strokeRect(place * cell, -1, 0, size + 2)
      pen.strokeRect(-1, place * cell, size + 2, 0)
    }
    if (this._surface.matches(":focus-visible")) this._paintPen(pen, cell)
  }

  _paintPen(pen, cell) {
    pen.beginPath()
    pen.arc(this._pen[0] * cell, this._pen[1] * cell, 2.5 * cell, 0, 2 * Math.PI)
    pen.lineWidth = (this._down ? 3 : 1.5) * devicePixelRatio
    pen.strokeStyle = token("focus")
    pen.setLineDash(this._erases ? [4 * devicePixelRatio, 3 * devicePixelRatio] : [])
    pen.stroke()
  }

  _paintSeen() {
    const { seen } = this.model
    paint(this._small, seen, seen.shape, shades("ink"))
  }

  _answer() {
    const { chances, moments, names, tape } = this.model
    const row = Math.min(momentAt(moments, tape.step), chances.shape[0] - 1)
    this._chances?.show(row < 0 ? undefined : names.map((_, index) => chances[row * names.length + index]))
  }
}

/**
 * @typedef {object} Values
 * @property {string} key
 * @property {string} title
 * @property {string} value
 * @property {string} default
 * @property {string} pattern of what a drawing's text can be
 * @property {any} seen counts of ink, 0 to 16, row by row
 * @property {string[]} names
 * @property {any} chances row by row, one for each moment
 * @property {number[]} moments the steps of the tape from which on each row holds
 * @property {Tape} tape
 * @property {string} help_text
 */

export class DrawingPad extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "DrawingPad"
  static __module__ = "fallline_app.components.models.settings"
  static {
    this.prototype.default_view = DrawingPadView
    this.define(({ Any, Int, List, Ref, Str }) => ({
      key: [Str, ""],
      title: [Str, ""],
      value: [Str, ""],
      default: [Str, ""],
      pattern: [Str, ""],
      seen: [Any, null],
      names: [List(Str), []],
      chances: [Any, null],
      moments: [List(Int), []],
      tape: [Ref(Tape)],
      help_text: [Str, ""],
    }))
  }
}
