/** A landscape in perspective, which one turns by dragging or by arrow keys, with the tracks of a tape on it. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { onTokens, token } from "../theme.js"
import css from "./settings.css"
import own from "./relief.css"
import { NOTHING, OVER, UNDER, lengthen } from "../track_lines.js"
import { Tape } from "./tape.js"

/** In radians: the view at first, how far an arrow key turns it, and how steeply one may look down. */
const FIRST = { turn: 0.6, tilt: 0.9 }
const STRIDE = Math.PI / 24
const TILTS = [0.2, 1.45]
/** How high the landscape is, in parts of its side, and how large the picture, in parts of the canvas. */
const HEIGHT = 0.45
const SIZE = 0.54
const KEYS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const SHADES = 24

class ReliefView extends /** @type {ViewWith<typeof UIElementView, Relief>} */ (UIElementView) {
  static __name__ = "ReliefView"
  _view = { ...FIRST }
  /** The landscape as it was last drawn, and the lines so far: playing adds to the lines alone. */
  _ground = document.createElement("canvas")
  _lines = document.createElement("canvas")
  /** Of each track that is drawn: which run, its points on the picture, and what is drawn of them. @type {Map<any, any>} */
  _drawn = new Map()
  _stale = true
  /** Whether it is on the screen: what nobody sees is not drawn. */
  _seen = false

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    const { tape } = this.model
    this.on_change(this.model.properties.heights, () => this._drawSoon())
    this.connect(tape.shown, () => this._drawSoon(false))
    onTokens(() => this._drawSoon())
  }

  render() {
    super.render()
    this._canvas = element("canvas", { tabindex: 0, role: "application", "aria-label": "Surface: arrow keys turn it, Home turns it back" })
    this._canvas.addEventListener("keydown", (event) => this._press(event))
    this._canvas.addEventListener("pointerdown", (event) => this._canvas.setPointerCapture(event.pointerId))
    this._canvas.addEventListener("pointermove", (event) => this._drag(event))
    this.shadow_el.append(element("figure", { class: "relief" }, this._canvas, element("figcaption", {}, this.model.caption)))
    new ResizeObserver(() => this._drawSoon()).observe(this._canvas)
    new IntersectionObserver((seen) => this._see(seen)).observe(this._canvas)
    addEventListener("beforeprint", () => this._canvas.clientWidth > 0 && this._draw())
  }

  /** @param {IntersectionObserverEntry[]} seen of the canvas, the last as it is now */
  _see(seen) {
    this._seen = seen.at(-1)?.isIntersecting === true
    this._drawSoon(false)
  }

  _press(event) {
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === "Home") Object.assign(this._view, FIRST)
    else if (event.key in KEYS) this._turn(KEYS[event.key][0] * STRIDE, KEYS[event.key][1] * STRIDE)
    else return
    event.preventDefault()
    this._drawSoon()
  }

  _drag(event) {
    if (event.buttons === 0) return
    this._turn((-2 * event.movementX) / this._canvas.clientWidth, (2 * event.movementY) / this._canvas.clientWidth)
    this._drawSoon()
  }

  _turn(turn, tilt) {
    this._view.turn += turn
    this._view.tilt = Math.max(TILTS[0], Math.min(TILTS[1], this._view.tilt + tilt))
  }

  /** Once for all that changes together, and only while it can be seen. */
  _drawSoon(all = true) {
    this._stale ||= all
    this._request ??= requestAnimationFrame(() => {
      this._request = undefined
      if (this._seen && this._canvas.clientWidth > 0) this._draw()
    })
  }

  _draw() {
    const scale = devicePixelRatio
    const [width, height] = [Math.round(this._canvas.clientWidth * scale), Math.round(this._canvas.clientHeight * scale)]
    const project = this._projection(width, height)
    if (this._stale || this._canvas.width !== width || this._canvas.height !== height) {
      for (const canvas of [this._ground, this._lines, this._canvas]) Object.assign(canvas, { width, height })
      this._drawGround(penOf(this._ground), project)
      this._drawn.clear()
      this._stale = false
    }
    const tracks = this.model.tape.tracks.filter(({ active }) => active)
    this._lengthen(tracks, project, scale)
    const pen = penOf(this._canvas)
    pen.clearRect(0, 0, width, height)
    pen.drawImage(this._ground, 0, 0)
    pen.drawImage(this._lines, 0, 0)
    for (const track of tracks) this._drawHead(pen, track, scale)
  }

  /** Where a point of the unit cube around 0 is seen, and how far away it is. */
  _projection(width, height) {
    const { turn, tilt } = this._view
    const [c, s, up, down] = [Math.cos(turn), Math.sin(turn), Math.sin(tilt), Math.cos(tilt)]
    const size = SIZE * Math.min(width, height * 1.25)
    return (x, y, z) => {
      const [right, away] = [x * c - y * s, x * s + y * c]
      return [width / 2 + size * right, height / 2 - size * (away * up + z * HEIGHT * down), away * down - z * HEIGHT * up]
    }
  }

  /** The farthest first, so that what is near lies over it. */
  _drawGround(pen, project) {
    const { heights } = this.model
    const [rows, columns] = heights.shape
    const at = (row, column) => heights[row * columns + column] / 255 - 0.5
    const corner = (row, column) => project(column / (columns - 1) - 0.5, row / (rows - 1) - 0.5, at(row, column))
    const corners = Array.from({ length: rows * columns }, (_, index) => corner(Math.floor(index / columns), index % columns))
    const faces = []
    for (let row = 0; row + 1 < rows; row += 1)
      for (let column = 0; column + 1 < columns; column += 1) {
        const first = row * columns + column
        const around = [first, first + 1, first + columns + 1, first + columns].map((index) => corners[index])
        const level = (at(row, column) + at(row + 1, column + 1)) / 2 + 0.5
        faces.push({ around, level, away: around.reduce((sum, [, , away]) => sum + away, 0) })
      }
    faces.sort((one, other) => other.away - one.away)
    const shades = this._shades()
    pen.lineWidth = 1
    for (const { around, level } of faces) {
      pen.beginPath()
      around.forEach(([x, y], index) => (index === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)))
      pen.closePath()
      pen.fillStyle = pen.strokeStyle = shades[Math.min(SHADES - 1, Math.floor(level * SHADES))]
      pen.fill()
      pen.stroke()
    }
  }

  _shades() {
    return Array.from({ length: SHADES }, (_, index) => {
      const place = (3 * (index + 0.5)) / SHADES
      const from = Math.min(2, Math.floor(place))
      return `color-mix(in srgb, ${token(`height-${from + 1}`)} ${Math.round(100 * (place - from))}%, ${token(`height-${from}`)})`
    })
  }

  /** Add to the lines what is new of them; draw all where a run is another, or shorter than it was. */
  _lengthen(tracks, project, scale) {
    const pen = penOf(this._lines)
    const isSame = ({ shown, held }, drawn) => drawn.held === held && drawn.count <= shown
    if (this.model.tape.tracks.some((track) => this._drawn.has(track) && !isSame(track, this._drawn.get(track)))) {
      pen.clearRect(0, 0, this._lines.width, this._lines.height)
      this._drawn.clear()
    }
    for (const track of tracks) {
      const drawn = this._drawn.get(track) ?? { ...NOTHING, held: track.held, points: this._points(track, project) }
      const stroke = (operation, name, width, dashes) => {
        Object.assign(pen, { globalCompositeOperation: operation, strokeStyle: token(name), lineWidth: width * scale, lineJoin: "round" })
        pen.setLineDash(dashes.map((length) => length * scale))
        return lengthen(pen, drawn.points, drawn, track.shown)
      }
      // So that it stands out from any tint, what the map draws under a line too.
      stroke(UNDER, "casing", 5, [])
      const dashes = track.dash === "solid" ? [] : track.dash.split(" ").map(Number)
      this._drawn.set(track, { ...drawn, ...stroke(OVER, track.series, 2.2, dashes) })
    }
  }

  /** Where the points of a run are seen; NaN where they are outside. */
  _points(track, project) {
    const { levels, domain } = this.model
    const [[left, right], [bottom, top]] = domain
    const { x, y, loss } = /** @type {any} */ (track.path.data)
    const [sx, sy] = [new Float32Array(x.length).fill(NaN), new Float32Array(x.length)]
    for (let step = 0; step < x.length; step += 1) {
      const [across, up] = [(x[step] - left) / (right - left), (y[step] - bottom) / (top - bottom)]
      if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) continue
      ;[sx[step], sy[step]] = project(across - 0.5, up - 0.5, rank(levels, loss[step]) - 0.5)
    }
    return { sx, sy }
  }

  /** A dot where a track was seen last. */
  _drawHead(pen, track, scale) {
    const { points, count } = this._drawn.get(track)
    const at = points.sx.subarray(0, count).findLastIndex(Number.isFinite)
    if (at < 0) return
    pen.fillStyle = token(track.series)
    pen.beginPath()
    pen.arc(points.sx[at], points.sy[at], 4.5 * scale, 0, 2 * Math.PI)
    pen.fill()
  }
}

/** @returns {CanvasRenderingContext2D} */
function penOf(canvas) {
  return canvas.getContext("2d")
}

/** The share of the levels that lie below a loss, as the tint has it. */
function rank(levels, loss) {
  const above = levels.findIndex((level) => level > loss)
  if (above <= 0) return above === 0 ? 0 : 1
  const share = (loss - levels[above - 1]) / (levels[above] - levels[above - 1])
  return (above - 1 + share) / (levels.length - 1)
}

/**
 * @typedef {object} Values
 * @property {any} heights ranks of heights, 0 to 255, row by row from the lower left
 * @property {number[]} levels the heights whose ranks are evenly spaced
 * @property {[number, number][]} domain
 * @property {Tape} tape whose tracks have columns x, y and loss
 * @property {string} caption
 */

export class Relief extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "Relief"
  static __module__ = "fallline_app.components.models.pictures"
  static {
    this.prototype.default_view = ReliefView
    this.define(({ Any, Float, List, Ref, Str, Tuple }) => ({
      heights: [Any, null],
      levels: [List(Float), []],
      domain: [List(Tuple(Float, Float)), []],
      tape: [Ref(Tape)],
      caption: [Str, ""],
    }))
  }
}
