/** The numbers of the current step, one row a track, and what is said aloud of them. */
import { element } from "./dom.js"
import { formatFixed } from "./numbers.js"
import { swatch } from "./theme.js"

export class Readout {
  /**
   * @param {import("./models/tape.js").Tape} tape
   * @param {HTMLTableElement} table
   * @param {HTMLElement} summary
   */
  constructor(tape, table, summary) {
    this.tape = tape
    this.summary = summary
    const headings = tape.readout.map(([, heading]) => heading)
    const head = element("tr", {}, element("td"), ...headings.map((text) => element("th", { scope: "col" }, text)))
    this.rows = tape.tracks.map((track) => this._row(track))
    table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...this.rows.map((row) => row.row)))
    this.tape.connect(tape.properties.summary.change, () => this._say())
    this._say()
  }

  /** Show the numbers of `step`. */
  show(step) {
    this.tape.tracks.forEach((track, index) => {
      const { row, cells, note } = this.rows[index]
      row.hidden = !track.active
      if (!track.active) return
      const frame = this.tape.frame(index, step)
      cells.forEach(({ cell, column, whole }) => (cell.textContent = whole ? String(frame[column]) : formatFixed(frame[column])))
      const ended = track.note !== "" && step >= track.last
      if (note.textContent !== (ended ? track.note : "")) note.textContent = ended ? track.note : ""
      row.classList.toggle("ended", ended)
    })
  }

  _row(track) {
    const cells = this.tape.readout.map(([column]) => ({ column, cell: element("td"), whole: column === "evaluations" }))
    const note = element("span", { class: "note" })
    const name = element("th", { scope: "row" }, swatch(track.series), element("span", { class: "name" }, track.label), note)
    return { row: element("tr", {}, name, ...cells.map(({ cell }) => cell)), cells, note }
  }

  _say() {
    this.summary.textContent = this.tape.summary
  }
}
