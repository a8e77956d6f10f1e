/** One of a few named options, as the browser's own list. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { explained } from "./help.js"
import css from "./settings.css"

class ChoiceSettingView extends /** @type {ViewWith<typeof UIElementView, ChoiceSetting>} */ (UIElementView) {
  static __name__ = "ChoiceSettingView"

  stylesheets() {
    return [...super.stylesheets(), css]
  }

  connect_signals() {
    super.connect_signals()
    const { value, options } = this.model.properties
    this.on_change(value, () => (this._select.value = this.model.value))
    this.on_change(options, () => this.rerender())
  }

  render() {
    super.render()
    const { title, value, options, help_text } = this.model
    const [ask, help] = explained(title, title, help_text)
    this._select = element("select", { "aria-label": title }, ...options.map(([key, label]) => element("option", { value: key }, label)))
    this._select.value = value
    this._select.addEventListener("change", () => (this.model.value = this._select.value))
    this.shadow_el.append(element("div", { class: "choice", title: help_text }, ask, this._select, help))
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
