// Imported before all else by a build that must make the same bytes twice: clock, chance and entropy follow a script.
import nodeCrypto from "node:crypto"

// Python keeps the names of the local time zone, of its program and of what runs it from its start on.
process.env.TZ = "UTC"
process.argv[1] = "fallline"
Object.defineProperty(globalThis, "navigator", { value: { userAgent: "fallline", language: "en-US" }, configurable: true })

let milliseconds = Date.UTC(2026, 0, 1)
let elapsed = 0
let seed = 1

Date.now = () => (milliseconds += 1)
performance.now = () => (elapsed += 0.01)

/** A linear congruential generator: the quality of the bytes does not matter, only that they repeat. */
function fill(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  for (let index = 0; index < bytes.length; index += 1) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    bytes[index] = seed >>> 16
  }
  return view
}

const crypto = { getRandomValues: fill, randomUUID: () => "00000000-0000-4000-8000-000000000000", subtle: {} }
Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true })
nodeCrypto.randomFillSync = fill
Math.random = () => fill(new Uint8Array(4)).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32
