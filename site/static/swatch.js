/** A short line in a series' colour and dash, to stand beside its name. */
const NAMESPACE = "http://www.w3.org/2000/svg"

/** @param {string} series the token of its colour @param {string} dash "solid", or lengths as in "6 3" */
export function swatch(series, dash) {
  const line = make("line", { x1: 0, y1: 4, x2: 28, y2: 4, stroke: `var(--${series})`, "stroke-width": 3 })
  if (dash !== "solid") line.setAttribute("stroke-dasharray", dash)
  const mark = make("svg", { class: "swatch", viewBox: "0 0 28 8", "aria-hidden": "true" })
  mark.append(line)
  return mark
}

function make(name, attributes) {
  const made = document.createElementNS(NAMESPACE, name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value))
  return made
}
