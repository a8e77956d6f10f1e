import assert from "node:assert/strict"
import { test } from "node:test"
import { read, write } from "../../../site/static/address.js"

const KINDS = new Map([
  ["surface", { kind: "choice", options: ["Bowl", "Beale & Co"] }],
  ["Adam.rate", { kind: "number" }],
  ["Adam", { kind: "switch" }],
  ["code", { kind: "text" }],
])

test("what is written is read back", () => {
  const values = new Map([["surface", "Beale & Co"], ["Adam.rate", 1e-5], ["Adam", false], ["code", "x**2 # + 1\n&é"]])

  assert.deepEqual(read(write(values), KINDS), values)
})

test("nothing is written as nothing", () => {
  assert.equal(write(new Map()), "")
  assert.deepEqual(read("", KINDS), new Map())
  assert.deepEqual(read("#", KINDS), new Map())
})

for (const [what, hash, says] of [
  ["another version", "#v=2&surface=Bowl", /version/],
  ["no version", "#surface=Bowl", /version/],
  ["an anchor", "#instrument", /version/],
  ["an unknown name", "#v=1&__proto__=1", /__proto__/],
  ["a name twice", "#v=1&Adam=on&Adam=off", /twice/],
  ["a number that is none", "#v=1&Adam.rate=fast", /fast/],
  ["an empty number", "#v=1&Adam.rate=", /Adam\.rate/],
  ["an infinite number", "#v=1&Adam.rate=1e999", /1e999/],
  ["a choice that is none", "#v=1&surface=constructor", /constructor/],
  ["a switch that is none", "#v=1&Adam=maybe", /maybe/],
  ["markup", "#v=1&surface=<img src=x onerror=alert(1)>", /img/],
  ["what is too long", `#v=1&code=${"x".repeat(9000)}`, /8000/],
]) {
  test(`${what} is refused by name`, () => {
    assert.throws(() => read(hash, KINDS), says)
  })
}
