/** All settings of a page by name: what they take, how they are set now, how they were set at first. */
import { ChoiceSetting } from "./models/choice_setting.js"
import { CodeSetting } from "./models/code_setting.js"
import { FileSetting } from "./models/file_setting.js"
import { Group } from "./models/group.js"
import { NetworkPicture } from "./models/network_picture.js"
import { NumberSetting } from "./models/number_setting.js"
import { DrawingPad } from "./models/pad.js"
import { Painting } from "./models/painting.js"

/** @typedef {import("./address.js").Value} Value */

export class Settings {
  /** @param {import("@bokehjs/document/document").Document} document as it opened */
  constructor(document) {
    this._document = document
    const models = [...document.all_models]
    /** @type {ChoiceSetting[]} */
    this._choices = models.filter((model) => model instanceof ChoiceSetting).filter(({ key }) => key !== "")
    /** @type {CodeSetting[]} */
    this._codes = models.filter((model) => model instanceof CodeSetting)
    /** @type {NumberSetting[]} */
    this._numbers = models.filter((model) => model instanceof NumberSetting)
    /** What is neither code nor a number but can be written: it computes nothing by itself. @type {(Painting | NetworkPicture | DrawingPad)[]} */
    this._texts = models.filter((model) => model instanceof Painting || model instanceof NetworkPicture || model instanceof DrawingPad)
    /** What no address can hold. @type {FileSetting[]} */
    this._files = models.filter((model) => model instanceof FileSetting)
    /** @type {Group[]} */
    this._switches = models.filter((model) => model instanceof Group).filter(({ active }) => active !== null)
    /** What has run of each code: going back to it is no link that somebody sent. @type {Map<CodeSetting, Set<string>>} */
    this._run = new Map(this._codes.map((model) => [model, new Set([model.default, model.value])]))
    for (const [model, texts] of this._run) model.connect(model.properties.value.change, () => texts.add(model.value))
    /** Whether everything is being set as it was. */
    this.restoring = false
    /** How each was at first, with the range and the default that Python may change. @type {Map<any, Record<string, unknown>>} */
    this._first = new Map()
    for (const model of this._choices) this._first.set(model, { value: model.value })
    for (const model of this._codes) this._first.set(model, { value: model.value, error: "", draft: "" })
    for (const model of this._texts) this._first.set(model, { value: model.value })
    for (const model of this._switches) this._first.set(model, { active: model.active })
    for (const model of this._numbers) this._first.set(model, pick(model, ["value", "default", "start", "end"]))
  }

  /** Call `listener` whenever a setting has another value. */
  onChange(listener) {
    for (const model of this._choices) model.connect(model.properties.value.change, listener)
    for (const model of this._codes) model.connect(model.properties.value.change, listener)
    for (const model of this._texts) model.connect(model.properties.value.change, listener)
    for (const model of this._numbers) model.connect(model.properties.value.change, listener)
    for (const model of this._switches) model.connect(model.properties.active.change, listener)
  }

  /** What each takes. @returns {Map<string, import("./address.js").Kind>} */
  get kinds() {
    const kinds = new Map()
    for (const { key, options } of this._choices) kinds.set(key, { kind: "choice", options: options.map(([value]) => value) })
    for (const { key } of this._switches) kinds.set(key, { kind: "switch" })
    for (const { key } of [...this._codes, ...this._texts]) kinds.set(key, { kind: "text" })
    for (const { key } of this._numbers) kinds.set(key, { kind: "number" })
    return kinds
  }

  /** What is set otherwise than by default. @returns {Map<string, Value>} */
  get changed() {
    const changed = new Map()
    for (const model of this._choices) if (model.value !== this._first.get(model)?.value) changed.set(model.key, model.value)
    for (const model of this._switches) if (model.active !== this._first.get(model)?.active) changed.set(model.key, model.active)
    for (const model of this._codes) if (model.value !== model.default) changed.set(model.key, model.value)
    for (const model of this._texts) if (model.value !== model.default) changed.set(model.key, model.value)
    for (const model of this._numbers) if (model.value !== model.default) changed.set(model.key, model.value)
    return changed
  }

  /**
   * Set everything: as `values` say, and by default what they do not name. Choices go first, since the ranges and the
   * defaults of numbers follow from them.
   *
   * @param {Map<string, Value>} values
   * @param {() => Promise<void>} settled resolves once Python has answered
   * @param {boolean} trusted whether code may run that is not the visitor's own
   * @returns {Promise<string[]>} what did not fit
   */
  async apply(values, settled, trusted = false) {
    for (const model of this._choices) setTo(model, "value", values.get(model.key) ?? this._first.get(model)?.value)
    for (const model of this._codes) setCode(model, values.get(model.key), trusted ? undefined : this._run.get(model))
    for (const model of this._switches) setTo(model, "active", values.get(model.key) ?? this._first.get(model)?.active)
    const odd = this._texts.map((model) => setText(model, values.get(model.key)))
    if (this._choices.length > 0 && this._numbers.length > 0) await settled()
    const numbers = this._numbers.map((model) => setNumber(model, values.get(model.key)))
    const problems = [...odd, ...numbers].filter((problem) => problem !== "")
    await settled()
    return problems
  }

  /** The same values, but with the code that others hold. @param {Map<string, Value>} values @param {Map<string, Value>} others @returns {Map<string, Value>} */
  withCodeOf(values, others) {
    const codes = new Set(this._codes.map(({ key }) => key))
    const code = [...others].filter(([key]) => codes.has(key))
    return new Map([...[...values].filter(([key]) => !codes.has(key)), ...code])
  }

  /**
   * Tell a Python that has just begun how everything was set before it; of code that was not among that, keep the text.
   *
   * @param {Map<string, Value>} values
   * @param {() => Promise<void>} settled resolves once Python has answered
   * @param {string} remark why that code does not run
   */
  async restore(values, settled, remark) {
    this.restoring = true
    const left = this._codes.map((model) => (model.draft === "" ? { text: model.value, why: remark } : { text: model.draft, why: model.remark }))
    for (const [model, first] of this._first) model.setv(first, { sync: false })
    for (const file of this._files) file.handAgain()
    await this.apply(values, settled, true)
    this.restoring = false
    this._codes.forEach((model, index) => {
      const { text, why } = left[index]
      if (text !== model.value) draft(model, text, why)
    })
  }
}

function pick(model, names) {
  return Object.fromEntries(names.map((name) => [name, model[name]]))
}

function setTo(model, name, value) {
  model.setv({ [name]: value })
}

/**
 * Code that came with a link is shown; it runs only when the visitor says so.
 *
 * @param {Set<string>} [known] the code that may run, where not all may
 */
function setCode(model, text = model.default, known) {
  const runs = known === undefined || known.has(text)
  if (runs) model.value = text
  draft(model, runs ? "" : text, "This came with the link. Read it, then press Use to run it.")
}

function draft(model, text, remark) {
  model.setv({ remark, draft: text }, { sync: false })
}

function setText(model, value = model.default) {
  const fits = new RegExp(model.pattern).test(value)
  model.value = fits ? value : model.default
  return fits ? "" : `${model.key} takes no “${String(value).slice(0, 40)}”`
}

function setNumber(model, value = model.default) {
  const fits = value >= model.start && value <= model.end && (!model.whole || Number.isInteger(value))
  model.value = fits ? value : model.default
  return fits ? "" : `${model.key} takes ${model.whole ? "a whole number" : "a number"} from ${model.start} to ${model.end}, not ${value}`
}
