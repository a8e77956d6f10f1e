/** The names at the ends of the lines in one plot: beside their heads, inside the frame, not on each other. */
import { Model } from "@bokehjs/model"
import { Plot } from "@bokehjs/models/plots/plot"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"
import { spread } from "../spread.js"
import { onTokens, token } from "../theme.js"

/** Of names, in shares of their size: a name of one line, each further line as BokehJS draws it, and the room before and after. */
const LINE_HEIGHT = 1.4
const FURTHER_LINE = 1.5
const BESIDE = 0.7
const AFTER = 0.15

/** @typedef {{plot: Plot, x: string, y: string, source: ColumnDataSource}} Values x and y are columns */

/** @typedef {{index: number, label: string, series: string, frame: Record<string, number>}} Head the end of a line: of which track, and where */

export class Labels extends /** @type {ModelWith<typeof Model, Values>} */ (Model) {
  static __name__ = "Labels"
  static __module__ = "fallline_app.components.models.tape"
  /** @type {Head[] | undefined} */
  _heads
  static {
    this.define(({ Ref, Str }) => ({
      plot: [Ref(Plot)],
      x: [Str, ""],
      y: [Str, ""],
      source: [Ref(ColumnDataSource)],
    }))
  }

  /**
   * Name each head, now and again when the plot changes.
   *
   * @param {Head[]} heads
   */
  show(heads) {
    // A page need not draw every plot of its document.
    if (this.plot.properties.inner_width.is_unset) return
    if (this._heads === undefined) this._listen()
    this._heads = heads
    this._layOut()
  }

  _listen() {
    const { plot } = this
    const { x_range, y_range } = /** @type {any} */ (plot)
    const { inner_width, inner_height } = plot.properties
    const changes = [inner_width, inner_height, ...[x_range, y_range].flatMap(({ properties }) => [properties.start, properties.end])]
    for (const property of changes) this.connect(property.change, () => this._layOutSoon())
    onTokens(() => this._layOutSoon())
  }

  /** Once for all that changes together, and not while Bokeh draws. */
  _layOutSoon() {
    this._request ??= requestAnimationFrame(() => {
      this._request = undefined
      this._layOut()
    })
  }

  _layOut() {
    const size = parseFloat(token("name"))
    const places = this._places()
    const broken = places.map((name) => ({ ...name, ...written(name, size, this.plot.inner_width) }))
    const right = sides(broken, this.plot.inner_width)
    // Left of its head a name has room for one line.
    const names = broken.map((name, index) => (right[index] ? name : { ...name, ...sized([name.label], size) }))
    const apart = spread(names.map(({ down }) => down), names.map(({ height }) => height), [0, this.plot.inner_height])
    const data = {
      x: names.map(({ x }) => x),
      y: names.map(({ y }) => y),
      text: names.map(({ text }) => text),
      color: names.map(({ series }) => token(`name-${series}`)),
      anchor: right.map((yes) => (yes ? "center_left" : "center_right")),
      aside: right.map((yes) => (yes ? BESIDE * size : -BESIDE * size)),
      shift: apart.map((place, index) => place - names[index].down),
    }
    this.source.setv({ data }, { sync: false, check_eq: false })
  }

  /** The heads inside the frame, and where they are in pixels from its upper left. */
  _places() {
    const { plot } = this
    return (this._heads ?? [])
      .map(({ frame, ...head }) => {
        const [x, y] = [frame[this.x], frame[this.y]]
        const across = share(plot.x_scale, plot.x_range, x)
        const up = share(plot.y_scale, plot.y_range, y)
        const inside = across >= 0 && across <= 1 && up >= 0 && up <= 1
        return { ...head, x, y, inside, across: across * plot.inner_width, down: (1 - up) * plot.inner_height }
      })
      .filter(({ inside }) => inside)
  }
}

/** A name in one line, or a word a line (a number stays with its word) where it would not fit right of its head; with its size, and room around it. */
function written({ label, across }, size, room) {
  const whole = sized([label], size)
  return across + whole.width > room ? sized(label.split(/ (?!\d)/), size) : whole
}

/** @param {string[]} lines @param {number} size */
function sized(lines, size) {
  const widest = Math.max(...lines.map((line) => width(line, size)))
  const height = LINE_HEIGHT + FURTHER_LINE * (lines.length - 1)
  return { text: lines.join("\n"), width: widest + (BESIDE + AFTER) * size, height: height * size }
}

/** Whether each name stands right of its head: where it fits, and where it fits all whose heads are above each other. */
function sides(names, room) {
  const widest = new Map()
  for (const { across, width } of names) widest.set(Math.round(across), Math.max(width, widest.get(Math.round(across)) ?? 0))
  return names.map(({ across }) => across + widest.get(Math.round(across)) <= room)
}

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"))

/** The width of a name in pixels. */
function width(text, size) {
  pen.font = `bold ${size}px Inter`
  return pen.measureText(text).width
}

/** Where a value lies between the ends of a range: 0 at its start, 1 at its end. */
function share(scale, range, value) {
  const at = scale.type === "LogScale" ? Math.log : Number
  return (at(value) - at(range.start)) / (at(range.end) - at(range.start))
}
