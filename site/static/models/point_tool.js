/** Puts a point where one clicks, taps or drags, or moves it by arrow keys; Python hears of it as a change of `point`. */
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"
import { GestureTool, GestureToolView } from "@bokehjs/models/tools/gestures/gesture_tool"

/** How near to the point, in pixels, a finger must come to take hold of it; elsewhere it scrolls the page. */
const REACH = 32
const DIGITS = 4
/** How far an arrow key moves the point, as a share of the frame; with shift less. */
const STRIDE = 1 / 40
const SHORT_STRIDE = 1 / 400
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

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
    surface.addEventListener("keydown", (event) => this._press(event))
    this.connect(this.model.properties.point.change, () => this._show())
    this._name(surface)
    this._show()
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

  _press(event) {
    if (!(event.key in ARROWS) || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    const { bbox, x_scale, y_scale } = this.plot_view.frame
    const [x, y] = this.model.point
    const [right, down] = ARROWS[event.key]
    const far = event.shiftKey ? SHORT_STRIDE : STRIDE
    this._put({ sx: x_scale.compute(x) + right * far * bbox.width, sy: y_scale.compute(y) + down * far * bbox.height })
  }

  _name(surface) {
    surface.setAttribute("role", "application")
    surface.setAttribute("aria-label", `${this.model.title}: arrow keys move it, with shift a little`)
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

/** @typedef {{title: string, point: [number, number], source: ColumnDataSource}} Values */

export class PointTool extends /** @type {ModelWith<typeof GestureTool, Values>} */ (GestureTool) {
  static __name__ = "PointTool"
  static __module__ = "fallline_app.components.models.plots"
  static {
    this.prototype.default_view = PointToolView
    this.define(({ Float, Ref, Str, Tuple }) => ({
      title: [Str, "Start"],
      point: [Tuple(Float, Float)],
      source: [Ref(ColumnDataSource)],
    }))
  }
  tool_name = "Start"
  event_type = /** @type {const} */ ("tap")
  default_order = 10
}
