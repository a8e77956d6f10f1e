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
/** The places of the plots that a page begins with; the others stand below. */
export const FIRST = ["map", "curve"]

/**
 * Draw the first plots of the document that stands in the page, and return what draws the rest of it: the settings, and what
 * stands below. Each root goes into the element with its name as `data-place`, if there is one.
 */
export async function showDocument() {
  const content = JSON.parse(/** @type {HTMLElement} */ (globalThis.document.getElementById("document")).textContent)
  const faces = Promise.all(FACES.map((face) => globalThis.document.fonts.load(face)))
  await Promise.race([faces, new Promise((resolve) => setTimeout(resolve, PATIENCE))]).catch(() => {})
  const shown = Document.from_json(content)
  theme(shown)
  const views = new ViewManager()
  shown.views_manager = views
  const roots = /** @type {import("@bokehjs/model").Model[]} */ (shown.roots())
  await draw(views, roots.filter(isFirst))
  const drawRest = async () => {
    await draw(views, roots.filter((root) => !isFirst(root)))
    /** @type {PlotView[]} */
    const plots = [...views].filter((view) => view instanceof PlotView)
    plots.forEach(setFocus)
    return plots
  }
  return { shown, drawRest }
}

/** @param {import("@bokehjs/model").Model} root */
const isFirst = ({ name }) => FIRST.includes(name ?? "")

async function draw(views, roots) {
  for (const root of roots) {
    const place = globalThis.document.querySelector(`[data-place="${root.name}"]`)
    if (place) (await views.build_view(root)).build(place)
  }
}

/** Only a plot with a point to move answers keys; the ring around it is the page's. */
function setFocus({ canvas_view, model }) {
  if (!model.toolbar.tools.some((tool) => tool instanceof PointTool)) canvas_view.events_el.tabIndex = UNFOCUSED
  canvas_view.model.stylesheets = [FOCUS]
}
