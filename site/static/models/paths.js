/** What each track shows of a simulation at its current step, such as the flight of a throw: a path, decoded from two bytes a number. */
import { Model } from "@bokehjs/model"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"

/** What stands past the end of a path; one less is a share of 1. */
const NONE = 65535
const WHOLE = NONE - 1

/**
 * @typedef {object} Values
 * @property {string} column
 * @property {{buffer: ArrayBuffer, byteOffset: number, shape: [number, number, number]}} paths
 * @property {[number, number]} x
 * @property {[number, number]} y
 * @property {ColumnDataSource[]} sources
 */

export class Paths extends /** @type {ModelWith<typeof Model, Values>} */ (Model) {
  static __name__ = "Paths"
  static __module__ = "fallline_app.components.models.followers"
  static {
    this.define(({ Any, Float, List, Ref, Str, Tuple }) => ({
      column: [Str, ""],
      paths: [Any, null],
      x: [Tuple(Float, Float), [0, 1]],
      y: [Tuple(Float, Float), [0, 1]],
      sources: [List(Ref(ColumnDataSource)), []],
    }))
  }

  /** @param {import("./labels.js").Head[]} heads */
  show(heads) {
    const shown = new Map(heads.map(({ index, frame }) => [index, frame[this.column]]))
    for (const [index, source] of this.sources.entries()) {
      source.setv({ data: this._points(shown.get(index)) }, { sync: false, check_eq: false })
    }
  }

  /** The points of a path; none of one that is not there. */
  _points(path) {
    const [count, , points] = this.paths.shape
    if (!(path >= 0 && path < count)) return { x: [], y: [] }
    const all = new Uint16Array(this.paths.buffer, this.paths.byteOffset + 4 * points * path, 2 * points)
    const end = all.indexOf(NONE)
    const length = end < 0 || end > points ? points : end
    return { x: decoded(all.subarray(0, length), this.x), y: decoded(all.subarray(points, points + length), this.y) }
  }
}

function decoded(shares, [low, high]) {
  return Float64Array.from(shares, (share) => low + ((high - low) * share) / WHOLE)
}
