/** A number on a slider, beside a field to type it in and a button that brings back what it was at first. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { format } from "../numbers.js"
import { NumberScale } from "../number_scale.js"
import { backButton } from "./back.js"
import { explained } from "./help.js"
import css from "./settings.css"

/** Keys that move the slider, and by how many stops. */
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity }
/** Below it, a number is written with an exponent. */
const TINY = 1e-4

class NumberSettingView extends /** @type {ViewWith<typeof UIElementView, NumberSetting>} */ (UIElementView) {
  static __name__ = "NumberSettingView"
  /** @type {NumberScale} */
  _scale

  stylesheets() {
    return [...super.stylesheets(), css]
  }

  connect_signals() {
    super.connect_signals()
    const { value, default: first, title, unit, start, end, scale } = this.model.properties
    this.on_change([first, title, unit, start, end, scale], () => this.rerender())
    this.on_change(value, () => this._show())
  }

  render() {
    super.render()
    const { title, context, unit, help_text } = this.model
    this._scale = new NumberScale(this.model)
    const spoken = context === "" ? title : `${context}: ${title}`
    const [ask, help] = explained(title, spoken, help_text)
    const described = help === "" ? {} : { "aria-describedby": "help" }
    this._range = element("input", { type: "range", min: 0, max: this._scale.stops, step: "any", "aria-label": spoken, ...described })
    this._field = element("input", { type: "text", inputmode: this._keys(), "aria-label": `${spoken}, typed` })
    this._error = element("span", { class: "error", role: "alert" })
    this._range.addEventListener("input", () => this._set(this._scale.value(Number(this._range.value))))
    this._range.addEventListener("keydown", (event) => this._press(event))
    this._range.addEventListener("dblclick", () => this._set(this.model.default))
    this._field.addEventListener("change", () => this._type())
    this._back = backButton(spoken, format(this.model.default), () => this._reset())
    this.shadow_el.append(
      element("div", { class: "number", title: help_text },
        ask,
        this._range,
        element("span", { class: "typed" }, this._field, element("span", { class: "unit" }, unit)),
        this._back,
        help,
        this._error,
      ),
    )
    this._show()
  }

  /** On some phones the keys for decimals have no minus, and no e. */
  _keys() {
    const { start, whole } = this.model
    if (start < 0 || (start > 0 && start < TINY)) return "text"
    return whole ? "numeric" : "decimal"
  }

  _type() {
    const value = Number(this._field.value.replace(",", ".").replace("−", "-"))
    const { title, start, end } = this.model
    const fits = this._field.value.trim() !== "" && value >= start && value <= end
    this._field.setAttribute("aria-invalid", String(!fits))
    this._error.textContent = fits ? "" : `${title} takes a number from ${format(start)} to ${format(end)}`
    if (fits) this._set(this._scale.whole ? Math.round(value) : value)
  }

  /** Where the value lies between two stops, the browser's own steps would keep it there. */
  _press(event) {
    const count = KEYS[event.key]
    if (count === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    this._set(this._scale.step(this.model.value, count))
  }

  _reset() {
    this._range.focus()
    this._set(this.model.default)
  }

  _set(value) {
    this.model.value = value
    this._show()
  }

  _show() {
    const shown = format(this.model.value)
    this._range.value = String(this._scale.place(this.model.value))
    this._back.classList.toggle("needless", this.model.value === this.model.default)
    this._range.setAttribute("aria-valuetext", `${shown} ${this.model.unit}`.trim())
    this._range.style.setProperty("--filled", `${(100 * Number(this._range.value)) / this._scale.stops}%`)
    this._field.value = shown
    this._field.setAttribute("aria-invalid", "false")
    this._error.textContent = ""
  }
}

/**
 * @typedef {object} Values
 * @property {string} key what it is called in the page's address
 * @property {string} title
 * @property {number} value
 * @property {number} default
 * @property {number} start
 * @property {number} end
 * @property {"linear" | "log" | "complement"} scale
 * @property {boolean} whole
 * @property {string} unit
 * @property {string} context what the setting belongs to, said aloud before its title
 * @property {string} help_text
 */

export class NumberSetting extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "NumberSetting"
  static __module__ = "fallline_app.components.models.settings"
  static {
    this.prototype.default_view = NumberSettingView
    this.define(({ Bool, Enum, Float, Str }) => ({
      key: [Str, ""],
      title: [Str, ""],
      value: [Float, 0],
      default: [Float, 0],
      start: [Float, 0],
      end: [Float, 0],
      scale: [Enum("linear", "log", "complement"), "linear"],
      whole: [Bool, false],
      unit: [Str, ""],
      context: [Str, ""],
      help_text: [Str, ""],
    }))
  }
}
