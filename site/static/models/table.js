/** What came of a run, as a table: a row for each who took part. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { swatch } from "../swatch.js"
import css from "./settings.css"
import own from "./table.css"

class TableView extends /** @type {ViewWith<typeof UIElementView, Table>} */ (UIElementView) {
  static __name__ = "TableView"

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    const { headings, rows, note } = this.model.properties
    this.on_change(headings, () => this._head())
    this.on_change([rows, note], () => this._show())
  }

  render() {
    super.render()
    this._body = element("tbody")
    this._note = element("p", { class: "note" })
    this._row = element("tr")
    const table = element("table", { class: `${this.model.remarks ? "remarks" : ""} ${this.model.aside ? "aside" : ""}`.trim() }, element("thead", {}, this._row), this._body)
    this._box = element("div", { class: "outcome", tabindex: 0, role: "group" }, table)
    this.shadow_el.append(this._box, this._note)
    this._head()
    this._show()
  }

  _head() {
    const { headings } = this.model
    this._row?.replaceChildren(...headings.map((heading) => element("th", { scope: "col" }, heading)))
    this._box?.setAttribute("aria-label", headings.join(", "))
  }

  _show() {
    const rows = this.model.rows.map(([series, dash, [name, ...cells]]) =>
      element("tr", {}, element("th", { scope: "row" }, swatch(series, dash), name), ...cells.map((cell) => element("td", {}, cell))),
    )
    this._body.replaceChildren(...rows)
    if (this._box) this._box.hidden = rows.length === 0
    this._note.textContent = this.model.note
  }
}

/** @typedef {{headings: string[], rows: [string, string, string[]][], note: string, remarks: boolean, aside: boolean}} Values */

export class Table extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "Table"
  static __module__ = "fallline_app.components.models.reports"
  static {
    this.prototype.default_view = TableView
    this.define(({ Bool, List, Str, Tuple }) => ({
      headings: [List(Str), []],
      rows: [List(Tuple(Str, Str, List(Str))), []],
      note: [Str, ""],
      remarks: [Bool, true],
      aside: [Bool, false],
    }))
  }
}
