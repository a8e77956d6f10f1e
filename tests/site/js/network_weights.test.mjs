import assert from "node:assert/strict"
import test from "node:test"
import { named, parameters, withEdit, withoutEdit, written } from "../../../site/static/network_weights.js"

test("parameters lie layer by layer, weights row by row, then biases", () => {
  const found = parameters([2, 3, 1])

  assert.equal(found.length, 2 * 3 + 3 + 3 * 1 + 1)
  assert.deepEqual(found.map(({ place }) => place), [...found.keys()])
  assert.deepEqual(found[4], { place: 4, layer: 0, unit: 1, from: 1 })
  assert.deepEqual(found[7], { place: 7, layer: 0, unit: 1, from: -1 })
  assert.deepEqual(found[12], { place: 12, layer: 1, unit: 0, from: -1 })
  assert.equal(named(found[4], ["x", "y"]), "y")
  assert.equal(named(found[10], ["x", "y"]), "layer 1, unit 2")
})

test("edits are written and read again; a second one of the same weight and step takes the first one's place", () => {
  const sizes = [2, 6, 1]
  const first = { step: 100, place: 3, number: -0.5 }
  const second = { step: 50, place: 7, number: 1e-3 }

  const text = withEdit(withEdit(withEdit("", sizes, first), sizes, second), sizes, { ...first, number: 2 })

  assert.equal(text, "2-6-1_50w7v0.001_100w3v2")
  assert.deepEqual(written(text, sizes), [second, { ...first, number: 2 }])
  assert.deepEqual(written(text, [2, 4, 1]), [])
  assert.equal(withoutEdit(withoutEdit(text, second), { ...first, number: 2 }), "")
})
