/** What a player moves is drawn on the overlay, so that a step repaints no landscape. BokehJS does not clip what lies there. */
import { GlyphRendererView } from "@bokehjs/models/renderers/glyph_renderer"

export function clipOverlays() {
  Object.defineProperty(GlyphRendererView.prototype, "needs_clip", { get: () => true })
}
