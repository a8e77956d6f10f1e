/** Small pictures of bytes in the page's colours. */
import { ramp, token } from "../theme.js"

/** The most ink in a cell. */
const FULL = 16
const BYTES = 256

/** @param {"ink" | "balance"} palette @returns {number[][]} red, green and blue of each byte */
export function shades(palette) {
  if (palette === "balance") {
    const colours = ramp(palette).map(channels)
    return Array.from({ length: BYTES }, (_, byte) => colours[Math.round((byte / (BYTES - 1)) * (colours.length - 1))])
  }
  const [paper, ink] = [channels(token("sheet")), channels(token("ink"))]
  return Array.from({ length: FULL + 1 }, (_, count) => paper.map((part, index) => part + ((ink[index] - part) * count) / FULL))
}

/** Draw a picture, row by row from the upper left, a pixel for each byte. */
export function paint(canvas, bytes, [rows, columns], colours) {
  if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows })
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
  const image = pen.createImageData(columns, rows)
  for (let index = 0; index < rows * columns; index += 1) image.data.set([...colours[Math.min(bytes[index], colours.length - 1)], 255], 4 * index)
  pen.putImageData(image, 0, 0)
}

/** Which of some moments, each the step it begins with, holds at a step; the first before all. */
export function momentAt(moments, step) {
  const after = moments.findIndex((moment) => moment > step)
  return Math.max(0, (after === -1 ? moments.length : after) - 1)
}

/** @param {string} hex as in "#F3EFE4" */
function channels(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16))
}
