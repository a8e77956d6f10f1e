/** How the next move of each track scatters: where it leads on average, and ellipses of its standard deviation around that. */
import { Model } from "@bokehjs/model"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"

/** Points of an ellipse, and standard deviations that are drawn. */
const POINTS = 48
const RADII = [1, 2]

/** @typedef {{x: string, y: string, lines: [string, ColumnDataSource][]}} Values columns, and for each series where it is drawn */

export class Spreads extends /** @type {ModelWith<typeof Model, Values>} */ (Model) {
  static __name__ = "Spreads"
  static __module__ = "fallline_app.components.models.followers"
  static {
    this.define(({ List, Ref, Str, Tuple }) => ({
      x: [Str, ""],
      y: [Str, ""],
      lines: [List(Tuple(Str, Ref(ColumnDataSource))), []],
    }))
  }

  /** @param {import("./labels.js").Head[]} heads */
  show(heads) {
    for (const [series, source] of this.lines) {
      const head = heads.find((head) => head.series === series)
      const lines = head === undefined ? [] : this._lines(head.frame)
      const data = { xs: lines.map(([xs]) => xs), ys: lines.map(([, ys]) => ys) }
      source.setv({ data }, { sync: false, check_eq: false })
    }
  }

  /** The mean move and the ellipses, each as its x and its y; what does not scatter has none. */
  _lines(frame) {
    const { mid_x, mid_y, cov_xx, cov_xy, cov_yy } = frame
    if (!Number.isFinite(mid_x + mid_y + cov_xx + cov_xy + cov_yy)) return []
    const move = [[frame[this.x], mid_x], [frame[this.y], mid_y]]
    if (cov_xx + cov_yy === 0) return [move]
    return [move, ...RADII.map((radius) => ellipse([mid_x, mid_y], [cov_xx, cov_xy, cov_yy], radius))]
  }
}

/** Where a vector of this covariance is so many standard deviations from its mean: the circle through its Cholesky factor. */
function ellipse([x, y], [xx, xy, yy], radius) {
  const a = Math.sqrt(xx)
  const b = a > 0 ? xy / a : 0
  const c = Math.sqrt(Math.max(yy - b * b, 0))
  const turns = Array.from({ length: POINTS + 1 }, (_, index) => (2 * Math.PI * index) / POINTS)
  return [
    turns.map((turn) => x + radius * a * Math.cos(turn)),
    turns.map((turn) => y + radius * (b * Math.cos(turn) + c * Math.sin(turn))),
  ]
}
