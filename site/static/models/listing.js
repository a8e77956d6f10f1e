/** A piece of Python with what it prints; Python runs it again when it is asked to. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import css from "./settings.css"
import own from "./listing.css"

class ListingView extends /** @type {ViewWith<typeof UIElementView, Listing>} */ (UIElementView) {
  static __name__ = "ListingView"

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    const { output, failed } = this.model.properties
    this.on_change([output, failed], () => this._show())
  }

  render() {
    super.render()
    const { title, code, note } = this.model
    this._output = element("output", { tabindex: 0, "aria-label": `Output: ${title}` }, "")
    const run = element("button", { type: "button", class: "plain", "aria-label": `Run: ${title}` }, "Run")
    run.addEventListener("click", () => (this.model.runs += 1))
    this.shadow_el.append(
      element("section", { class: "listing" },
        element("div", { class: "head" }, element("h3", {}, title), run),
        element("pre", { tabindex: 0, role: "group", "aria-label": `Code: ${title}` }, element("code", {}, code)),
        this._output,
        element("p", { class: "note" }, note),
      ),
    )
    this._show()
  }

  _show() {
    this._output.textContent = this.model.output
    this._output.classList.toggle("failed", this.model.failed)
  }
}

/** @typedef {{title: string, code: string, output: string, failed: boolean, note: string, runs: number}} Values */

export class Listing extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "Listing"
  static __module__ = "fallline_app.components.models.reports"
  static {
    this.prototype.default_view = ListingView
    this.define(({ Bool, Int, Str }) => ({
      title: [Str, ""],
      code: [Str, ""],
      output: [Str, ""],
      failed: [Bool, false],
      note: [Str, ""],
      runs: [Int, 0],
    }))
  }
}
