/**
 * Paints points on a plot: by mouse, by finger, or by keys. What is painted shows at once; Python hears of it when the
 * stroke ends.
 */
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"
import { GestureTool, GestureToolView } from "@bokehjs/models/tools/gestures/gesture_tool"
import { MOST, decode, encode } from "../painted.js"
import { ERASER, Painting } from "./painting.js"

/** In pixels: how wide the brush is, and after how long a way along a stroke it leaves another point. */
const RADIUS = 18
const APART = 11
/** How far an arrow key moves the brush, as a share of the frame; with shift less. */
const STRIDE = 1 / 20
const SHORT_STRIDE = 1 / 200
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const SPOKEN = "Painting: arrow keys move the brush, with shift a little; space paints; 1 and 2 choose the class, 3 the eraser"

class BrushToolView extends /** @type {ViewWith<typeof GestureToolView, BrushTool>} */ (GestureToolView) {
  static __name__ = "BrushToolView"
  _paints = false
  /** Where the brush is, in pixels of the canvas. */
  _at = { sx: NaN, sy: NaN }
  /** Where the stroke left its last point. */
  _left = { sx: NaN, sy: NaN }
  /** @type {import("../painted.js").Point[]} */
  _points = []

  connect_signals() {
    super.connect_signals()
    const surface = this.plot_view.canvas_view.events_el
    surface.addEventListener("pointerdown", (event) => this._begin(event))
    surface.addEventListener("pointermove", (event) => this._move(event))
    for (const end of ["pointerup", "pointercancel"]) surface.addEventListener(end, () => this._end())
    surface.addEventListener("pointerleave", () => !this._paints && this._ring({ sx: NaN, sy: NaN }))
    // A finger that paints must not scroll the page; only a touch event can say so in time.
    surface.addEventListener("touchstart", (event) => this._paints && event.preventDefault(), { passive: false })
    surface.addEventListener("keydown", (event) => this._press(event))
    this.connect(this.model.painting.properties.visible.change, () => this._name(surface))
    this._name(surface)
  }

  get _active() {
    return this.model.painting.visible
  }

  _name(surface) {
    if (!this._active) {
      surface.removeAttribute("role")
      surface.removeAttribute("aria-label")
      return this._ring({ sx: NaN, sy: NaN })
    }
    surface.setAttribute("role", "application")
    surface.setAttribute("aria-label", SPOKEN)
  }

  _begin(event) {
    const at = this._where(event)
    if (!this._active || event.button !== 0 || !event.isPrimary || !this.plot_view.frame.bbox.contains(at.sx, at.sy)) return
    this._points = decode(this.model.painting.value)
    this._paints = true
    this._left = at
    this._dab(at, 0)
    this._ring(at)
  }

  _move(event) {
    if (!this._active) return
    const at = this._where(event)
    this._ring(at)
    if (!this._paints || Math.hypot(at.sx - this._left.sx, at.sy - this._left.sy) < APART) return
    this._left = at
    this._dab(at, RADIUS)
  }

  _end() {
    if (!this._paints) return
    this._paints = false
    const { painting } = this.model
    painting.put(encode(this._points, painting.names.length))
  }

  _press(event) {
    if (!this._active || event.ctrlKey || event.altKey || event.metaKey) return
    const { painting } = this.model
    const brushes = Object.fromEntries([...painting.names.map((_, kind) => String(kind)), ERASER].map((brush, index) => [String(index + 1), brush]))
    if (event.key in ARROWS) this._stride(event)
    else if (event.key === " ") this._stamp()
    else if (event.key in brushes) painting.take(brushes[event.key])
    else return
    event.preventDefault()
  }

  _stride({ key, shiftKey }) {
    const { bbox } = this.plot_view.frame
    const [right, down] = ARROWS[key]
    const far = shiftKey ? SHORT_STRIDE : STRIDE
    const from = Number.isNaN(this._at.sx) ? { sx: bbox.hcenter, sy: bbox.vcenter } : this._at
    this._ring({
      sx: Math.max(bbox.left, Math.min(bbox.right, from.sx + right * far * bbox.width)),
      sy: Math.max(bbox.top, Math.min(bbox.bottom, from.sy + down * far * bbox.height)),
    })
  }

  _stamp() {
    if (Number.isNaN(this._at.sx)) this._stride({ key: "ArrowUp", shiftKey: true })
    this._points = decode(this.model.painting.value)
    this._dab(this._at, 0)
    this._paints = true
    this._end()
  }

  /** Leave a point within so many pixels, or take away those under the eraser. */
  _dab({ sx, sy }, within) {
    const { brush } = this.model.painting
    if (brush === ERASER) this._points = this._points.filter((point) => this._distance(point, sx, sy) > RADIUS)
    else if (this._points.length < MOST) this._points.push(this._point(sx, sy, within, Number(brush)))
    this._draw()
  }

  _point(sx, sy, within, kind) {
    const { bbox, x_scale, y_scale } = this.plot_view.frame
    const [turn, far] = [2 * Math.PI * Math.random(), within * Math.sqrt(Math.random())]
    const x = x_scale.invert(Math.max(bbox.left, Math.min(bbox.right, sx + far * Math.cos(turn))))
    const y = y_scale.invert(Math.max(bbox.top, Math.min(bbox.bottom, sy + far * Math.sin(turn))))
    return { x, y, kind }
  }

  _distance({ x, y }, sx, sy) {
    const { x_scale, y_scale } = this.plot_view.frame
    return Math.hypot(x_scale.compute(x) - sx, y_scale.compute(y) - sy)
  }

  /** Show all points as learnt from, until Python says which are held back. */
  _draw() {
    const { learnt, tested, markers, painting } = this.model
    const columns = {
      x: this._points.map(({ x }) => x),
      y: this._points.map(({ y }) => y),
      kind: this._points.map(({ kind }) => kind),
      marker: this._points.map(({ kind }) => markers[kind]),
      name: this._points.map(({ kind }) => painting.names[kind]),
    }
    const none = Object.fromEntries(Object.keys(columns).map((name) => [name, []]))
    learnt.setv({ data: columns }, { sync: false, check_eq: false })
    tested.setv({ data: none }, { sync: false, check_eq: false })
  }

  _where(event) {
    const { left, top } = this.plot_view.canvas_view.events_el.getBoundingClientRect()
    return { sx: event.clientX - left, sy: event.clientY - top }
  }

  /** Show where the brush is. */
  _ring(at) {
    this._at = at
    const { x_scale, y_scale } = this.plot_view.frame
    const data = Number.isNaN(at.sx) ? { x: [], y: [] } : { x: [x_scale.invert(at.sx)], y: [y_scale.invert(at.sy)] }
    this.model.ring.setv({ data }, { sync: false, check_eq: false })
  }
}

/** @typedef {{painting: Painting, learnt: ColumnDataSource, tested: ColumnDataSource, ring: ColumnDataSource, markers: string[]}} Values */

export class BrushTool extends /** @type {ModelWith<typeof GestureTool, Values>} */ (GestureTool) {
  static __name__ = "BrushTool"
  static __module__ = "fallline_app.components.models.plots"
  static {
    this.prototype.default_view = BrushToolView
    this.define(({ List, Ref, Str }) => ({
      painting: [Ref(Painting)],
      learnt: [Ref(ColumnDataSource)],
      tested: [Ref(ColumnDataSource)],
      ring: [Ref(ColumnDataSource)],
      markers: [List(Str), []],
    }))
  }
  tool_name = "Brush"
  event_type = /** @type {const} */ ("tap")
  default_order = 10
}
