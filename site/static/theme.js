/** Gives Bokeh's models the colours and faces of `tokens.css`, and changes them with the reader's light or dark. */
import { TOKENS } from "./tokens.js"

const TYPES = {
  Plot: { background_fill_color: "sheet", border_fill_color: "sheet", outline_line_color: "line" },
  Axis: {
    axis_line_color: "line",
    major_tick_line_color: "line",
    minor_tick_line_color: "none",
    major_label_text_color: "quiet",
    axis_label_text_color: "quiet",
  },
  Grid: { grid_line_color: "line" },
}
const FACES = {
  Axis: { axis_label_text_font: "Inter", axis_label_text_font_style: "normal", major_label_text_font: "Inter" },
  Grid: { grid_line_alpha: 0.5 },
  Text: { text_font: "Inter" },
}
const SIZES = {
  Axis: { axis_label_text_font_size: "small", major_label_text_font_size: "tick" },
  Text: { text_font_size: "name" },
}
/** In whole pixels. */
const ROOMS = {
  Plot: { min_border_left: "axis-room", min_border_bottom: "axis-room", min_border_right: "edge-room", min_border_top: "edge-room" },
}
/** What changes the tokens: `tokens.css` has the same questions. */
const SCHEMES = ["(prefers-color-scheme: dark)", "(min-width: 1600px)"]
const RAMP_STEPS = 64
const EACH = 8
/** Of a token's tints: how many, and how much of it there is in the first and in the last. */
const SHADES = 32
const PALEST = 0.06
const DEEPEST = 0.5

/** Theme every model of `document`, now and whenever the tokens change. */
export function theme(document) {
  apply(document)
  for (const model of document.all_models) {
    if (model.type === "Plot") model.connect(model.properties.tags.change, () => apply(document))
  }
  onTokens(() => apply(document))
}

/** Call `listener` whenever the tokens have other values: another scheme, much more or less width, projected or not. */
export function onTokens(listener) {
  globalThis.document.addEventListener(TOKENS, listener)
  for (const question of SCHEMES) matchMedia(question).addEventListener("change", listener)
}

/** Asking for a style takes longer than drawing a name, and is done for each of them at each step. @type {Map<string, string>} */
const known = new Map()
onTokens(() => known.clear())

/** The value of a token, as the reader's scheme has it. */
export function token(name) {
  const value = known.get(name) ?? getComputedStyle(globalThis.document.documentElement).getPropertyValue(`--${name}`).trim()
  if (value !== "") known.set(name, value)
  return value
}

function apply(document) {
  for (const model of document.all_models) {
    const kind = model.type.endsWith("Axis") ? "Axis" : model.type
    const values = { ...FACES[kind] }
    for (const [property, name] of Object.entries(TYPES[kind] ?? {})) values[property] = colour(name)
    for (const [property, name] of Object.entries(SIZES[kind] ?? {})) values[property] = token(name)
    for (const [property, name] of Object.entries(ROOMS[kind] ?? {})) values[property] = parseInt(token(name))
    for (const tag of model.tags) {
      const [property, name] = String(tag).split("=")
      values[property] = tagged(property, name)
    }
    if (Object.keys(values).length > 0) model.setv(values, { sync: false })
  }
}

/** What a model's own tag sets: a palette, a room, or a colour. */
function tagged(property, name) {
  if (property === "palette") return palette(name)
  return property.startsWith("min_border") ? parseInt(token(name)) : colour(name)
}

function colour(name) {
  return name === "none" ? null : token(name)
}

/** The colours of a scale: a ramp, or those of numbers below 0 and above as tints of two classes, as in `tints:name`. */
export function scale(name) {
  const [kind, series] = name.split(":")
  if (kind !== "tints") return ramp(name)
  const shades = tints(series)
  return [...shades.slice(0, SHADES).reverse(), ...shades.slice(SHADES, 2 * SHADES)]
}

/** The colours of a mapper: a ramp, or each of some tokens by itself, as in `each:name`. */
function palette(name) {
  const [each, series] = name.split(":")
  if (each === "tints") return tints(series)
  return each === "each" ? Array.from({ length: EACH }, (_, index) => token(`${series}-${index}`)) : ramp(name)
}

/** Evenly spaced colours along the tokens `name-0`, `name-1`, … */
export function ramp(name) {
  const ends = stops(name).map(rgb)
  return Array.from({ length: RAMP_STEPS }, (_, step) => {
    const at = (step / (RAMP_STEPS - 1)) * (ends.length - 1)
    const from = Math.min(Math.floor(at), ends.length - 2)
    const mixed = ends[from].map((channel, index) => Math.round(channel + (ends[from + 1][index] - channel) * (at - from)))
    return hex(mixed)
  })
}

/** For each of the tokens `name-0`, `name-1`, … shades of a sheet, from hardly tinted to well. */
function tints(name) {
  const sheet = rgb(token("sheet"))
  return Array.from({ length: EACH * SHADES }, (_, place) => {
    const full = rgb(token(`${name}-${Math.floor(place / SHADES)}`))
    const share = PALEST + ((DEEPEST - PALEST) * (place % SHADES)) / (SHADES - 1)
    return hex(sheet.map((channel, index) => Math.round(channel + (full[index] - channel) * share)))
  })
}

function hex(channels) {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`
}

/** The values of `name-0` and on, as many as there are. */
function stops(name) {
  const found = []
  for (let value = token(`${name}-0`); value !== ""; value = token(`${name}-${found.length}`)) found.push(value)
  return found
}

/** @param {string} hex as in "#F3EFE4" */
function rgb(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16))
}
