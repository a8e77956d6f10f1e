/** The current batch of one track: marked among the data, and in the order in which its epoch looks at them. */
import { Model } from "@bokehjs/model"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"

/**
 * @typedef {object} Values
 * @property {string} watched the series of the track
 * @property {Uint16Array & {shape: [number, number]}} order numbers of samples, epoch by epoch
 * @property {number} used how many samples of an epoch are used; the others stand at its end
 * @property {ColumnDataSource} samples
 * @property {[string, ColumnDataSource][]} marked for each series the samples of its batch
 * @property {[string, ColumnDataSource][]} now for each series the places of its batch
 * @property {["before" | "after" | "never", ColumnDataSource][]} others the places of the other samples
 */

export class BatchMarks extends /** @type {ModelWith<typeof Model, Values>} */ (Model) {
  static __name__ = "BatchMarks"
  static __module__ = "fallline_app.components.models.followers"
  /** @type {import("./labels.js").Head[]} */
  _heads = []
  static {
    this.define(({ Any, Enum, Int, List, Ref, Str, Tuple }) => ({
      watched: [Str, ""],
      order: [Any, null],
      used: [Int, 0],
      samples: [Ref(ColumnDataSource)],
      marked: [List(Tuple(Str, Ref(ColumnDataSource))), []],
      now: [List(Tuple(Str, Ref(ColumnDataSource))), []],
      others: [List(Tuple(Enum("before", "after", "never"), Ref(ColumnDataSource))), []],
    }))
  }

  connect_signals() {
    super.connect_signals()
    // Somebody else is watched now, at the same step.
    this.connect(this.properties.order.change, () => this.show(this._heads))
  }

  /** @param {import("./labels.js").Head[]} heads */
  show(heads) {
    this._heads = heads
    /** @type {any} where nobody is watched, there is no order either */
    const frame = heads.find(({ series }) => series === this.watched)?.frame
    const order = frame === undefined ? [] : this._epoch(frame.epoch)
    const places = (role) => [...order.keys()].filter((place) => this._role(place, frame) === role)
    const data = /** @type {any} */ (this.samples.data)
    const now = places("now")
    for (const [series, source] of this.marked) {
      const samples = series === this.watched ? now.map((place) => order[place]) : []
      write(source, samples.map((sample) => data.x[sample]), samples.map((sample) => data.y[sample]))
    }
    for (const [series, source] of this.now) this._place(source, series === this.watched ? now : [], order)
    for (const [role, source] of this.others) this._place(source, places(role), order)
  }

  /** Places and the samples there, both counted from 1. */
  _place(source, places, order) {
    write(source, places.map((place) => place + 1), places.map((place) => order[place] + 1))
  }

  /** The numbers of the samples in the order of an epoch. */
  _epoch(epoch) {
    const [epochs, samples] = this.order.shape
    return Array.from({ length: epoch < epochs ? samples : 0 }, (_, place) => this.order[epoch * samples + place])
  }

  _role(place, { begin, size }) {
    if (place >= this.used) return "never"
    if (place < begin) return "before"
    return place < begin + size ? "now" : "after"
  }
}

function write(source, x, y) {
  source.setv({ data: { x, y } }, { sync: false, check_eq: false })
}
