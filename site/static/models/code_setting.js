/** Python that the visitor types, in a line or several; it runs when they say so, never because a link brought it. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { backButton } from "./back.js"
import { explained } from "./help.js"
import css from "./settings.css"
import own from "./code_setting.css"

class CodeSettingView extends /** @type {ViewWith<typeof UIElementView, CodeSetting>} */ (UIElementView) {
  static __name__ = "CodeSettingView"

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    const { value, draft, error } = this.model.properties
    this.on_change([value, draft], () => this._write())
    this.on_change(error, () => this._show())
  }

  render() {
    super.render()
    const { title, help_text, rows } = this.model
    const [ask, help] = explained(title, title, help_text)
    const plain = { spellcheck: "false", autocomplete: "off", autocapitalize: "off", "aria-label": title }
    const [kind, own] = rows > 1 ? ["textarea", { rows, wrap: "off" }] : ["input", { type: "text" }]
    /** @type {HTMLInputElement | HTMLTextAreaElement} */
    this._field = element(kind, { ...own, ...plain })
    this._error = element("span", { class: "error", role: "alert" })
    const use = element("button", { type: "button", class: "plain", "aria-label": `Use: ${title}` }, "Use")
    use.addEventListener("click", () => this._use())
    this._back = backButton(title, this.model.default, () => this._reset())
    this._field.addEventListener("keydown", (event) => this._press(/** @type {KeyboardEvent} */ (event)))
    this._field.addEventListener("input", () => this._keep())
    this.shadow_el.append(
      element("div", { class: "code", title: help_text }, ask, this._field, use, this._back, help, this._error),
    )
    this._write()
  }

  /** Enter uses a line; among several it begins the next one, and together with Control it uses them. */
  _press({ key, ctrlKey, metaKey }) {
    if (key === "Enter" && (this.model.rows === 1 || ctrlKey || metaKey)) this._use()
  }

  _use() {
    const text = this._field.value
    this.model.setv({ draft: "" }, { sync: false })
    this.model.setv({ value: text })
    this._show()
  }

  /** What is typed and not used yet outlasts a Python that breaks down. */
  _keep() {
    const text = this._field.value
    if (text !== "") this.model.setv({ remark: "", draft: text === this.model.value ? "" : text }, { sync: false })
    this._show()
  }

  _reset() {
    this._field.focus()
    this._field.value = this.model.default
    this._use()
  }

  _write() {
    this._field.value = this.model.draft || this.model.value
    this._show()
  }

  _show() {
    const { draft, remark, value, error } = this.model
    const wrong = this._field.value === value ? error : ""
    this._error.textContent = draft !== "" && this._field.value === draft ? remark : wrong
    this._field.setAttribute("aria-invalid", String(wrong !== ""))
    this._back.classList.toggle("needless", this._field.value === this.model.default && value === this.model.default)
  }
}

/** @typedef {{key: string, title: string, value: string, default: string, draft: string, remark: string, error: string, rows: number, help_text: string}} Values */

export class CodeSetting extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "CodeSetting"
  static __module__ = "fallline_app.components.models.settings"
  static {
    this.prototype.default_view = CodeSettingView
    this.define(({ Int, Str }) => ({
      key: [Str, ""],
      title: [Str, ""],
      value: [Str, ""],
      default: [Str, ""],
      draft: [Str, ""],
      // Why the draft is not run: a word between the page and its visitor.
      remark: [Str, ""],
      error: [Str, ""],
      rows: [Int, 1],
      help_text: [Str, ""],
    }))
  }
}
