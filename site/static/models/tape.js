/** A recorded run, and what of it is shown at the current step: no Python, no network, one array. */
import { Model } from "@bokehjs/model"
import { Plot } from "@bokehjs/models/plots/plot"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"
import { spread } from "../spread.js"
import { token } from "../theme.js"

const MODULE = "fallline_app.components.models"
/** Of names in pixels: a line of them, a letter about, and the room between a head and its name. */
const LINE_HEIGHT = 17
const LETTER = 7
const BESIDE = 10

/**
 * @typedef {object} TrackValues
 * @property {string} label
 * @property {string} series
 * @property {ColumnDataSource} path
 * @property {ColumnDataSource} head
 * @property {boolean} active
 * @property {number} last the number of its last step
 * @property {string} note why it ended before the others
 */

export class Track extends /** @type {ModelWith<typeof Model, TrackValues>} */ (Model) {
  static __name__ = "Track"
  static __module__ = MODULE
  static {
    this.define(({ Bool, Int, Ref, Str }) => ({
      label: [Str, ""],
      series: [Str, ""],
      path: [Ref(ColumnDataSource)],
      head: [Ref(ColumnDataSource)],
      active: [Bool, true],
      last: [Int, 0],
      note: [Str, ""],
    }))
  }
}

/** @typedef {{plot: Plot, x: string, y: string, source: ColumnDataSource}} LabelsValues x and y are columns */

export class Labels extends /** @type {ModelWith<typeof Model, LabelsValues>} */ (Model) {
  static __name__ = "Labels"
  static __module__ = MODULE
  static {
    this.define(({ Ref, Str }) => ({
      plot: [Ref(Plot)],
      x: [Str, ""],
      y: [Str, ""],
      source: [Ref(ColumnDataSource)],
    }))
  }

  /** Name each head beside it, inside the frame, moved up or down by as little as keeps the names apart. */
  show(heads) {
    const { plot, x, y } = this
    const across = heads.map(({ frame }) => plot.inner_width * share(plot.x_scale, plot.x_range, frame[x]))
    const down = heads.map(({ frame }) => plot.inner_height * (1 - share(plot.y_scale, plot.y_range, frame[y])))
    const apart = spread(down, LINE_HEIGHT, [LINE_HEIGHT / 2, plot.inner_height - LINE_HEIGHT / 2])
    const room = BESIDE + LETTER * Math.max(...heads.map(({ track }) => track.label.length))
    const fits = across.map((place) => place + room < plot.inner_width)
    const data = {
      x: heads.map(({ frame }) => frame[x]),
      y: heads.map(({ frame }) => frame[y]),
      text: heads.map(({ track }) => track.label),
      color: heads.map(({ track }) => token(`name-${track.series}`)),
      anchor: fits.map((fit) => (fit ? "center_left" : "center_right")),
      aside: fits.map((fit) => (fit ? BESIDE : -BESIDE)),
      shift: apart.map((place, index) => place - down[index]),
    }
    this.source.setv({ data }, { sync: false, check_eq: false })
  }
}

/**
 * @typedef {object} TapeValues
 * @property {Track[]} tracks
 * @property {Labels[]} labels
 * @property {string[]} columns
 * @property {{buffer: ArrayBuffer, byteOffset: number, shape: [number, number, number]}} frames
 * @property {[string, string][]} readout column and heading
 * @property {string} summary
 */

export class Tape extends /** @type {ModelWith<typeof Model, TapeValues>} */ (Model) {
  static __name__ = "Tape"
  static __module__ = MODULE
  static {
    this.define(({ Any, List, Ref, Str, Tuple }) => ({
      tracks: [List(Ref(Track)), []],
      labels: [List(Ref(Labels)), []],
      columns: [List(Str), []],
      frames: [Any, null],
      readout: [List(Tuple(Str, Str)), []],
      summary: [Str, ""],
    }))
  }

  /** The number of the last step that any active track has a frame of. */
  get last() {
    return Math.max(0, ...this.tracks.filter((track) => track.active).map((track) => track.last))
  }

  /** Show the run up to `step`; a track that ended earlier stays where it ended. */
  show(step) {
    this.tracks.forEach((track, index) => {
      const end = track.active ? Math.min(step, track.last) : -1
      track.path.setv({ data: this._rows(index, 0, end + 1) }, { sync: false, check_eq: false })
      track.head.setv({ data: this._rows(index, Math.max(end, 0), end + 1) }, { sync: false, check_eq: false })
    })
    const running = [...this.tracks.entries()].filter(([, track]) => track.active)
    const heads = running.map(([index, track]) => ({ track, frame: this.frame(index, step) }))
    for (const labels of this.labels) labels.show(heads)
  }

  /** The frame of a track at `step`, by column name, or of its last step where it ended earlier. */
  frame(index, step) {
    const row = Math.min(step, this.tracks[index].last)
    return Object.fromEntries(this.columns.map((name) => [name, this._column(index, name)[row]]))
  }

  _rows(index, from, to) {
    return Object.fromEntries(this.columns.map((name) => [name, this._column(index, name).subarray(from, to)]))
  }

  /** One column of one track, as a view into the frames, which lie as (tracks, columns, steps). */
  _column(index, name) {
    const [, columns, steps] = this.frames.shape
    const start = (index * columns + this.columns.indexOf(name)) * steps
    return new Float64Array(this.frames.buffer, this.frames.byteOffset + 8 * start, steps)
  }
}

/** Where a value lies between the ends of a range: 0 at its start, 1 at its end. */
function share(scale, range, value) {
  const at = scale.type === "LogScale" ? Math.log : Number
  return (at(value) - at(range.start)) / (at(range.end) - at(range.start))
}
