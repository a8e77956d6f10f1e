/**
 * Points painted on a plane, as a text short enough for a link: three letters a point, one class after another, with a full
 * stop between. `fallline_app/painting.py` reads and writes the same.
 */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const SIDE = 512
const REACH = 1.5
const LETTERS = 3
export const MOST = 1000

/** @typedef {{x: number, y: number, kind: number}} Point */

/** @param {string} text @returns {Point[]} */
export function decode(text) {
  return text.split(".").flatMap((part, kind) => {
    const starts = Array.from({ length: Math.floor(part.length / LETTERS) }, (_, index) => LETTERS * index)
    return starts.map((start) => {
      const number = [...part.slice(start, start + LETTERS)].reduce((sum, letter) => 64 * sum + ALPHABET.indexOf(letter), 0)
      return { x: place(number % SIDE), y: place(Math.floor(number / SIDE)), kind }
    })
  })
}

/** @param {Point[]} points @param {number} kinds how many classes there are */
export function encode(points, kinds) {
  const parts = Array.from({ length: kinds }, (_, kind) => points.filter((point) => point.kind === kind))
  return parts.map((part) => part.map(letters).join("")).join(".")
}

function letters({ x, y }) {
  const number = step(y) * SIDE + step(x)
  return [12, 6, 0].map((shift) => ALPHABET[(number >> shift) & 63]).join("")
}

function place(index) {
  return (2 * REACH * index) / (SIDE - 1) - REACH
}

function step(coordinate) {
  return Math.max(0, Math.min(SIDE - 1, Math.round(((coordinate + REACH) / (2 * REACH)) * (SIDE - 1))))
}
