import assert from "node:assert/strict"
import test from "node:test"
import { format, formatFixed } from "../../../site/static/numbers.js"

const READ = { "0.05": 0.05, "100": 100, "−5": -5, "1e−5": 1e-5, "1.5e6": 1.5e6, "0.1": 0.1, "–": NaN, "∞": Infinity, "−∞": -Infinity }

for (const [text, value] of Object.entries(READ)) {
  test(`${value} is written ${text}`, () => assert.equal(format(value), text))
}

const FIXED = [
  [0.005778, "0", ".005778"],
  [3.5841, "3", ".584"],
  [-3.7793, "−3", ".779"],
  [123.46, "123", ".5"],
  [9999, "9999", ""],
  [0.001, "0", ".001000"],
  [6.612e-14, "6", ".61e−14"],
  [12345, "1", ".23e4"],
  [9999.9, "1", ".00e4"],
  [0, "0", ""],
  [NaN, "–", ""],
  [-Infinity, "−∞", ""],
]

for (const [value, whole, part] of FIXED) {
  test(`in a column ${value} is ${whole}${part}, split at its point`, () => assert.deepEqual(formatFixed(value), [whole, part]))
}

test("a column never needs more room after the point than is kept for it", () => {
  for (let power = -300; power <= 300; power += 1) assert.ok(formatFixed(-1.23456 * 10 ** power)[1].length <= (Math.abs(power) < 100 ? 7 : 8))
})
