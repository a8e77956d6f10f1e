/** Tracks that end before the others: a mark on the map, an explanation under the numbers, and each said once. */
import { element } from "./dom.js"
import { swatch } from "./swatch.js"

export class Endings {
  /**
   * @param {import("./models/tape.js").Tape} tape
   * @param {{marks: HTMLElement, notes: HTMLElement, spoken: HTMLElement}} places
   */
  constructor(tape, { marks, notes, spoken }) {
    this._tape = tape
    this._spoken = spoken
    this._endings = tape.tracks.map((track) => newEnding(track))
    /** @type {Set<unknown>} */
    this._said = new Set()
    marks.replaceChildren(...this._endings.map(({ mark }) => mark))
    notes.replaceChildren(...this._endings.map(({ note }) => note))
    tape.connect(tape.properties.frames.change, () => this._begin())
    this._begin()
  }

  /** Show how those tracks ended that have ended at `step`. */
  show(step) {
    for (const ending of this._endings) {
      const { track, mark, note } = ending
      const ended = endsEarly(track) && step >= track.last
      mark.hidden = !ended
      // Its room is kept from the start, so that nothing jumps when it is filled.
      note.hidden = !endsEarly(track)
      note.classList.toggle("coming", !ended)
      if (ended) this._say(ending)
    }
  }

  /** A new run. */
  _begin() {
    this._spoken.replaceChildren()
    for (const { track, mark, note } of this._endings) {
      this._write(mark, track.mark)
      this._write(note, `${track.label}: ${track.note}`)
    }
    this._said.clear()
  }

  _write(place, text) {
    place.lastElementChild.textContent = text
  }

  _say({ track, note }) {
    if (this._said.has(track)) return
    this._said.add(track)
    this._spoken.append(element("p", {}, note.textContent))
  }
}

function newEnding(track) {
  const line = () => element("li", { hidden: true }, swatch(track.series, track.dash), element("span"))
  return { track, mark: line(), note: line() }
}

function endsEarly(track) {
  return track.active && track.note !== ""
}
