/**
 * What a player moves lies on the overlay, so that a step repaints no landscape; and since each step brings new data, only what is
 * seen of it is made: of what moves nothing is selected, muted or thinned out, for which BokehJS keeps four more glyphs each.
 */
import { PlotView } from "@bokehjs/models/plots/plot_canvas"
import { GlyphRendererView } from "@bokehjs/models/renderers/glyph_renderer"

const whole = methods(GlyphRendererView.prototype)

function methods({ set_data, set_visuals, map_data }) {
  return { set_data, set_visuals, map_data }
}

function moves(view) {
  return view.model.level === "overlay"
}

const light = {
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
}

const { repaint } = PlotView.prototype

/**
 * Where nothing but what moves is painted, no axis has grown: measuring the names of its ticks took half as long as the painting.
 *
 * @this {any}
 */
function repaintMoving() {
  const still = this._invalidate_all || this._needs_layout || [...this._invalidated_painters].some((painter) => painter.model.level !== "overlay")
  if (still) repaint.call(this)
  else this.paint()
}

export function lightenMoving() {
  Object.assign(GlyphRendererView.prototype, light)
  PlotView.prototype.repaint = repaintMoving
  // BokehJS does not clip what lies on the overlay.
  Object.defineProperty(GlyphRendererView.prototype, "needs_clip", { get: () => true })
}
