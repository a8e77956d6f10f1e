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
    this.on_change([headings, rows, note], () => this._show())
  }

  render() {
    super.render()
    this._body = element("tbody", { role: "rowgroup" })
    this._note = element("p", { class: "note" })
    this._row = element("tr", { role: "row" })
    const kind = `${this.model.remarks ? "remarks" : ""} ${this.model.aside ? "aside" : ""}`.trim()
    this._table = element("table", { class: kind, role: "table" }, element("thead", { role: "rowgroup" }, this._row), this._body)
    this._box = element("div", { class: "outcome", tabindex: 0, role: "group" }, this._table)
    this.shadow_el.append(this._box, this._note)
    this._head()
    this._show()
    this._watch = new ResizeObserver(() => this._fitSoon())
    this._watch.observe(this._box)
  }

  remove() {
    this._watch?.disconnect()
    super.remove()
  }

  /** Not while sizes are told, which would have to be told again. */
  _fitSoon() {
    this._request ??= requestAnimationFrame(() => {
      this._request = undefined
      this._fit()
    })
  }

  /** Where a row has no room its cells stand below each other, each after its heading. */
  _fit() {
    this._table.classList.remove("stacked")
    this._table.classList.toggle("stacked", this._table.offsetWidth > this._box.clientWidth)
  }

  _head() {
    const { headings } = this.model
    this._row?.replaceChildren(...headings.map((heading) => element("th", { scope: "col", role: "columnheader" }, heading)))
    this._box?.setAttribute("aria-label", headings.join(", "))
  }

  _show() {
    const { rows: written, headings } = this.model
    const rows = written.map(([series, dash, [name, ...cells]]) => {
      const named = element("span", { class: "named" }, swatch(series, dash), element("span", {}, name))
      const tds = cells.map((cell, index) => element("td", { role: "cell", "data-heading": headings[index + 1] }, cell))
      return element("tr", { role: "row" }, element("th", { scope: "row", role: "rowheader" }, named), ...tds)
    })
    this._body.replaceChildren(...rows)
    if (this._box) this._box.hidden = rows.length === 0
    this._note.textContent = this.model.note
    this._fitSoon()
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
