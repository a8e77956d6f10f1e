/** Python as the build left it: its memory is put back into a fresh engine, and it goes on. */
import createEngine from "pyodide/pyodide.asm.mjs"
import { loadPyodide } from "pyodide/pyodide.mjs"
import { checksum, emptyLock, ENVIRONMENT, loadLibraries, ownWord, PAGE, sumBeforePages, top } from "./engine.js"
import { chunks } from "./files.js"

/** @type {Promise<never>} */
const NEVER = new Promise(() => {})

/**
 * @param {import("./files.js").Files} files
 * @param {() => void} onStart is told when everything is there and Python takes over
 * @param {Promise<never>} givenUp rejects when another way is sooner
 * @returns {Promise<any>} Pyodide's interface
 */
export async function startFromImage(files, onStart, givenUp = NEVER) {
  const arrived = {
    meta: files.bytes("image").then((bytes) => JSON.parse(new TextDecoder().decode(bytes))),
    engine: files.engine(),
    libraries: files.bytes("libraries"),
    heap: files.open("heap"),
  }
  // Each is awaited in its turn; until then a failure must not count as unhandled.
  Object.values(arrived).forEach((promise) => promise.catch(() => {}))
  // Once the engine has begun, there is nothing to be gained any more.
  const { engine, meta, libraries, sum } = await Promise.race([prepare(arrived), givenUp])
  const restore = (settings) => restoreEngine(settings, meta, libraries, { stream: arrived.heap, sum }, onStart)
  const python = await withCompiledEngine(engine, () => load(meta.info, restore))
  reseed(python)
  return python
}

async function prepare(arrived) {
  const meta = await arrived.meta
  const libraryBytes = await arrived.libraries
  const libraries = await compileLibraries(meta.libraries, libraryBytes)
  return { engine: await arrived.engine, meta, libraries, sum: sumBeforePages(meta, libraryBytes) }
}

async function restoreEngine(settings, meta, libraries, pages, onStart) {
  /** @type {Uint8Array} */
  let base = new Uint8Array()
  settings.noInitialRun = true
  settings.preRun.push((module) => {
    const begun = loadLibraries(module, libraries)
    base = begun.base
    if (begun.table !== meta.table || checksum(base) !== meta.base) throw new Error("the image was made by another engine")
    for (const [handle, name] of meta.handles) module.LDSO.loadedLibsByHandle[handle] = module.LDSO.loadedLibsByName[name]
  })
  const module = await createEngine(settings)
  if (meta.heap > module.HEAPU8.length) module.growMemory(meta.heap)
  if (meta.heap > module.HEAPU8.length) throw new Error("out of memory")
  const own = module.HEAP32[ownWord(module)]
  clear(module, base)
  const sum = await putBack(await pages.stream, meta.runs, { heap: module.HEAPU8, base }, pages.sum)
  if (sum !== meta.sum) throw new Error("the image is not the one that was built")
  module.HEAP32[ownWord(module)] = own
  module.API.restoreSnapshot = () => meta.config
  onStart()
  return module
}

/** Undo what the engine has written since it began with `base`. */
function clear(module, base) {
  module.HEAPU8.fill(0, base.length, top(module))
  module.HEAPU8.set(base)
}

/** Put the pages of the image, as they arrive, where they belong; return their sum. */
async function putBack(stream, runs, { heap, base }, sum) {
  const places = runs.map(([first, count]) => [first * PAGE, count * PAGE])
  let run = 0
  let done = 0
  for await (const chunk of chunks(stream)) {
    for (let used = 0; used < chunk.length; ) {
      if (run === places.length) throw new Error("the image is longer than its pages")
      const [start, length] = places[run]
      const part = Math.min(length - done, chunk.length - used)
      heap.set(chunk.subarray(used, used + part), start + done)
      used += part
      done += part
      if (done < length) continue
      xor(heap.subarray(start, start + length), base.subarray(start, start + length))
      sum = checksum(heap.subarray(start, start + length), sum)
      ;[run, done] = [run + 1, 0]
    }
  }
  if (run !== places.length) throw new Error("the image ended before its pages")
  return sum
}

/** Apply what an engine begins with, which may end before `bytes` do; both are whole pages. */
function xor(bytes, base) {
  const [words, other] = [bytes, base].map((each) => new Uint32Array(each.buffer, each.byteOffset, each.length / 4))
  for (let index = 0; index < other.length; index += 1) words[index] ^= other[index]
}

function compileLibraries(sizes, bytes) {
  let start = 0
  return Promise.all(
    sizes.map(async ({ path, size }) => {
      const content = bytes.subarray(start, (start += size))
      return { path, module: await WebAssembly.compile(content) }
    }),
  )
}

/**
 * Pyodide fetches its engine by address; it gets the one that is already here, whatever type a server gave it.
 *
 * @template T
 * @param {WebAssembly.Module} module
 * @param {() => Promise<T>} start
 * @returns {Promise<T>}
 */
export async function withCompiledEngine(module, start) {
  const instantiateStreaming = WebAssembly.instantiateStreaming
  WebAssembly.instantiateStreaming = async (_response, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  })
  try {
    return await start()
  } finally {
    WebAssembly.instantiateStreaming = instantiateStreaming
  }
}

function load(info, createPyodideModule) {
  return loadPyodide({
    indexURL: NOWHERE,
    stdLibURL: NOTHING,
    lockFileContents: emptyLock(info),
    env: ENVIRONMENT,
    createPyodideModule,
    _loadSnapshot: new Uint8Array(4),
    _snapshotDeserializer: ({ source }) => (0, eval)(`(${source})`),
  })
}

/** Addresses that lead nowhere, for files that are already here. */
const NOTHING = "data:application/octet-stream,"
export const NOWHERE = `${NOTHING}#/`

/** Chance was the same in every image; from here on it is the visitor's own. */
function reseed(python) {
  python.runPython("import random; random.seed(); import numpy; numpy.random.seed()")
}
