/** What a kept interpreter and the one that takes its place must have in common. */

export const ENVIRONMENT = { HOME: "/home/pyodide", LANG: "C.UTF-8", PYTHONHASHSEED: "0" }
export const SITE_PACKAGES = "/lib/python3.14/site-packages"
export const PAGE = 4096

/** Pyodide's lock file, for an installation that gets its packages elsewhere. */
export function emptyLock(info) {
  return { info, packages: {} }
}

/** Where the functions of the shared libraries begin in the function table, however many the engine itself has. */
const TABLE_START = 16384

/**
 * Load shared libraries before the interpreter starts, in one order and at one place, so that every function keeps
 * its number.
 *
 * @param module Emscripten's module object
 * @param {{path: string, module: WebAssembly.Module}[]} libraries
 * @returns {{table: number, base: Uint8Array}} what tells whether two engines agree: the length of the function table,
 *   and the memory as far as it is used, which holds the constants of the program and nothing else yet
 */
export function loadLibraries(module, libraries) {
  module.wasmTable.grow(TABLE_START - module.wasmTable.length)
  const last = libraries.at(-1)
  for (const library of libraries) {
    // Looking for what is not defined takes a while; once, at the end, is enough.
    const flags = { nodelete: true, allowUndefined: library !== last }
    const { path } = library
    const exports = module.loadWebAssemblyModule(library.module, flags, path, {})
    const loaded = module.newDSO(path, undefined, exports)
    loaded.global = false
    loaded.refcount = Infinity
  }
  const base = module.HEAPU8.slice(0, Math.ceil(top(module) / PAGE) * PAGE)
  base.fill(0, 4 * ownWord(module), 4 * ownWord(module) + 4)
  return { table: module.wasmTable.length, base }
}

/** Where the memory that nobody has asked for begins. */
export function top(module) {
  return module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2]
}

/** The place, in words, where an engine keeps how it calls itself, which depends on what runs it. */
export function ownWord(module) {
  return (module.__PyRuntime + module.HEAP32[module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET >> 2]) >> 2
}

/**
 * A sum that tells one sequence of bytes from another; `sum` is that of what came before.
 *
 * @param {Uint8Array} bytes at an address that is a multiple of four
 */
export function checksum(bytes, sum = 0) {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2)
  for (let index = 0; index < words.length; index += 1) sum = (Math.imul(sum, 31) + words[index]) | 0
  for (let index = 4 * words.length; index < bytes.length; index += 1) sum = (Math.imul(sum, 31) + bytes[index]) | 0
  return sum
}

/** Where the sum over an image begins: with all that is said of it, and its libraries; its pages follow. */
export function sumBeforePages({ sum, ...meta }, libraries) {
  return checksum(libraries, checksum(new TextEncoder().encode(JSON.stringify(meta))))
}
