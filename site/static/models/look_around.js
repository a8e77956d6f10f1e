/** A button that asks Python for what holds at the player's step, and says for which step it holds now. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import css from "./settings.css"
import own from "./look_around.css"
import { Tape } from "./tape.js"

class LookAroundView extends /** @type {ViewWith<typeof UIElementView, LookAround>} */ (UIElementView) {
  static __name__ = "LookAroundView"

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    const { said, value } = this.model.properties
    this.on_change([said, value], () => this._show())
    this.connect(this.model.tape.shown, () => this._show())
  }

  render() {
    super.render()
    this._button = element("button", { type: "button", class: "plain" })
    this._button.addEventListener("click", () => (this.model.value = this.model.tape.step))
    this._said = element("span", { class: "said", role: "status" })
    this.shadow_el.append(element("p", { class: "look" }, this._said, this._button))
    this._show()
  }

  _show() {
    const { said, tape, title, value } = this.model
    if (!this._button || tape.frames === null) return
    const asked = value < 0 ? tape.last : value
    if (this._said.textContent !== said) this._said.textContent = said
    this._button.textContent = `${title} ${tape.dialled(tape.step) ?? tape.step}`
    this._button.disabled = asked === tape.step
  }
}

/**
 * @typedef {object} Values
 * @property {Tape} tape
 * @property {number} value for which step of the tape it is asked; −1 for the last
 * @property {string} said for which step it holds now, in a sentence
 * @property {string} title what the button says, before the step
 */

export class LookAround extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "LookAround"
  static __module__ = "fallline_app.components.models.reports"
  static {
    this.prototype.default_view = LookAroundView
    this.define(({ Int, Ref, Str }) => ({
      tape: [Ref(Tape)],
      value: [Int, -1],
      said: [Str, ""],
      title: [Str, ""],
    }))
  }
}
