/** The prerendered document: read from the page, drawn into the places that the page keeps for it. */
import "./bokeh.js"
import { Document } from "@bokehjs/document/document"
import { add_document_standalone } from "@bokehjs/embed/standalone"
import { theme } from "./theme.js"

// A plot that is measured in another face is laid out again when the right one comes.
const FACES = ["400 13px Inter", "700 13px Inter"]
const PATIENCE = 500

/** Draw the document that stands in the page; each root goes into the element with its name as `data-place`. */
export async function showDocument() {
  const content = JSON.parse(/** @type {HTMLElement} */ (globalThis.document.getElementById("document")).textContent)
  const faces = Promise.all(FACES.map((face) => globalThis.document.fonts.load(face)))
  await Promise.race([faces, new Promise((resolve) => setTimeout(resolve, PATIENCE))]).catch(() => {})
  const shown = Document.from_json(content)
  theme(shown)
  const roots = /** @type {import("@bokehjs/model").Model[]} */ (shown.roots())
  /** @type {(HTMLElement | null)[]} */
  const places = roots.map((root) => globalThis.document.querySelector(`[data-place="${root.name}"]`))
  await add_document_standalone(shown, globalThis.document.body, places)
  return shown
}
