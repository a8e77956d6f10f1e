/** How probable each answer is, as bars; and the likeliest in a sentence, said once it has stayed a while. */
import { element } from "../dom.js"

const NOTHING = "Nothing is drawn yet."
/** A drawing goes on, a run plays: only what stays is said aloud. */
const PAUSE = 800

export class Chances {
  /** @param {string[]} names what there is to choose from */
  constructor(names) {
    this._names = names
    this._bars = names.map(() => element("span", { class: "bar" }))
    this._shares = names.map(() => element("span", { class: "share" }))
    this._rows = names.map((name, index) => element("li", {}, element("span", { class: "name" }, name), element("span", { class: "room" }, this._bars[index]), this._shares[index]))
    this._said = element("p", { class: "answer" })
    this._spoken = element("p", { class: "spoken", "aria-live": "polite" })
    this.root = element("div", { class: "chances" }, this._said, element("ol", { "aria-hidden": "true" }, ...this._rows), this._spoken)
  }

  /** @param {number[] | undefined} chances one for each name; undefined where there is nothing to tell */
  show(chances) {
    const order = this._names.map((_, index) => index).sort((one, other) => (chances?.[other] ?? 0) - (chances?.[one] ?? 0))
    this._rows.forEach((row, index) => {
      const chance = chances?.[index] ?? 0
      this._bars[index].style.width = `${(100 * chance).toFixed(1)}%`
      this._shares[index].textContent = chances === undefined ? "" : percent(chance)
      row.classList.toggle("likeliest", chances !== undefined && index === order[0])
    })
    const text = chances === undefined ? NOTHING : `Read as ${this._names[order[0]]}, ${percent(chances[order[0]])}; else ${this._names[order[1]]}, ${percent(chances[order[1]])}.`
    if (text === this._said.textContent) return
    this._said.textContent = text
    clearTimeout(this._timer)
    // What the page opens with is read where it stands.
    if (this._began) this._timer = setTimeout(() => (this._spoken.textContent = text), PAUSE)
    this._began = true
  }
}

function percent(chance) {
  return chance > 0 && chance < 0.01 ? "<1 %" : `${Math.round(100 * chance)} %`
}
