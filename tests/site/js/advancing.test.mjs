import assert from "node:assert/strict"
import test from "node:test"
import { Advancing } from "../../../site/static/advancing.js"

/** Python's document with so many slices of work, and a clock that each of them moves on by 50 ms. */
class Slices {
  constructor(left) {
    this.left = left
    this.told = []
    this.now = 0
    this.clock = performance.now
    performance.now = () => this.now
  }

  get works() {
    return this.left > 0
  }

  advance(_seconds, tells) {
    this.left -= 1
    this.now += 50
    this.told.push(tells)
    return tells
  }

  /** Let all slices be done. */
  async done() {
    while (this.works) await new Promise((resolve) => setTimeout(resolve))
    performance.now = this.clock
  }
}

test("tells ten times a second at the most, as long as the page keeps up", async () => {
  const slices = new Slices(6)
  const work = new Advancing(slices, (tells) => {
    if (tells) queueMicrotask(() => work.seen())
    return tells
  }, assert.fail)
  // Seen comes as a message, after what was told.
  work.goOn()
  await slices.done()
  work._turn.port1.close()

  assert.deepEqual(slices.told, [true, false, true, false, true, false])
})

test("does not tell a page more that has not drawn the last, and goes on working", async () => {
  const slices = new Slices(5)
  const work = new Advancing(slices, (tells) => tells, assert.fail)
  work.goOn()
  await slices.done()
  work._turn.port1.close()

  assert.deepEqual(slices.told, [true, false, false, false, false])
})

test("is under way once, however often it is asked", async () => {
  const slices = new Slices(3)
  const work = new Advancing(slices, () => false, assert.fail)
  work.goOn()
  work.goOn()
  await slices.done()
  await new Promise((resolve) => setTimeout(resolve, 20))
  work._turn.port1.close()

  assert.equal(slices.told.length, 3)
})

test("lets messages in between two slices", async () => {
  const slices = new Slices(20)
  const { port1, port2 } = new MessageChannel()
  let leftWhenHeard = 0
  port1.onmessage = () => (leftWhenHeard = slices.left)
  const work = new Advancing(slices, () => false, assert.fail)
  work.goOn()
  port2.postMessage("a setting")
  await slices.done()
  work._turn.port1.close()
  port1.close()

  assert.ok(leftWhenHeard > 10)
})

test("hands on what broke Python", async () => {
  const slices = new Slices(2)
  slices.advance = () => {
    slices.left = 0
    throw new Error("out of memory")
  }
  let end
  const crashed = new Promise((resolve) => (end = resolve))
  const work = new Advancing(slices, assert.fail, end)
  work.goOn()
  const crash = await crashed
  performance.now = slices.clock
  work._turn.port1.close()

  assert.match(String(crash), /out of memory/)
})
