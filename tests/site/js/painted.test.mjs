import assert from "node:assert/strict"
import test from "node:test"
import { decode, encode } from "../../../site/static/painted.js"

test("points come back, on the nearest places of the grid", () => {
  const points = [{ x: -1.5, y: -1.5, kind: 0 }, { x: 1.5, y: 1.5, kind: 1 }, { x: 0.25, y: -0.75, kind: 1 }]

  const read = decode(encode(points, 2))

  assert.equal(read.length, 3)
  read.forEach((point, index) => {
    assert.equal(point.kind, points[index].kind)
    assert.ok(Math.abs(point.x - points[index].x) <= 1.5 / 511 && Math.abs(point.y - points[index].y) <= 1.5 / 511)
  })
})

test("what Python wrote is read as Python reads it", () => {
  // encode(placed(np.array([[0, 0], [511, 511], [5, 1]])), np.array([0, 0, 1])) in fallline_app.painting
  const [first, second, third] = decode("AAA___.AIF")

  assert.deepEqual([first.x, first.y, second.x, second.y], [-1.5, -1.5, 1.5, 1.5])
  assert.ok(Math.abs(third.x - (3 * 5) / 511 + 1.5) < 1e-12 && Math.abs(third.y - 3 / 511 + 1.5) < 1e-12)
  assert.deepEqual([first.kind, second.kind, third.kind], [0, 0, 1])
  assert.equal(encode([first, second, third], 2), "AAA___.AIF")
})

test("nothing painted is as many classes without points", () => {
  assert.equal(encode([], 2), ".")
  assert.deepEqual(decode("."), [])
})
