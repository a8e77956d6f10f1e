/** What a table shows at some steps of a run: the last that is not ahead of the step that is shown. */
import { Model } from "@bokehjs/model"
import { pictureOf } from "./film.js"
import { Table } from "./table.js"

/** @typedef {{table: Table, at: number[], rows: [string, string, string[]][][], notes: string[]}} Values */

export class TableFilm extends /** @type {ModelWith<typeof Model, Values>} */ (Model) {
  static __name__ = "TableFilm"
  static __module__ = "fallline_app.components.models.followers"
  static {
    this.define(({ Int, List, Ref, Str, Tuple }) => ({
      table: [Ref(Table)],
      at: [List(Int), []],
      rows: [List(List(Tuple(Str, Str, List(Str)))), []],
      notes: [List(Str), []],
    }))
  }

  /** @param {import("./labels.js").Head[]} _heads @param {number} step */
  show(_heads, step) {
    const place = pictureOf(this.at, step)
    const rows = this.rows[place]
    // Rows stay the same list until Python sends others.
    if (rows !== undefined && rows !== this.table.rows) this.table.setv({ rows, note: this.notes[place] }, { sync: false, check_eq: false })
  }
}
