/** What BokehJS reads out under the pointer, in the page's colours and type. */
import { Tooltip, TooltipView } from "@bokehjs/models/ui/tooltip"
import css from "./read_out.css"

class ReadOutView extends TooltipView {
  static __name__ = "ReadOutView"

  stylesheets() {
    return [...super.stylesheets(), css]
  }
}

/** Hover tools make their tooltips themselves, so the view is changed where they get it from. */
export function styleReadOuts() {
  Tooltip.prototype.default_view = ReadOutView
}
