/** The lines of a plot's tracks, on a canvas of their own under all else that moves: a step on adds what is new of each of them. */
import { TrackLineView } from "./models/track_line.js"

/** How a line's casing, which lies under all lines, and the line itself are put on a canvas. */
export const [UNDER, OVER] = /** @type {GlobalCompositeOperation[]} */ (["destination-over", "source-over"])
/** @typedef {{count: number, length: number}} Drawn points, and pixels along them, where the dashes go on */
/** @type {Drawn} */
export const NOTHING = { count: 0, length: 0 }

export class TrackLines {
  constructor(plot) {
    this._plot = plot
    this._layer = plot.canvas_view.create_layer()
    /** @type {Map<any, Drawn>} of each line's view */
    this._drawn = new Map()
  }

  /** Add what is new; draw all of them where asked to, and where one is shorter than it was. */
  draw(anew) {
    const lines = this._plot.computed_renderer_views.filter(isTrackLine).filter(({ model }) => model.visible)
    this._takeRoom()
    if (anew || lines.some((line) => line.glyph.shown < this._drawnOf(line).count)) this._begin(lines)
    const grown = lines.filter((line) => line.glyph.shown > this._drawnOf(line).count)
    if (grown.length > 0) this._add(grown)
  }

  _takeRoom() {
    const { overlays, bbox } = this._plot.canvas_view
    if (!this._layer.el.isConnected) overlays.el.before(this._layer.el)
    this._layer.resize(bbox.width, bbox.height)
  }

  _begin(lines) {
    const { ctx, canvas } = this._layer
    ctx.clearRect(0, 0, canvas.width, canvas.height)
    this._drawn.clear()
    for (const line of lines) line.map_data()
  }

  _drawnOf(line) {
    return this._drawn.get(line) ?? NOTHING
  }

  _add(lines) {
    const { ctx: pen, pixel_ratio: scale } = this._layer
    pen.save()
    // As BokehJS does on its own canvases.
    pen.scale(scale, scale)
    pen.translate(0.5, 0.5)
    pen.beginPath()
    pen.rect(...this._plot.frame.bbox.args)
    pen.clip()
    for (const line of lines) {
      const { model, shown, points, visuals } = line.glyph
      visuals.line.set_value(pen)
      pen.globalCompositeOperation = model.casing ? UNDER : OVER
      this._drawn.set(line, lengthen(pen, points, this._drawnOf(line), shown))
    }
    pen.restore()
  }
}

/** Whether a renderer's view shows the line of a track. */
export function isTrackLine({ glyph }) {
  return glyph instanceof TrackLineView
}

/**
 * Go on with a line until it has so many of these points; its strokes are the pen's.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {{sx: ArrayLike<number>, sy: ArrayLike<number>}} points where one is not finite, the line has a gap
 * @param {Drawn} drawn what there is of the line
 * @returns {Drawn} what there is of it then
 */
export function lengthen(pen, { sx, sy }, { count, length }, shown) {
  pen.lineDashOffset = length
  // It has to look as if it were drawn at once: at its corners too.
  if (pen.getLineDash().length === 0) pen.lineCap = "round"
  pen.beginPath()
  let last = -1
  for (let point = Math.max(count - 1, 0); point < shown; point += 1) {
    if (!Number.isFinite(sx[point] + sy[point])) continue
    if (last < 0 || last < point - 1) pen.moveTo(sx[point], sy[point])
    else {
      pen.lineTo(sx[point], sy[point])
      length += Math.hypot(sx[point] - sx[last], sy[point] - sy[last])
    }
    last = point
  }
  pen.stroke()
  return { count: shown, length }
}
