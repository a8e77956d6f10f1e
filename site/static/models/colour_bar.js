/** The colours of a field with their numbers, above the frame of its plot; `still/bars.py` draws the same. */
import { Annotation, AnnotationView } from "@bokehjs/models/annotations/annotation"
import { onTokens, scale, token } from "../theme.js"

/** In pixels: the height of the colours, and the room below them and below the numbers. */
const HEIGHT = 8
const BELOW = 5
const BELOW_NUMBERS = 7
/** A number nearer than this to an end of the colours does not reach beyond it. */
const END = 0.06

class ColourBarView extends /** @type {ViewWith<typeof AnnotationView, ColourBar>} */ (AnnotationView) {
  static __name__ = "ColourBarView"

  /** It stands outside the frame. */
  get needs_clip() {
    return false
  }

  connect_signals() {
    super.connect_signals()
    this.connect(this.model.change, () => this.request_paint())
    onTokens(() => this.request_paint())
  }

  _paint(ctx) {
    if (!this.model.visible) return
    const { left, top, width } = this.plot_view.frame.bbox
    const [number, name] = [parseFloat(token("tick")), parseFloat(token("small"))]
    const bottom = top - BELOW_NUMBERS - number - BELOW
    ctx.save()
    this._paintColours(ctx, left, bottom - HEIGHT, width)
    ctx.fillStyle = token("quiet")
    ctx.textBaseline = "alphabetic"
    ctx.font = `${name}px Inter`
    ctx.textAlign = "left"
    ctx.fillText(this.model.title, left, bottom - HEIGHT - BELOW)
    ctx.font = `${number}px Inter`
    for (const [share, text] of this.model.marks) {
      ctx.textAlign = share < END ? "left" : share > 1 - END ? "right" : "center"
      ctx.fillText(text, left + share * width, top - BELOW_NUMBERS)
      ctx.fillRect(Math.round(left + share * (width - 1)), bottom, 1, 3)
    }
    ctx.restore()
  }

  _paintColours(ctx, left, top, width) {
    const colours = scale(this.model.palette)
    // Each to the end, under the next: what only touches shows a seam.
    colours.forEach((colour, index) => {
      const from = (index * width) / colours.length
      ctx.fillStyle = colour
      ctx.fillRect(left + from, top, width - from, HEIGHT)
    })
  }
}

/** @typedef {{title: string, palette: string, marks: [number, string][]}} Values */

export class ColourBar extends /** @type {ModelWith<typeof Annotation, Values>} */ (Annotation) {
  static __name__ = "ColourBar"
  static __module__ = "fallline_app.components.models.plots"
  static {
    this.prototype.default_view = ColourBarView
    this.define(({ Float, List, Str, Tuple }) => ({
      title: [Str, ""],
      palette: [Str, "field"],
      marks: [List(Tuple(Float, Str)), []],
    }))
  }
}
