import assert from "node:assert/strict"
import { test } from "node:test"
import { fromText, isDrawing, SIDE, stroke, toText } from "../../../site/static/models/bitmap.js"

const drawn = (from, to) => {
  const cells = new Uint8Array(SIDE * SIDE)
  stroke(cells, from, to)
  return cells
}
const ink = (cells) => cells.reduce((sum, cell) => sum + cell, 0)

test("a drawing comes back from its text", () => {
  const cells = drawn([3.2, 4.7], [28.1, 30.9])

  const text = toText(cells)
  assert.ok(isDrawing(text))
  assert.deepEqual(fromText(text), cells)
})

test("paper has no text, and ink up to the last cell the longest", () => {
  const black = new Uint8Array(SIDE * SIDE).fill(1)

  assert.equal(toText(new Uint8Array(SIDE * SIDE)), "")
  assert.equal(toText(black).length, 171)
  assert.deepEqual(fromText(toText(black)), black)
})

test("what is no drawing's text is paper", () => {
  for (const text of ["§", "A".repeat(172), "a b", "<b>"]) {
    assert.ok(!isDrawing(text))
    assert.equal(ink(fromText(text)), 0)
  }
})

test("a dot is a disc, and a stroke all that the disc comes over", () => {
  const dot = drawn([16, 16], [16, 16])
  const line = drawn([8, 16], [24, 16])

  // π·2² is 12.6.
  assert.equal(ink(dot), 12)
  assert.equal(ink(line), 12 + 16 * 4)
  assert.ok(dot.every((cell, index) => !cell || line[index]))
})

test("the eraser takes away what it comes over, and leaves the rest", () => {
  const cells = drawn([8, 16], [24, 16])
  stroke(cells, [16, 16], [24, 16], 0)

  assert.ok(ink(cells) > 0)
  assert.ok(cells.every((cell, index) => !cell || index % SIDE < 16))
  stroke(cells, [0, 16], [31, 16], 0)
  assert.equal(ink(cells), 0)
})
