/** What one unit of a network makes of the plane, drawn large, smooth, with the points that are learnt from. */
import { token } from "./theme.js"

/** In pixels, the radius of a point. */
const POINT = 2
/** How many tints a class has: numbers come as tints, classes as themselves. */
const TINTS = 32

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} bytes row by row from the lower left, side · side of them
 * @param {number} side
 * @param {number[][]} colours of each byte: red, green, blue, opacity
 */
export function drawUnit(canvas, bytes, side, colours) {
  const { clientWidth, clientHeight } = canvas
  Object.assign(canvas, { width: Math.round(clientWidth * devicePixelRatio), height: Math.round(clientHeight * devicePixelRatio) })
  const small = new OffscreenCanvas(side, side)
  const image = new ImageData(side, side)
  // A canvas begins at the top.
  bytes.forEach((value, place) => image.data.set(colours[value], 4 * ((side - 1 - Math.floor(place / side)) * side + (place % side))))
  small.getContext("2d")?.putImageData(image, 0, 0)
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
  context.scale(devicePixelRatio, devicePixelRatio)
  context.imageSmoothingQuality = "high"
  context.drawImage(small, 0, 0, clientWidth, clientHeight)
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Record<string, any>} place of the plane: x, y, dw and dh, a list of one each
 * @param {Record<string, any>} points x, y and kind
 * @param {boolean} numbered whether kinds are tints
 */
export function drawPoints(canvas, { x: [left], y: [bottom], dw: [wide], dh: [high] }, points, numbered) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
  const { clientWidth, clientHeight } = canvas
  context.strokeStyle = token("sheet")
  context.lineWidth = 0.5
  for (let index = 0; index < points.x.length; index += 1) {
    const kind = numbered ? Math.floor(points.kind[index] / TINTS) : points.kind[index]
    context.fillStyle = token(`class-${kind}`)
    context.beginPath()
    context.arc(((points.x[index] - left) / wide) * clientWidth, (1 - (points.y[index] - bottom) / high) * clientHeight, POINT, 0, 2 * Math.PI)
    context.fill()
    context.stroke()
  }
}
