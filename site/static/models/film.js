/** Pictures of some steps of a run, of which a plot shows one: the last that is not ahead of the step that is shown. */
import { ndarray } from "@bokehjs/core/util/ndarray"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"

/** @typedef {{frames: any, at: number[]}} Values frames are bytes of shape (pictures, rows, columns) */

export class Film extends /** @type {ModelWith<typeof ColumnDataSource, Values>} */ (ColumnDataSource) {
  static __name__ = "Film"
  static __module__ = "fallline_app.components.models.followers"
  /** @type {unknown} */
  _frames
  _shown = -1
  static {
    this.define(({ Any, Int, List }) => ({
      frames: [Any, null],
      at: [List(Int), []],
    }))
  }

  /** @param {import("./labels.js").Head[]} _heads @param {number} step */
  show(_heads, step) {
    const place = pictureOf(this.at, step)
    if (place < 0 || (place === this._shown && this.frames === this._frames)) return
    this._shown = place
    this._frames = this.frames
    const [, rows, columns] = this.frames.shape
    const picture = new Uint8Array(this.frames.buffer, this.frames.byteOffset + place * rows * columns, rows * columns)
    const image = ndarray(picture.slice().buffer, { dtype: "uint8", shape: [rows, columns] })
    this.setv({ data: { .../** @type {any} */ (this.data), image: [image] } }, { sync: false, check_eq: false })
  }
}

/** Which of the pictures is of `step`, or of the last step before it; −1 where there is none. */
export function pictureOf(at, step) {
  return at.findLastIndex((other) => other <= step)
}
