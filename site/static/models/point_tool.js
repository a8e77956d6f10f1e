/** Puts a point where one clicks, taps or drags; Python hears of it as a change of `point`. */
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"
import { GestureTool, GestureToolView } from "@bokehjs/models/tools/gestures/gesture_tool"

/** How near to the point, in pixels, a finger must come to take hold of it; elsewhere it scrolls the page. */
const REACH = 32
const DIGITS = 4

class PointToolView extends /** @type {ViewWith<typeof GestureToolView, PointTool>} */ (GestureToolView) {
  static __name__ = "PointToolView"
  _held = false

  connect_signals() {
    super.connect_signals()
    const surface = this.plot_view.canvas_view.events_el
    surface.addEventListener("pointerdown", (event) => this._take(event))
    surface.addEventListener("pointermove", (event) => this._held && this._put(this._at(event)))
    surface.addEventListener("pointerup", () => (this._held = false))
    surface.addEventListener("pointercancel", () => (this._held = false))
    // Once a finger holds the point, the page must not scroll under it; only a touch event can say so in time.
    surface.addEventListener("touchstart", (event) => this._held && event.preventDefault(), { passive: false })
    this.connect(this.model.properties.point.change, () => this._show())
  }

  _tap(event) {
    return this._put(event)
  }

  _take(event) {
    const at = this._at(event)
    if (event.button !== 0 || !event.isPrimary || !this.plot_view.frame.bbox.contains(at.sx, at.sy)) return
    this._held = event.pointerType === "mouse" || this._distance(at) < REACH
    if (this._held) this._put(at)
  }

  _at(event) {
    const { left, top } = this.plot_view.canvas_view.events_el.getBoundingClientRect()
    return { sx: event.clientX - left, sy: event.clientY - top }
  }

  _distance({ sx, sy }) {
    const { x_scale, y_scale } = this.plot_view.frame
    const [x, y] = this.model.point
    return Math.hypot(x_scale.compute(x) - sx, y_scale.compute(y) - sy)
  }

  _put({ sx, sy }) {
    const { bbox, x_scale, y_scale } = this.plot_view.frame
    const x = x_scale.invert(Math.max(bbox.left, Math.min(bbox.right, sx)))
    const y = y_scale.invert(Math.max(bbox.top, Math.min(bbox.bottom, sy)))
    this.model.point = [Number(x.toPrecision(DIGITS)), Number(y.toPrecision(DIGITS))]
    return true
  }

  _show() {
    const [x, y] = this.model.point
    this.model.source.setv({ data: { x: [x], y: [y] } }, { sync: false })
  }
}

/** @typedef {{point: [number, number], source: ColumnDataSource}} Values */

export class PointTool extends /** @type {ModelWith<typeof GestureTool, Values>} */ (GestureTool) {
  static __name__ = "PointTool"
  static __module__ = "fallline_app.components.models"
  static {
    this.prototype.default_view = PointToolView
    this.define(({ Float, Ref, Tuple }) => ({
      point: [Tuple(Float, Float)],
      source: [Ref(ColumnDataSource)],
    }))
  }
  tool_name = "Start"
  event_type = /** @type {const} */ ("tap")
  default_order = 10
}
