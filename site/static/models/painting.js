/** What is painted on a plot, and with what: a brush for each class, an eraser, and a way back. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { MOST, decode } from "../painted.js"
import css from "./settings.css"
import own from "./painting.css"

const ERASER = "eraser"

class PaintingView extends /** @type {ViewWith<typeof UIElementView, Painting>} */ (UIElementView) {
  static __name__ = "PaintingView"

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    this.on_change(this.model.properties.value, () => this._show())
    this.connect(this.model.properties.brush.change, () => this._show())
  }

  render() {
    super.render()
    const { names, help_text } = this.model
    /** @type {{radio: HTMLInputElement, label: HTMLElement}[]} */
    this._brushes = [...names.map((name, kind) => [String(kind), `class ${name}`]), [ERASER, "eraser"]].map(([value, label]) => {
      const radio = element("input", { type: "radio", name: "brush", value })
      radio.addEventListener("change", () => this.model.take(value))
      return { radio, label: element("label", { class: "brush" }, radio, element("span", { class: `mark kind-${value}`, "aria-hidden": "true" }), label) }
    })
    this._undo = this._button("Undo", () => this.model.undo())
    this._count = element("span", { class: "count", role: "status" })
    this.shadow_el.append(
      element("fieldset", { class: "painting" },
        element("legend", { class: "spoken" }, "Paint with"),
        ...this._brushes.map(({ label }) => label),
        element("div", { class: "ways" }, this._undo, this._button("Clear", () => this.model.put(names.map(() => "").join(".")))),
        this._count,
        element("p", { class: "note" }, help_text),
      ),
    )
    this._show()
  }

  _button(text, action) {
    const made = element("button", { type: "button", class: "plain", "aria-label": `Painting: ${text.toLowerCase()}` }, text)
    made.addEventListener("click", action)
    return made
  }

  _show() {
    const { names, value, brush } = this.model
    for (const { radio } of this._brushes ?? []) radio.checked = radio.value === brush
    const points = decode(value)
    const counts = names.map((name, kind) => `${points.filter((point) => point.kind === kind).length} of class ${name}`)
    const full = points.length >= MOST ? `; ${MOST} points are the most` : ""
    this._count.textContent = `${counts.join(", ")}${full}`
    this._undo.setAttribute("aria-disabled", String(this.model.before.length === 0))
  }
}

/**
 * @typedef {object} Values
 * @property {string} key what it is called in the page's address
 * @property {string} title
 * @property {string} value the points, as `painted.js` writes them
 * @property {string} default
 * @property {string} pattern what a value of a stranger's has to match
 * @property {string[]} names of the classes
 * @property {string} help_text
 * @property {string} brush the number of a class, or the eraser; the page's own
 */

export class Painting extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "Painting"
  static __module__ = "fallline_app.components.models.settings"
  /** What was painted before, the last one last. @type {string[]} */
  before = []
  static {
    this.prototype.default_view = PaintingView
    this.define(({ List, Str }) => ({
      key: [Str, ""],
      title: [Str, ""],
      value: [Str, ""],
      default: [Str, ""],
      pattern: [Str, ""],
      names: [List(Str), []],
      help_text: [Str, ""],
      brush: [Str, "0"],
    }))
  }

  /** Have this painted now. */
  put(text) {
    const { value } = /** @type {any} */ (this)
    if (text === value) return
    this.before.push(value)
    this.setv({ value: text })
  }

  /** Have painted what was before. */
  undo() {
    const text = this.before.pop()
    if (text !== undefined) this.setv({ value: text })
  }

  /** Take another brush; Python has no part in it. */
  take(brush) {
    this.setv({ brush }, { sync: false })
  }
}

export { ERASER }
