/** Small pictures beside each other: one is chosen by a click, a tap or the arrow keys, shown larger, and explained. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { onTokens } from "../theme.js"
import css from "./settings.css"
import own from "./gallery.css"
import { momentAt, paint, shades } from "./shades.js"
import { Tape } from "./tape.js"

class GalleryView extends /** @type {ViewWith<typeof UIElementView, Gallery>} */ (UIElementView) {
  static __name__ = "GalleryView"
  _chosen = 0
  _moment = 0
  /** How many pictures there are at this moment. */
  _count = 0
  /** @type {HTMLElement[]} */
  _options = []
  /** @type {HTMLCanvasElement[]} */
  _canvases = []

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    const { pictures, captions, sentences, notes, moments } = this.model.properties
    this.on_change([pictures, captions, sentences, notes, moments], () => this._showSoon())
    if (this.model.tape !== null) this.connect(this.model.tape.shown, () => this._follow())
    onTokens(() => this._paint())
  }

  render() {
    super.render()
    const { title } = this.model
    this._list = element("div", { class: "pictures", role: "listbox", "aria-label": title })
    this._list.addEventListener("keydown", (event) => this._press(event))
    this._large = element("canvas", { class: "large", "aria-hidden": "true" })
    this._sentence = element("p", { class: "sentence" })
    this._note = element("p", { class: "note" })
    this._detail = element("div", { class: "detail" }, this._large, this._sentence)
    this.shadow_el.append(element("section", { class: "gallery" }, element("h3", {}, title), this._note, this._list, this._detail))
    this._show()
  }

  /** The tape moves on; where the pictures change with it, they are shown when all of them have come. */
  _follow() {
    if (this._soon === undefined && this._moment !== this._momentNow()) this._show()
  }

  /** Once for all that changes together. */
  _showSoon() {
    this._soon ??= Promise.resolve().then(() => {
      this._soon = undefined
      this._show()
    })
  }

  _show() {
    const { captions, pictures, notes } = this.model
    this._moment = this._momentNow()
    const [named, said] = [this._now(captions), this._now(this.model.sentences)]
    const most = pictures.shape[1]
    this._count = captions.length > 0 ? named.length : most
    if (most !== this._options.length) this._fill(most)
    this._options.forEach((option, index) => {
      const caption = /** @type {HTMLElement} */ (option.lastElementChild)
      option.setAttribute("aria-label", [named[index], said[index]].filter(Boolean).join(": "))
      caption.textContent = named[index] ?? ""
      // It keeps its room: what is below stays where it is while the tape plays.
      option.style.visibility = index < this._count ? "" : "hidden"
    })
    this._note.textContent = notes.length > 1 ? notes[this._moment] : (notes[0] ?? "")
    this._list.classList.toggle("captioned", captions.length > 0)
    // An empty list is none.
    this._list.hidden = this._detail.hidden = most === 0
    this._list.style.visibility = this._detail.style.visibility = this._count === 0 ? "hidden" : ""
    this._choose(Math.min(this._chosen, Math.max(this._count - 1, 0)))
    this._paint()
  }

  /** @param {string[][]} lists of each moment, or one for all @returns {string[]} */
  _now(lists) {
    return (lists.length > 1 ? lists[this._moment] : lists[0]) ?? []
  }

  _fill(count) {
    this._canvases = Array.from({ length: count }, () => element("canvas", { "aria-hidden": "true" }))
    this._options = this._canvases.map((canvas, index) => {
      const option = element("div", { class: "picture", role: "option" }, canvas, element("span", { "aria-hidden": "true" }))
      option.addEventListener("click", () => this._choose(index, true))
      return option
    })
    this._list.replaceChildren(...this._options)
  }

  _choose(index, focused = false) {
    this._chosen = index
    this._options.forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === index))
      option.tabIndex = place === index ? 0 : -1
    })
    this._sentence.textContent = this._now(this.model.sentences)[index] ?? ""
    if (focused) this._options[index].focus()
    this._paintLarge()
  }

  _press(event) {
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
    const last = this._count - 1
    const across = this._options.filter(({ offsetTop }) => offsetTop === this._options[0].offsetTop).length
    const places = {
      ArrowLeft: this._chosen - 1,
      ArrowRight: this._chosen + 1,
      ArrowUp: this._chosen - across,
      ArrowDown: this._chosen + across,
      Home: 0,
      End: last,
    }
    if (!(event.key in places)) return
    // Whatever it is here, it plays nothing.
    event.preventDefault()
    const to = places[event.key]
    if (to >= 0 && to <= last) this._choose(to, true)
  }

  _momentNow() {
    const { moments, tape, pictures } = this.model
    return tape === null ? 0 : Math.max(0, Math.min(momentAt(moments, tape.step), pictures.shape[0] - 1))
  }

  _paint() {
    this._moment = this._momentNow()
    this._colours = shades(this.model.palette)
    this._canvases.forEach((canvas, index) => this._paintOne(canvas, index))
    this._paintLarge()
  }

  _paintLarge() {
    if (this._colours !== undefined && this._chosen < this._options.length) this._paintOne(this._large, this._chosen)
  }

  _paintOne(canvas, index) {
    const { pictures } = this.model
    const [, count, rows, columns] = pictures.shape
    const start = (this._moment * count + index) * rows * columns
    paint(canvas, new Uint8Array(pictures.buffer, pictures.byteOffset + start, rows * columns), [rows, columns], this._colours)
  }
}

/**
 * @typedef {object} Values
 * @property {string} title
 * @property {any} pictures bytes: moments, pictures, rows, columns
 * @property {"ink" | "balance"} palette
 * @property {string[][]} captions
 * @property {string[][]} sentences
 * @property {number[]} moments
 * @property {Tape | null} tape
 * @property {string[]} notes
 */

export class Gallery extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "Gallery"
  static __module__ = "fallline_app.components.models.pictures"
  static {
    this.prototype.default_view = GalleryView
    this.define(({ Any, Enum, Int, List, Nullable, Ref, Str }) => ({
      title: [Str, ""],
      pictures: [Any, null],
      palette: [Enum("ink", "balance"), "ink"],
      captions: [List(List(Str)), []],
      sentences: [List(List(Str)), []],
      moments: [List(Int), []],
      tape: [Nullable(Ref(Tape)), null],
      notes: [List(Str), []],
    }))
  }
}
