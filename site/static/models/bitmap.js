/** A drawing of 32 × 32 cells: as text that fits into a link, as `bitmaps.py` has it, and under a brush. */

export const SIDE = 32
/** The brush's, in cells. */
const RADIUS = 2
const LETTERS = Math.ceil((SIDE * SIDE) / 6)
const BITS = 6
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const TEXT = new RegExp(`^[${ALPHABET.slice(0, -2)}_-]{0,${LETTERS}}$`)

/** Whether a text is that of a drawing. */
export function isDrawing(text) {
  return TEXT.test(text)
}

/** @param {Uint8Array} cells row by row, 1 for ink @returns {string} without the paper at the end */
export function toText(cells) {
  const letters = Array.from({ length: LETTERS }, (_, index) => {
    const bits = Array.from({ length: BITS }, (_, bit) => cells[BITS * index + bit] ?? 0)
    return ALPHABET[bits.reduce((sum, bit) => 2 * sum + bit, 0)]
  })
  return letters.join("").replace(/A+$/, "")
}

/** @param {string} text @returns {Uint8Array} of 1024 cells; paper where it is no drawing's */
export function fromText(text) {
  const cells = new Uint8Array(SIDE * SIDE)
  if (!isDrawing(text)) return cells
  ;[...text].forEach((letter, index) => {
    const bits = ALPHABET.indexOf(letter)
    for (let bit = 0; bit < BITS; bit += 1) {
      const cell = BITS * index + bit
      if (cell < cells.length) cells[cell] = (bits >> (BITS - 1 - bit)) & 1
    }
  })
  return cells
}

/** Draw from one place to another, in cells from the upper left: what the brush's centre comes near to becomes ink, or paper. */
export function stroke(cells, from, to, ink = 1) {
  const [right, down] = [to[0] - from[0], to[1] - from[1]]
  const length = right * right + down * down
  for (let row = 0; row < SIDE; row += 1)
    for (let column = 0; column < SIDE; column += 1) {
      const [x, y] = [column + 0.5 - from[0], row + 0.5 - from[1]]
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, (x * right + y * down) / length))
      if (Math.hypot(x - along * right, y - along * down) <= RADIUS) cells[row * SIDE + column] = ink
    }
}
