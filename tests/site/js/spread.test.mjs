import assert from "node:assert/strict"
import test from "node:test"
import { spread } from "../../../site/static/spread.js"

test("places that are far enough from each other stay", () => {
  assert.deepEqual(spread([50, 10, 90], [20, 20, 20], [0, 100]), [50, 10, 90])
})

test("places that coincide are spread around where they were", () => {
  assert.deepEqual(spread([50, 50, 50], [10, 10, 10], [0, 100]), [40, 50, 60])
})

test("what is higher gets more room", () => {
  assert.deepEqual(spread([50, 50], [30, 10], [0, 100]), [40, 60])
})

test("a block at the end of the room is moved inside", () => {
  assert.deepEqual(spread([99, 99], [10, 10], [0, 100]), [85, 95])
})

test("blocks that touch become one", () => {
  const moved = spread([40, 40, 47], [10, 10, 10], [0, 100]).sort((a, b) => a - b)

  for (const [index, place] of moved.slice(1).entries()) assert.ok(place - moved[index] > 10 - 1e-9)
  assert.ok(Math.abs(moved.reduce((sum, place) => sum + place) - 127) < 1e-9)
})

test("what has no place keeps none and moves nobody", () => {
  assert.deepEqual(spread([NaN, 50], [10, 10], [0, 100]), [NaN, 50])
})

test("nothing is spread to nothing", () => {
  assert.deepEqual(spread([], [], [0, 100]), [])
})
