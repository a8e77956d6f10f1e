/** A direction at the head of each line in one plot, all of one length: where its method is pulled, and where it goes. */
import { Model } from "@bokehjs/model"
import { Plot } from "@bokehjs/models/plots/plot"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"
import { token } from "../theme.js"

/** As a share of the frame's shorter side; and of the length, what a barb takes; and its angle, in radians. */
const LENGTH = 0.1
const BARB = 0.22
const ANGLE = 2.6

/** @typedef {{plot: Plot, x: string, y: string, u: string, v: string, against: boolean, source: ColumnDataSource}} Values columns, all but two */

export class Arrows extends /** @type {ModelWith<typeof Model, Values>} */ (Model) {
  static __name__ = "Arrows"
  static __module__ = "fallline_app.components.models.tape"
  static {
    this.define(({ Bool, Ref, Str }) => ({
      plot: [Ref(Plot)],
      x: [Str, ""],
      y: [Str, ""],
      u: [Str, ""],
      v: [Str, ""],
      against: [Bool, false],
      source: [Ref(ColumnDataSource)],
    }))
  }

  /** @param {import("./labels.js").Head[]} heads */
  show(heads) {
    const strokes = heads.flatMap(({ series, frame }) => this._strokes(frame, token(series)))
    const data = Object.fromEntries(["x0", "y0", "x1", "y1", "color"].map((name, index) => [name, strokes.map((stroke) => stroke[index])]))
    this.source.setv({ data }, { sync: false, check_eq: false })
  }

  /** Shaft and barbs, each as two ends and a colour; none for what has no direction. */
  _strokes(frame, color) {
    const { x_range, y_range, inner_width, inner_height } = /** @type {any} */ (this.plot)
    const [across, up] = [(x_range.end - x_range.start) / inner_width, (y_range.end - y_range.start) / inner_height]
    const sign = this.against ? -1 : 1
    const [right, high] = [(sign * frame[this.u]) / across, (sign * frame[this.v]) / up]
    const norm = Math.hypot(right, high)
    if (!(norm > 0 && norm < Infinity)) return []
    const length = LENGTH * Math.min(inner_width, inner_height)
    const [dx, dy] = [(length * right) / norm, (length * high) / norm]
    const [x, y] = [frame[this.x], frame[this.y]]
    const [tipX, tipY] = [x + dx * across, y + dy * up]
    const barbs = [ANGLE, -ANGLE].map((angle) => {
      const [cos, sin] = [BARB * Math.cos(angle), BARB * Math.sin(angle)]
      return [tipX, tipY, tipX + (dx * cos - dy * sin) * across, tipY + (dx * sin + dy * cos) * up, color]
    })
    return [[x, y, tipX, tipY, color], ...barbs]
  }
}
