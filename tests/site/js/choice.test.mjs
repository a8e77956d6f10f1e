import assert from "node:assert/strict"
import { test } from "node:test"
import { archivesSooner, areArchivesSooner, PATIENCE } from "../../../site/static/choice.js"

const MEGABIT = 1e6 / 8 / 1000
/** What the archives save when the image has just begun to come. */
const SAVED = 5e6

test("archives are sooner on a slow line, the image on any other", () => {
  for (const megabits of [0.1, 1, 2]) assert.equal(areArchivesSooner(megabits * MEGABIT, SAVED), true)
  for (const megabits of [3.3, 5, 20, 1000]) assert.equal(areArchivesSooner(megabits * MEGABIT, SAVED), false)
})

test("archives that are bigger than the rest of the image are never sooner", () => {
  for (const saved of [0, -1e7]) assert.equal(areArchivesSooner(MEGABIT, saved), false)
})

test("without a measure the image is taken", () => {
  for (const rate of [0, -1, NaN, Infinity]) assert.equal(areArchivesSooner(rate, SAVED), false)
  assert.equal(areArchivesSooner(MEGABIT, NaN), false)
})

test("archives are chosen after the line was measured, and not before", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] })
  let looks = 0
  const chosen = archivesSooner(() => ({ loaded: (looks += 1) && MEGABIT * PATIENCE, saved: SAVED }))
  mock.timers.tick(PATIENCE - 1)
  const early = looks
  mock.timers.tick(1)

  await assert.rejects(chosen, /they save 40000 ms at 1000 kbit\/s/)
  assert.deepEqual([early, looks], [0, 1])
})
