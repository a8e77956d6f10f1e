/** The plots as a picture, a drawing or a film, as they stand on the page. */
import { GIFEncoder, applyPalette, quantize } from "gifenc"
import { painted } from "./marks.js"
import { token } from "./theme.js"

/** @typedef {import("@bokehjs/models/plots/plot").PlotView} PlotView */

const GAP = 16
const COLOURS = 128
/** A film has at most so many frames, a fifteenth of a second each, and stands still at its end. */
const FRAMES = 75
const PERIOD = 1000 / 15
const LAST_PERIOD = 2000

/** @param {PlotView[]} plots beside each other @returns {Promise<Blob>} */
export async function picture(plots) {
  const canvas = compose(plots, devicePixelRatio)
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))), "image/png"))
}

/** @param {PlotView[]} plots beside each other @returns {Blob} */
export function drawing(plots) {
  const { width, height, places } = layOut(plots)
  const parts = plots.map((plot, index) => {
    const svg = /** @type {any} */ (plot.export("svg", false).ctx).get_serialized_svg(true)
    return svg.replace(/^<\?xml.*?\?>/, "").replace("<svg ", `<svg x="${places[index]}" `)
  })
  const background = `<rect width="100%" height="100%" fill="${token("paper")}"/>`
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${background}${parts.join("")}</svg>`
  return new Blob([text], { type: "image/svg+xml" })
}

/**
 * @param {PlotView[]} plots
 * @param {{last: number, goTo: (step: number) => void, step: number}} player
 * @param {(done: number, total: number) => void} onProgress
 * @returns {Promise<Blob>}
 */
export async function film(plots, player, onProgress) {
  const [first, { last }] = [player.step, player]
  const count = Math.min(FRAMES, last + 1)
  const encoder = GIFEncoder()
  try {
    for (let index = 0; index < count; index += 1) {
      player.goTo(Math.round((index * last) / Math.max(count - 1, 1)))
      await painted()
      write(encoder, compose(plots, 1), index === count - 1 ? LAST_PERIOD : PERIOD)
      onProgress(index + 1, count)
    }
  } finally {
    player.goTo(first)
  }
  encoder.finish()
  return new Blob([encoder.bytes()], { type: "image/gif" })
}

function write(encoder, canvas, delay) {
  const { width, height } = canvas
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height)
  const palette = quantize(data, COLOURS)
  encoder.writeFrame(applyPalette(data, palette), width, height, { palette, delay })
}

function compose(plots, scale) {
  const { width, height, places } = layOut(plots)
  const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale })
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
  pen.fillStyle = token("paper")
  pen.fillRect(0, 0, canvas.width, canvas.height)
  plots.forEach((plot, index) => {
    const shown = plot.export("png").canvas
    pen.drawImage(shown, places[index] * scale, 0, plot.bbox.width * scale, plot.bbox.height * scale)
  })
  return canvas
}

function layOut(plots) {
  let width = 0
  const places = plots.map((plot, index) => {
    const place = index === 0 ? 0 : width + GAP
    width = place + plot.bbox.width
    return place
  })
  return { width, height: Math.max(...plots.map((plot) => plot.bbox.height)), places }
}
