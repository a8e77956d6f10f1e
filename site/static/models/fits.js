/** The line that each track has come to, among the data that it learns. */
import { Model } from "@bokehjs/model"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"

/** @typedef {{grid: number[], logistic: boolean, lines: [string, ColumnDataSource][]}} Values */

export class Fits extends /** @type {ModelWith<typeof Model, Values>} */ (Model) {
  static __name__ = "Fits"
  static __module__ = "fallline_app.components.models.followers"
  static {
    this.define(({ Bool, Float, List, Ref, Str, Tuple }) => ({
      grid: [List(Float), []],
      logistic: [Bool, false],
      lines: [List(Tuple(Str, Ref(ColumnDataSource))), []],
    }))
  }

  /** @param {import("./labels.js").Head[]} heads */
  show(heads) {
    for (const [series, source] of this.lines) {
      const head = heads.find((head) => head.series === series)
      const x = head === undefined ? [] : this.grid
      const y = x.map((place) => this._at(/** @type {any} */ (head).frame, place))
      source.setv({ data: { x, y } }, { sync: false, check_eq: false })
    }
  }

  /** @param {Record<string, number>} frame @param {number} place */
  _at({ slope, intercept }, place) {
    const output = slope * place + intercept
    return this.logistic ? 1 / (1 + Math.exp(-output)) : output
  }
}
