/** A number on a slider, linear or logarithmic, beside a field to type it in. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { format } from "../numbers.js"
import { NumberScale } from "../number_scale.js"
import css from "./settings.css"

class NumberSettingView extends /** @type {ViewWith<typeof UIElementView, NumberSetting>} */ (UIElementView) {
  static __name__ = "NumberSettingView"
  /** @type {NumberScale} */
  _scale

  stylesheets() {
    return [...super.stylesheets(), css]
  }

  connect_signals() {
    super.connect_signals()
    const { value, start, end, scale } = this.model.properties
    this.on_change([start, end, scale], () => this.rerender())
    this.on_change(value, () => this._show())
  }

  render() {
    super.render()
    const { title, context, unit, help_text } = this.model
    this._scale = new NumberScale(this.model)
    const spoken = context === "" ? title : `${context}: ${title}`
    this._range = element("input", { type: "range", min: 0, max: this._scale.stops, step: 1, "aria-label": spoken })
    this._field = element("input", { type: "text", inputmode: "decimal", "aria-label": `${spoken}, typed` })
    this._error = element("span", { class: "error", role: "alert" })
    this._range.addEventListener("input", () => this._set(this._scale.value(Number(this._range.value))))
    this._range.addEventListener("dblclick", () => this._set(this.model.default))
    this._field.addEventListener("change", () => this._type())
    this.shadow_el.append(
      element("div", { class: "number", title: help_text },
        element("span", { class: "title", "aria-hidden": "true" }, title),
        this._range,
        element("span", { class: "typed" }, this._field, element("span", { class: "unit" }, unit)),
        this._error,
      ),
    )
    this._show()
  }

  _type() {
    const value = Number(this._field.value.replace(",", ".").replace("−", "-"))
    const { title, start, end } = this.model
    const fits = this._field.value.trim() !== "" && value >= start && value <= end
    this._field.setAttribute("aria-invalid", String(!fits))
    this._error.textContent = fits ? "" : `${title} takes a number from ${format(start)} to ${format(end)}`
    if (fits) this._set(this._scale.whole ? Math.round(value) : value)
  }

  _set(value) {
    this.model.value = value
    this._show()
  }

  _show() {
    const shown = format(this.model.value)
    this._range.value = String(this._scale.stop(this.model.value))
    this._range.setAttribute("aria-valuetext", `${shown} ${this.model.unit}`.trim())
    this._range.style.setProperty("--filled", `${(100 * Number(this._range.value)) / this._scale.stops}%`)
    this._field.value = shown
    this._field.setAttribute("aria-invalid", "false")
    this._error.textContent = ""
  }
}

/**
 * @typedef {object} Values
 * @property {string} title
 * @property {number} value
 * @property {number} default
 * @property {number} start
 * @property {number} end
 * @property {"linear" | "log"} scale
 * @property {boolean} whole
 * @property {string} unit
 * @property {string} context what the setting belongs to, said aloud before its title
 * @property {string} help_text
 */

export class NumberSetting extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "NumberSetting"
  static __module__ = "fallline_app.components.models"
  static {
    this.prototype.default_view = NumberSettingView
    this.define(({ Bool, Enum, Float, Str }) => ({
      title: [Str, ""],
      value: [Float, 0],
      default: [Float, 0],
      start: [Float, 0],
      end: [Float, 0],
      scale: [Enum("linear", "log"), "linear"],
      whole: [Bool, false],
      unit: [Str, ""],
      context: [Str, ""],
      help_text: [Str, ""],
    }))
  }
}
