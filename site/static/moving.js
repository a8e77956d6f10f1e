/**
 * What a player moves lies on the overlay, so that a step repaints no landscape; and since each step brings new data, only what is
 * seen of it is made: of what moves nothing is selected, muted or thinned out, for which BokehJS keeps four more glyphs each.
 * The lines of tracks, which have most of the points, only grow (`track_lines.js`).
 */
import { PlotView } from "@bokehjs/models/plots/plot_canvas"
import { GlyphRendererView } from "@bokehjs/models/renderers/glyph_renderer"
import { TrackLines, isTrackLine } from "./track_lines.js"

const whole = methods(/** @type {any} */ (GlyphRendererView.prototype))
const { repaint, _actual_paint: paint } = /** @type {any} */ (PlotView.prototype)
/** The lines of each plot that has been painted. @type {WeakMap<PlotView, TrackLines>} */
const lines = new WeakMap()
/** How many of the renderers of a plot are taking data. @type {WeakMap<PlotView, any>} */
const taking = new WeakMap()

function methods({ update_data, set_data, set_visuals, map_data, update_position, _paint }) {
  return { update_data, set_data, set_visuals, map_data, update_position, _paint }
}

function moves(view) {
  return view.model.level === "overlay"
}

/** @type {any} */
const light = {
  /** Paint as soon as all that moves has its data: BokehJS waits for its next frame, and would show every second step. */
  async update_data(indices) {
    if (!moves(this)) return whole.update_data.call(this, indices)
    const { plot_view } = /** @type {any} */ (this)
    taking.set(plot_view, (taking.get(plot_view) ?? 0) + 1)
    try {
      await this.set_data(indices)
    } finally {
      taking.set(plot_view, taking.get(plot_view) - 1)
    }
    plot_view.invalidate_painters(this)
    if (taking.get(plot_view) > 0) return
    if (hasAllChanged(plot_view)) plot_view.schedule_paint()
    else plot_view.paint()
  },

  async set_data(indices) {
    if (!moves(this)) return whole.set_data.call(this, indices)
    this.all_indices = this.decimated = this.model.view.indices
    await this.glyph.set_data(this.model.data_source, this.all_indices, indices)
    await this.set_visuals()
    this._update_masked_indices()
  },

  async set_visuals() {
    if (!moves(this)) return whole.set_visuals.call(this)
    this.glyph.set_visuals(this.model.data_source, this.all_indices)
    this.glyph.after_visuals()
    await this.glyph.after_lazy_visuals()
  },

  map_data() {
    if (moves(this)) this.glyph.map_data()
    else whole.map_data.call(this)
  },

  /** Nothing in the page stands where a glyph is, and each painting would change a style sheet. */
  update_position() {
    if (!moves(this)) whole.update_position.call(this)
  },

  _paint(pen) {
    if (this.plot_view.is_forcing_paint || !isTrackLine(this)) whole._paint.call(this, pen)
  },
}

/**
 * Where nothing but what moves is painted, no axis has grown: measuring the names of its ticks took half as long as the painting.
 *
 * @this {any}
 */
function repaintMoving() {
  if (hasAllChanged(this)) repaint.call(this)
  else this.paint()
}

/** @this {any} */
function paintWithLines() {
  const anew = hasAllChanged(this) || [...this._invalidated_painters].some(isTrackLine)
  paint.call(this)
  if (!lines.has(this)) lines.set(this, new TrackLines(this))
  lines.get(this)?.draw(anew)
}

/** Whether more of a plot is to be painted than what moves. */
function hasAllChanged({ _invalidate_all, _needs_layout, _invalidated_painters }) {
  return _invalidate_all || _needs_layout || [..._invalidated_painters].some((painter) => !moves(painter))
}

export function lightenMoving() {
  Object.assign(GlyphRendererView.prototype, light)
  Object.assign(PlotView.prototype, { repaint: repaintMoving, _actual_paint: paintWithLines })
  // BokehJS does not clip what lies on the overlay.
  Object.defineProperty(GlyphRendererView.prototype, "needs_clip", { get: () => true })
}
