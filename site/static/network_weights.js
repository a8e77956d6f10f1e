/** A network's parameters by their places in its flat vector, and those that were set on the way, as a text for a link. */

/** @typedef {{place: number, layer: number, unit: number, from: number}} Parameter from is −1 for the bias */
/** @typedef {{step: number, place: number, number: number}} Edit */

/** @param {number[]} sizes @returns {Parameter[]} as they lie in the vector: of each layer the weights row by row, then the biases */
export function parameters(sizes) {
  let place = 0
  return sizes.slice(1).flatMap((count, layer) => {
    const rows = [...Array(sizes[layer]).keys(), -1]
    return rows.flatMap((from) => Array.from({ length: count }, (_, unit) => ({ place: place++, layer, unit, from })))
  })
}

/** What a weight comes from. @param {Parameter} parameter @param {string[]} inputs */
export function named({ layer, from }, inputs) {
  if (from < 0) return "bias"
  return layer === 0 ? inputs[from] : `layer ${layer}, unit ${from + 1}`
}

/** The edits that a network of these sizes has. @returns {Edit[]} */
export function written(text, sizes) {
  const [meant, ...parts] = text.split("_")
  if (meant !== sizes.join("-")) return []
  return parts.map((part) => part.match(/^(\d+)w(\d+)v(.+)$/)).flatMap((found) => (found ? [{ step: Number(found[1]), place: Number(found[2]), number: Number(found[3]) }] : []))
}

/** @param {string} text @param {number[]} sizes @param {Edit} edit */
export function withEdit(text, sizes, edit) {
  const others = written(text, sizes).filter(({ step, place }) => step !== edit.step || place !== edit.place)
  return [sizes.join("-"), ...[...others, edit].map(write)].join("_")
}

/** @param {string} text @param {Edit} edit */
export function withoutEdit(text, edit) {
  const parts = text.split("_").filter((part) => part !== write(edit))
  return parts.length > 1 ? parts.join("_") : ""
}

function write({ step, place, number }) {
  return `${step}w${place}v${Number(number.toFixed(6))}`
}
