/** Draws a network on a canvas: units as small pictures, weights as lines, wide where they are large, dashed below 0. */
import { parameters } from "./network_weights.js"
import { token } from "./theme.js"

/** In pixels: a unit's side at most, the room between two, above the first, and beside the picture for names. */
const UNIT = 34
const GAP = 7
const TOP = 24
const ASIDE = 58
/** On a canvas narrower than that, names have the room that they need and no more. */
const NARROW = 420
/** How wide a line is for a weight of 0 and for one more, and at most; and how near it one must point. */
const THINNEST = 0.6
const WIDER = 1.6
const WIDEST = 6
const REACH = 7

export class Drawing {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {number[]} sizes of the layers, from the inputs to the outputs
   * @param {string[]} inputs what they are called
   * @param {string[]} outputs what they say
   */
  constructor(canvas, sizes, inputs, outputs) {
    this._canvas = canvas
    this._sizes = sizes
    this._inputs = inputs
    this._outputs = outputs
    this._parameters = parameters(sizes)
    this._left = this._right = ASIDE
    canvas.style.height = `${TOP + Math.max(...sizes) * (UNIT + GAP)}px`
  }

  /**
   * @param {Float32Array} theta
   * @param {Uint8Array} pictures of all units, inputs first
   * @param {number} side of a picture, in places
   * @param {number} picked the parameter that stands out
   */
  draw(theta, pictures, side, picked) {
    const context = /** @type {CanvasRenderingContext2D} */ (this._canvas.getContext("2d"))
    const { clientWidth, clientHeight } = this._canvas
    if (clientWidth === 0) return
    const ratio = devicePixelRatio
    Object.assign(this._canvas, { width: Math.round(clientWidth * ratio), height: Math.round(clientHeight * ratio) })
    context.scale(ratio, ratio)
    this._left = this._aside(context, this._inputs)
    this._right = this._aside(context, this._outputs)
    for (const parameter of this._parameters) this._line(context, parameter, theta[parameter.place], parameter.place === picked)
    let picture = 0
    const colours = shades()
    this._sizes.forEach((count, layer) => {
      for (let unit = 0; unit < count; unit += 1, picture += 1) {
        this._unit(context, layer, unit, pictures.subarray(picture * side * side, (picture + 1) * side * side), side, colours)
      }
    })
    this._names(context)
    const chosen = this._parameters[picked]
    if (chosen?.from === -1) this._ring(context, chosen.layer + 1, chosen.unit)
  }

  /** The parameter that is drawn at a point: a line's weight, or a unit's bias. */
  at(x, y) {
    const bias = this._parameters.find(({ layer, unit, from }) => from === -1 && this._isIn(layer + 1, unit, x, y))
    if (bias !== undefined) return bias.place
    const lines = this._parameters.filter(({ from }) => from >= 0).map((parameter) => ({ place: parameter.place, far: this._distance(parameter, x, y) }))
    const nearest = lines.reduce((one, other) => (other.far < one.far ? other : one), { place: -1, far: REACH })
    return nearest.place < 0 ? undefined : nearest.place
  }

  /** Which unit is drawn at a point, counted from the first input; −1 for none. */
  unitAt(x, y) {
    const units = this._sizes.flatMap((count, layer) => Array.from({ length: count }, (_, unit) => [layer, unit]))
    return units.findIndex(([layer, unit]) => this._isIn(layer, unit, x, y))
  }

  /** The room beside the picture for these names. */
  _aside(context, names) {
    if (this._canvas.clientWidth >= NARROW) return ASIDE
    context.font = `${token("name")} ${token("face")}`
    return Math.min(ASIDE, 8 + Math.ceil(Math.max(0, ...names.map((name) => context.measureText(name).width))))
  }

  get _side() {
    return Math.max(8, Math.min(UNIT, (this._canvas.clientWidth - this._left - this._right) / this._sizes.length - 2 * GAP))
  }

  /** The middle of a unit. */
  _middle(layer, unit) {
    const room = this._canvas.clientWidth - this._left - this._right - this._side
    const rows = Math.max(...this._sizes)
    const down = TOP + (unit + 0.5 + 0.5 * (rows - this._sizes[layer])) * (UNIT + GAP)
    return [this._left + 0.5 * this._side + (room * layer) / Math.max(1, this._sizes.length - 1), down]
  }

  _ends({ layer, from, unit }) {
    const [x0, y0] = this._middle(layer, from)
    const [x1, y1] = this._middle(layer + 1, unit)
    return [x0 + 0.5 * this._side, y0, x1 - 0.5 * this._side, y1]
  }

  _line(context, parameter, weight, picked) {
    if (parameter.from < 0 || !Number.isFinite(weight)) return
    const [x0, y0, x1, y1] = this._ends(parameter)
    context.beginPath()
    context.moveTo(x0, y0)
    context.lineTo(x1, y1)
    context.setLineDash(weight < 0 ? [6, 4] : [])
    if (picked) {
      context.lineWidth = WIDEST + 4
      context.strokeStyle = token("line")
      context.stroke()
    }
    context.lineWidth = Math.min(WIDEST, THINNEST + WIDER * Math.abs(weight))
    context.strokeStyle = token(weight < 0 ? "class-0" : "class-1")
    context.stroke()
    context.setLineDash([])
  }

  _unit(context, layer, unit, picture, side, colours) {
    const [x, y] = this._middle(layer, unit)
    const image = new ImageData(side, side)
    // Row by row from the bottom; a canvas begins at the top.
    picture.forEach((value, place) => {
      const row = side - 1 - Math.floor(place / side)
      image.data.set(colours[value], 4 * (row * side + (place % side)))
    })
    const small = new OffscreenCanvas(side, side)
    small.getContext("2d")?.putImageData(image, 0, 0)
    const wide = this._side
    context.drawImage(small, x - 0.5 * wide, y - 0.5 * wide, wide, wide)
    context.lineWidth = 1
    context.strokeStyle = token("quiet")
    context.strokeRect(x - 0.5 * wide, y - 0.5 * wide, wide, wide)
  }

  _ring(context, layer, unit) {
    const [x, y] = this._middle(layer, unit)
    const wide = this._side + 6
    context.lineWidth = 3
    context.strokeStyle = token("focus")
    context.strokeRect(x - 0.5 * wide, y - 0.5 * wide, wide, wide)
  }

  _names(context) {
    context.font = `${token("name")} ${token("face")}`
    context.fillStyle = token("quiet")
    context.textBaseline = "middle"
    const beside = 0.5 * this._side + 6
    context.textAlign = "right"
    this._inputs.forEach((name, unit) => context.fillText(name, ...moved(this._middle(0, unit), -beside), this._left - 8))
    context.textAlign = "left"
    const last = this._sizes.length - 1
    this._outputs.slice(0, this._sizes[last]).forEach((name, unit) => context.fillText(name, ...moved(this._middle(last, unit), beside), this._right - 8))
    context.textAlign = "center"
    this._sizes.slice(1, -1).forEach((_, layer) => context.fillText(String(layer + 1), this._middle(layer + 1, 0)[0], TOP / 2))
  }

  _isIn(layer, unit, x, y) {
    const [across, down] = this._middle(layer, unit)
    return Math.max(Math.abs(x - across), Math.abs(y - down)) <= 0.5 * this._side
  }

  /** From a point to a line, in pixels. */
  _distance(parameter, x, y) {
    const [x0, y0, x1, y1] = this._ends(parameter)
    const [dx, dy] = [x1 - x0, y1 - y0]
    const share = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)))
    return Math.hypot(x - x0 - share * dx, y - y0 - share * dy)
  }
}

/** @param {number[]} place @param {number} right @returns {[number, number]} */
function moved([x, y], right) {
  return [x + right, y]
}

/** The colour of each byte: 128 is nothing, less is below 0, more above. @returns {number[][]} */
export function shades() {
  const [sheet, below, above] = ["sheet", "class-0", "class-1"].map((name) => rgb(token(name)))
  return Array.from({ length: 256 }, (_, value) => {
    const share = Math.min(1, Math.abs(value - 128) / 127)
    const full = value < 128 ? below : above
    return [...sheet.map((channel, index) => Math.round(channel + (full[index] - channel) * share)), 255]
  })
}

function rgb(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16))
}
