/** Reads the number off the rank that a cell of a field has. */
import { CustomJSHover } from "@bokehjs/models/tools/inspectors/customjs_hover"
import { format } from "../numbers.js"

/** As in `colour_scale.py`. */
const HIGHEST = 65534

/** @typedef {{low: number, high: number, by_ratio: boolean}} Values */

export class RankReading extends /** @type {ModelWith<typeof CustomJSHover, Values>} */ (CustomJSHover) {
  static __name__ = "RankReading"
  static __module__ = "fallline_app.components.models.plots"
  static {
    this.define(({ Bool, Float }) => ({ low: [Float, 0], high: [Float, 1], by_ratio: [Bool, false] }))
  }

  /** @param {number} rank */
  format(rank) {
    const { low, high, by_ratio } = this
    if (rank > HIGHEST) return "no number"
    const share = rank / HIGHEST
    const value = format(by_ratio ? low * (high / low) ** share : low + (high - low) * share, 3)
    return by_ratio && rank === 0 ? `${value} or less` : value
  }
}
