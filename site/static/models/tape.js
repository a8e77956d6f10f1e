/** A recorded run, and what of it is shown at the current step: no Python, no network, one array. */
import { Signal0 } from "@bokehjs/core/signaling"
import { Model } from "@bokehjs/model"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"
import { Arrows } from "./arrows.js"
import { Labels } from "./labels.js"

const MODULE = "fallline_app.components.models.tape"

/**
 * @typedef {object} TrackValues
 * @property {string} label
 * @property {string} series
 * @property {string} dash
 * @property {ColumnDataSource} path all its frames
 * @property {ColumnDataSource} head the frame of the current step
 * @property {boolean} active
 * @property {number} last the number of its last step
 * @property {string} mark the same on the first plot, in a few words
 * @property {string} note why it ended before the others
 * @property {string[]} equation in parts that may stand on lines of their own: MathML with columns in braces
 */

export class Track extends /** @type {ModelWith<typeof Model, TrackValues>} */ (Model) {
  static __name__ = "Track"
  static __module__ = MODULE
  static {
    this.define(({ Bool, Int, List, Ref, Str }) => ({
      label: [Str, ""],
      series: [Str, ""],
      dash: [Str, "solid"],
      path: [Ref(ColumnDataSource)],
      head: [Ref(ColumnDataSource)],
      active: [Bool, true],
      last: [Int, 0],
      mark: [Str, ""],
      note: [Str, ""],
      equation: [List(Str), []],
    }))
  }

  /** How many frames its lines show: none where it does not take part. */
  shown = 0
  /** What its path holds: the frames of a run, up to the last. */
  held = { frames: /** @type {TapeValues["frames"] | null} */ (null), last: -1 }
}

/**
 * @typedef {object} TapeValues
 * @property {Track[]} tracks
 * @property {Labels[]} labels
 * @property {Arrows[]} arrows
 * @property {(Model & {show(heads: import("./labels.js").Head[], step: number): void})[]} followers what else follows the step
 * @property {string[]} columns
 * @property {string} dial the column whose number stands beside the step; empty for none
 * @property {{buffer: ArrayBuffer, byteOffset: number, shape: [number, number, number]}} frames
 * @property {[string, string, "fixed" | "whole"][]} readout column, heading and format
 * @property {string} code the Python that reproduces the run
 * @property {string} link_note what a link does not hold
 * @property {string} summary
 * @property {[string, string][]} descriptions place in the page, and what it shows
 */

export class Tape extends /** @type {ModelWith<typeof Model, TapeValues>} */ (Model) {
  static __name__ = "Tape"
  static __module__ = MODULE
  shown = new Signal0(this, "shown")
  /** What is shown now. */
  step = 0
  static {
    this.define(({ Any, Enum, List, Ref, Str, Tuple }) => ({
      tracks: [List(Ref(Track)), []],
      labels: [List(Ref(Labels)), []],
      arrows: [List(Ref(Arrows)), []],
      followers: [List(Ref(Model)), []],
      columns: [List(Str), []],
      dial: [Str, ""],
      frames: [Any, null],
      readout: [List(Tuple(Str, Str, Enum("fixed", "whole"))), []],
      code: [Str, ""],
      link_note: [Str, ""],
      summary: [Str, ""],
      descriptions: [List(Tuple(Str, Str)), []],
    }))
  }

  /** The number of the last step that any active track has a frame of. */
  get last() {
    return Math.max(0, ...this.tracks.filter((track) => track.active).map((track) => track.last))
  }

  /** Show the run up to `step`; a track that ended earlier stays where it ended. */
  show(step) {
    this.step = step
    this.tracks.forEach((track, index) => this._move(track, index))
    const running = [...this.tracks.entries()].filter(([, track]) => track.active)
    const heads = running.map(([index, { label, series }]) => ({ index, label, series, frame: this.frame(index, step) }))
    for (const shown of [...this.labels, ...this.arrows, ...this.followers]) shown.show(heads, step)
    this.shown.emit()
  }

  /** Move a track to the current step. Its path takes a run once, as a whole; what has not changed costs nothing. */
  _move(track, index) {
    const { frames } = this
    const { active, last, held } = track
    const shown = active ? Math.min(this.step, last) + 1 : 0
    const isNew = active && (held.frames !== frames || held.last !== last)
    if (!isNew && shown === track.shown) return
    track.shown = shown
    if (isNew) {
      track.held = { frames, last }
      this._put(track.path, index, 0, last + 1)
    }
    this._put(track.head, index, Math.max(shown - 1, 0), shown)
  }

  /** The number on the dial at `step`, the same for every track; none where there is no dial. */
  dialled(step) {
    return this.dial === "" ? undefined : this._column(0, this.dial)[step]
  }

  /** The frame of a track at `step`, by column name, or of its last step where it ended earlier. */
  frame(index, step) {
    const row = Math.min(step, this.tracks[index].last)
    return Object.fromEntries(this.columns.map((name) => [name, this._column(index, name)[row]]))
  }

  /** Let a source show some frames of a track. */
  _put(source, index, from, to) {
    const data = Object.fromEntries(this.columns.map((name) => [name, this._column(index, name).subarray(from, to)]))
    source.setv({ data }, { sync: false, check_eq: false })
  }

  /** One column of one track, as a view into the frames, which lie as (tracks, columns, steps). */
  _column(index, name) {
    const [, columns, steps] = this.frames.shape
    const start = (index * columns + this.columns.indexOf(name)) * steps
    return new Float64Array(this.frames.buffer, this.frames.byteOffset + 8 * start, steps)
  }
}
