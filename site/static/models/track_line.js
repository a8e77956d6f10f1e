/** The line of a track up to the current step. Its source has the whole run, so that a step brings it no data (`track_lines.js`). */
import { Line, LineView } from "@bokehjs/models/glyphs/line"
import { Track } from "./tape.js"

export class TrackLineView extends /** @type {ViewWith<typeof LineView, TrackLine>} */ (LineView) {
  static __name__ = "TrackLineView"
  /** All its points on the screen, seen or not. @type {{sx: any, sy: any}} */
  points = { sx: new Float32Array(), sy: new Float32Array() }

  /** How many of its points are seen. */
  get shown() {
    return Math.min(this.model.track.shown, this.data_size)
  }

  _map_data() {
    this.points = { sx: this.sx, sy: this.sy }
  }

  /** Nobody asks what of a line lies in a rectangle: there is no index of its points. */
  get _index_size() {
    return 0
  }

  _index_data() {}

  /** On the screen it is drawn otherwise: this is for pictures. */
  _paint(pen) {
    this._cut()
    super._paint(pen, [.../** @type {any} */ (this.sx).keys()])
  }

  _hit_point(geometry) {
    this._cut()
    return super._hit_point(geometry)
  }

  /** Leave to BokehJS what is seen. */
  _cut() {
    for (const [name, all] of Object.entries(this.points)) this._define_attr(name, all.subarray(0, this.shown))
  }
}

/** @typedef {{track: Track, casing: boolean}} Values a casing lies under all lines of its plot */

export class TrackLine extends /** @type {ModelWith<typeof Line, Values>} */ (Line) {
  static __name__ = "TrackLine"
  static __module__ = "fallline_app.components.models.tape"
  static {
    this.prototype.default_view = TrackLineView
    this.define(({ Bool, Ref }) => ({
      track: [Ref(Track)],
      casing: [Bool, false],
    }))
  }
}
