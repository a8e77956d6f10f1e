/** One of a few named options, as the browser's own list. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { backButton } from "./back.js"
import { explained } from "./help.js"
import css from "./settings.css"

class ChoiceSettingView extends /** @type {ViewWith<typeof UIElementView, ChoiceSetting>} */ (UIElementView) {
  static __name__ = "ChoiceSettingView"

  initialize() {
    super.initialize()
    /** What the document has, before any link. @type {string} */
    this._first = this.model.value
  }

  stylesheets() {
    return [...super.stylesheets(), css]
  }

  connect_signals() {
    super.connect_signals()
    const { value, options } = this.model.properties
    this.on_change(value, () => this._show())
    this.on_change(options, () => this.rerender())
  }

  render() {
    super.render()
    const { title, options, help_text } = this.model
    const [ask, help] = explained(title, title, help_text)
    this._select = element("select", { "aria-label": title }, ...options.map(([key, label]) => element("option", { value: key }, label)))
    this._select.addEventListener("change", () => (this.model.value = this._select.value))
    const [, first = ""] = options.find(([key]) => key === this._first) ?? []
    this._back = backButton(title, first, () => this._reset())
    this.shadow_el.append(element("div", { class: "choice", title: help_text }, ask, this._select, this._back, help))
    this._show()
  }

  _reset() {
    this._select.focus()
    this.model.value = this._first
  }

  _show() {
    const { value, options } = this.model
    this._select.value = value
    const isThere = options.some(([key]) => key === this._first)
    this._back.classList.toggle("needless", value === this._first || !isThere)
  }
}

/** @typedef {{key: string, title: string, value: string, options: [string, string][], help_text: string}} Values */

export class ChoiceSetting extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "ChoiceSetting"
  static __module__ = "fallline_app.components.models.settings"
  static {
    this.prototype.default_view = ChoiceSettingView
    this.define(({ List, Str, Tuple }) => ({
      key: [Str, ""],
      title: [Str, ""],
      value: [Str, ""],
      options: [List(Tuple(Str, Str)), []],
      help_text: [Str, ""],
    }))
  }
}
