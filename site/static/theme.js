/** Gives Bokeh's models the colours and faces of `tokens.css`, and changes them with the reader's light or dark. */

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
  Axis: { axis_label_text_font: "Inter", axis_label_text_font_style: "normal", major_label_text_font: "Inter", axis_label_text_font_size: "14px", major_label_text_font_size: "13px" },
  Grid: { grid_line_alpha: 0.5 },
  Text: { text_font: "Inter" },
}
const RAMP_STEPS = 64

/** Theme every model of `document`, now and whenever the reader changes the scheme. */
export function theme(document) {
  apply(document)
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => apply(document))
}

/** The value of a token, as the reader's scheme has it. */
export function token(name) {
  return getComputedStyle(globalThis.document.documentElement).getPropertyValue(`--${name}`).trim()
}

/** A short line in a series' colour and dash, to stand beside its name. */
export function swatch(series) {
  const mark = globalThis.document.createElement("span")
  mark.className = "swatch"
  mark.dataset.series = series
  mark.style.setProperty("--series", `var(--${series})`)
  return mark
}

function apply(document) {
  for (const model of document._all_models.values()) {
    const kind = model.type.endsWith("Axis") ? "Axis" : model.type
    const values = { ...FACES[kind] }
    for (const [property, name] of Object.entries(TYPES[kind] ?? {})) values[property] = colour(name)
    for (const tag of model.tags) {
      const [property, name] = String(tag).split("=")
      values[property] = property === "palette" ? ramp(name) : colour(name)
    }
    if (Object.keys(values).length > 0) model.setv(values, { sync: false })
  }
}

function colour(name) {
  return name === "none" ? null : token(name)
}

/** Evenly spaced colours along the tokens `name-0`, `name-1`, … */
function ramp(name) {
  const ends = [0, 1, 2, 3].map((index) => rgb(token(`${name}-${index}`)))
  return Array.from({ length: RAMP_STEPS }, (_, step) => {
    const at = (step / (RAMP_STEPS - 1)) * (ends.length - 1)
    const from = Math.min(Math.floor(at), ends.length - 2)
    const mixed = ends[from].map((channel, index) => Math.round(channel + (ends[from + 1][index] - channel) * (at - from)))
    return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`
  })
}

/** @param {string} hex as in "#F3EFE4" */
function rgb(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16))
}
