/** What each track does at the current step, with its numbers in it; shown, never spoken by itself. */
import { element } from "./dom.js"
import { format } from "./numbers.js"
import { swatch } from "./swatch.js"

const MATHML = "http://www.w3.org/1998/Math/MathML"
/** What an equation is made of; anything else is left out, so that a text from Python stays a text. */
const KNOWN = new Set(["mfrac", "mi", "mn", "mo", "mover", "mrow", "msqrt", "msub", "msubsup", "msup", "mtext"])
/** A column, and how many digits its number has at most. */
const PLACE = /^\{(\w+)(?::(\d+))?\}$/

/** @typedef {{node: Text, column: string, digits: number}} Place a number in an equation */

export class Equations {
  /**
   * @param {import("./models/tape.js").Tape} tape
   * @param {HTMLElement} list
   */
  constructor(tape, list) {
    this._tape = tape
    this._rows = tape.tracks.map((track) => newRow(track))
    list.replaceChildren(...this._rows.map(({ row }) => row))
    /** Folded away, it is not written. */
    this._fold = /** @type {HTMLDetailsElement | null} */ (list.closest("details"))
    this._step = 0
    this._fold?.addEventListener("toggle", () => this.show(this._step))
    this._tape.tracks.forEach((track, index) => {
      const write = () => this._rows[index].write(track.equation)
      tape.connect(track.properties.equation.change, write)
      write()
    })
  }

  /** Show the numbers of `step`. */
  show(step) {
    this._step = step
    if (this._fold?.open === false) return
    this._tape.tracks.forEach((track, index) => {
      const { row, numbers } = this._rows[index]
      row.hidden = !track.active || track.equation.length === 0
      if (row.hidden) return
      const frame = this._tape.frame(index, step)
      for (const { node, column, digits } of numbers()) node.data = format(frame[column], digits)
    })
  }
}

function newRow({ label, series, dash }) {
  const parts = element("span", { class: "parts" })
  const row = element("li", {}, swatch(series, dash), element("span", { class: "name" }, label), parts)
  /** @type {Place[]} */
  let places = []
  const write = (equation) => {
    places = []
    parts.replaceChildren(...equation.map((part) => made(part, places)))
  }
  return { row, write, numbers: () => places }
}

/** @param {string} part in MathML @param {Place[]} places takes those of its numbers @returns {Element} */
export function made(part, places) {
  const read = new DOMParser().parseFromString(`<math xmlns="${MATHML}">${part}</math>`, "text/xml").documentElement
  const math = document.createElementNS(MATHML, "math")
  math.append(...copied(read, places))
  return math
}

/** The known elements inside `node`, without attributes. @returns {Node[]} */
function copied(node, places) {
  return [...node.childNodes].flatMap((child) => {
    if (child.nodeType === Node.TEXT_NODE) return [written(child.data, places)]
    if (!KNOWN.has(child.localName)) return []
    const made = document.createElementNS(MATHML, child.localName)
    made.append(...copied(child, places))
    return [made]
  })
}

function written(text, places) {
  const node = document.createTextNode(text)
  const found = PLACE.exec(text)
  if (found) places.push({ node, column: found[1], digits: Number(found[2] ?? 4) })
  return node
}
