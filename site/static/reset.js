/** The way back: every setting as it was when the page opened. */
import { ChoiceSetting } from "./models/choice_setting.js"
import { Group } from "./models/group.js"
import { NumberSetting } from "./models/number_setting.js"
import { PointTool } from "./models/point_tool.js"

/** What a visitor sets of each kind of model. */
const SET = [
  { kind: ChoiceSetting, property: "value" },
  { kind: NumberSetting, property: "value" },
  { kind: Group, property: "active" },
  { kind: PointTool, property: "point" },
]

/**
 * Note how everything is set in `document`, now.
 *
 * @param {import("@bokehjs/document/document").Document} document
 * @returns {() => void} sets it so again; choices first, since others can follow from them
 */
export function remember(document) {
  const first = SET.flatMap(({ kind, property }) =>
    [...document.all_models].filter((model) => model instanceof kind).map((model) => ({ model, property, value: model[property] })),
  )
  return () => first.forEach(({ model, property, value }) => model.setv({ [property]: value }))
}
