import assert from "node:assert/strict"
import test from "node:test"
import { NumberScale } from "../../../site/static/number_scale.js"

const scale = (range) => new NumberScale({ start: 0, end: 1, scale: "linear", whole: false, ...range })

test("a linear scale stops at round values and at both ends", () => {
  const { values } = scale({ start: -6, end: 6 })

  assert.equal(values[0], -6)
  assert.equal(values.at(-1), 6)
  assert.ok(values.includes(0) && values.includes(0.1) && values.includes(-5.9))
})

test("a logarithmic scale stops at round values of every power of ten", () => {
  const { values } = scale({ start: 1e-5, end: 10, scale: "log" })

  assert.deepEqual([values[0], values.at(-1)], [1e-5, 10])
  for (const power of [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]) for (const digit of [1, 2, 5]) assert.ok(values.includes(Number((digit * power).toPrecision(10))))
})

test("a logarithmic scale can start at 0", () => {
  assert.deepEqual(scale({ scale: "log" }).values.slice(0, 2), [0, 1e-6])
})

test("a complement's stops crowd towards 1", () => {
  const { values } = scale({ end: 0.999, scale: "complement" })

  assert.deepEqual([values[0], values.at(-1)], [0, 0.999])
  for (const stop of [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995]) assert.ok(values.includes(stop), `${stop}`)
})

for (const range of [{ start: -6, end: 6 }, { start: 1e-5, end: 10, scale: "log" }, { end: 0.9999, scale: "complement" }, { start: 10, end: 500, whole: true }]) {
  test(`stops ascend and each is at its own place: ${JSON.stringify(range)}`, () => {
    const made = scale(range)

    made.values.forEach((value, index) => {
      assert.equal(made.place(value), index)
      assert.equal(made.value(index), value)
      if (index > 0) assert.ok(value > made.values[index - 1])
    })
  })
}

test("a whole scale has whole stops", () => {
  assert.ok(scale({ start: 10, end: 500, whole: true }).values.every(Number.isInteger))
})

test("a value between two stops has a place between theirs", () => {
  const rates = scale({ start: 1e-5, end: 10, scale: "log" })
  const [low, high] = [rates.place(0.01), rates.place(0.012)]

  assert.ok(low < rates.place(0.0107) && rates.place(0.0107) < rates.place(0.0113) && rates.place(0.0113) < high)
})

test("what lies outside stands at the nearer end", () => {
  const rates = scale({ start: 1, end: 10, scale: "log" })

  assert.deepEqual([rates.place(0.5), rates.place(50)], [0, rates.stops])
})

test("a step from between two stops goes to the next of them, and none goes past an end", () => {
  const rates = scale({ start: 0.01, end: 10, scale: "log" })

  assert.deepEqual([rates.step(0.011, 1), rates.step(0.011, -1), rates.step(0.01, 1)], [0.012, 0.01, 0.012])
  assert.deepEqual([rates.step(10, 1), rates.step(0.01, -10), rates.step(1, Infinity), rates.step(1, -Infinity)], [10, 0.01, 10, 0.01])
})
