/** The site's own models, registered with the BokehJS that Bokeh's wheel ships; bundle.mjs sends `@bokehjs/…` there. */
import { register_models } from "@bokehjs/base"
import { Arrows } from "../../../site/static/models/arrows.js"
import { ChoiceSetting } from "../../../site/static/models/choice_setting.js"
import { CodeSetting } from "../../../site/static/models/code_setting.js"
import { Group } from "../../../site/static/models/group.js"
import { Labels } from "../../../site/static/models/labels.js"
import { Listing } from "../../../site/static/models/listing.js"
import { NumberSetting } from "../../../site/static/models/number_setting.js"
import { PointTool } from "../../../site/static/models/point_tool.js"
import { Relief } from "../../../site/static/models/relief.js"
import { Table } from "../../../site/static/models/table.js"
import { Tape, Track } from "../../../site/static/models/tape.js"
import { TrackLine } from "../../../site/static/models/track_line.js"
import { theme } from "../../../site/static/theme.js"

// Those that the race is made of.
register_models([Arrows, ChoiceSetting, CodeSetting, Group, Labels, Listing, NumberSetting, PointTool, Relief, Table, Tape, Track, TrackLine])

// Who measures need not wait for what will never come.
addEventListener("error", () => performance.mark("fallline:failed"))

const { Document } = globalThis.Bokeh.require("document/document")
const { add_document_standalone } = globalThis.Bokeh.require("embed/standalone")

/** Draw those roots of a document that have an element with their name as `data-place`. */
export async function draw(content) {
  const drawn = Document.from_json(content)
  theme(drawn)
  const placeOf = ({ name }) => document.querySelector(`[data-place="${name}"]`)
  const nowhere = document.createElement("div")
  await add_document_standalone(drawn, nowhere, drawn.roots().map((root) => placeOf(root) ?? nowhere))
  return drawn
}

/** Resolves once what has been drawn so far is on the screen. */
export function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}
