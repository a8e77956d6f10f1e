/** The prerendered document: read from the page, drawn into the places that the page keeps for it. */
import "./bokeh.js"
import { Document } from "@bokehjs/document/document"
import { ViewManager } from "@bokehjs/core/view_manager"
import { PlotView } from "@bokehjs/models/plots/plot"
import { PointTool } from "./models/point_tool.js"
import FOCUS from "./models/canvas.css"
import { theme } from "./theme.js"

// A plot that is measured in another face is laid out again when the right one comes.
const FACES = ["400 13px Inter", "700 13px Inter"]
/** What a click or a key does nothing to takes no focus. */
const UNFOCUSED = -1
const PATIENCE = 500

/** Draw the document that stands in the page: each root in the element with its name as `data-place`, if there is one. */
export async function showDocument() {
  const content = JSON.parse(/** @type {HTMLElement} */ (globalThis.document.getElementById("document")).textContent)
  const faces = Promise.all(FACES.map((face) => globalThis.document.fonts.load(face)))
  await Promise.race([faces, new Promise((resolve) => setTimeout(resolve, PATIENCE))]).catch(() => {})
  const shown = Document.from_json(content)
  theme(shown)
  const views = new ViewManager()
  shown.views_manager = views
  for (const root of /** @type {import("@bokehjs/model").Model[]} */ (shown.roots())) {
    const place = globalThis.document.querySelector(`[data-place="${root.name}"]`)
    if (place) /** @type {any} */ (await views.build_view(root)).build(place)
  }
  /** @type {PlotView[]} */
  const plots = [...views].filter((view) => view instanceof PlotView)
  plots.forEach(setFocus)
  return { shown, plots }
}

/** Only a plot with a point to move answers keys; the ring around it is the page's. */
function setFocus({ canvas_view, model }) {
  if (!model.toolbar.tools.some((tool) => tool instanceof PointTool)) canvas_view.events_el.tabIndex = UNFOCUSED
  canvas_view.model.stylesheets = [FOCUS]
}
