/** The numbers of the current step, one row a track, and what is said of the run. */
import { element } from "./dom.js"
import { formatFixed } from "./numbers.js"
import { swatch } from "./swatch.js"

export class Readout {
  /** @type {ReturnType<Readout["_row"]>[]} */
  rows = []

  /**
   * @param {import("./models/tape.js").Tape} tape
   * @param {HTMLTableElement} table
   */
  constructor(tape, table) {
    this.tape = tape
    this._build(table)
    tape.connect(tape.properties.readout.change, () => this._build(table))
  }

  _build(table) {
    const { tape } = this
    const headings = tape.readout.map(([, heading, format]) => element("th", { scope: "col", class: format }, heading))
    const head = element("tr", {}, element("td"), ...headings)
    this.rows = tape.tracks.map((track) => this._row(track))
    // Of many columns, narrow pages show the last.
    table.classList.toggle("many", headings.length > 3)
    table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...this.rows.map((row) => row.row)))
  }

  /** Show the numbers of `step`. */
  show(step) {
    this.tape.tracks.forEach((track, index) => {
      const { row, cells } = this.rows[index]
      row.hidden = !track.active
      if (!track.active) return
      const frame = this.tape.frame(index, step)
      for (const { column, write } of cells) write(frame[column])
      row.classList.toggle("ended", track.note !== "" && step >= track.last)
    })
  }

  _row(track) {
    const cells = this.tape.readout.map(([column, , format]) => ({ column, ...CELLS[format]() }))
    const label = element("span", { class: "name" }, track.label)
    this.tape.connect(track.properties.label.change, () => (label.textContent = track.label))
    const name = element("th", { scope: "row" }, swatch(track.series, track.dash), label)
    return { row: element("tr", {}, name, ...cells.map(({ cell }) => cell)), cells }
  }
}

/** Say what the run shows, and again when that changes. */
export function summarize(tape, place) {
  const say = () => (place.textContent = tape.summary)
  tape.connect(tape.properties.summary.change, say)
  say()
}

/** How a column's cells are made and written. */
const CELLS = { fixed: fixedCell, whole: wholeCell }

function wholeCell() {
  const cell = element("td")
  return { cell, write: (value) => (cell.textContent = String(value)) }
}

/** The decimal points of a column stand under each other: what follows them has the same room in every row. */
function fixedCell() {
  const [whole, part] = [element("span"), element("span", { class: "part" })]
  const write = (value) => ([whole.textContent, part.textContent] = formatFixed(value))
  return { cell: element("td", {}, whole, part), write }
}
