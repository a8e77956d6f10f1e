// Keeps a running interpreter: node image.mjs PYODIDE_FOLDER STDLIB_ZIP SITE_PACKAGES_FOLDER OUT_FOLDER
//
// Every demo is opened in Pyodide under Node; then the memory is written down, as far as it differs from what an
// engine begins with: heap.bin holds those pages, libraries.bin the shared libraries, image.json how to put them back,
// documents.json what the pages of the site show.
import "./deterministic.mjs"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { callInside, fail, importFrom, installPackages, list, readInfo, startPyodide } from "./pyodide_node.mjs"
import { checksum, loadLibraries, ownWord, PAGE, SITE_PACKAGES, sumBeforePages, top } from "./static/engine.js"

async function main([pyodide, stdlib, packages, out]) {
  const { default: createEngine } = await importFrom(pyodide, "pyodide.asm.mjs")
  const libraries = list(packages).filter((path) => path.endsWith(".so")).map((path) => readLibrary(packages, path))
  const engine = {}
  const python = await startPyodide(pyodide, {
    stdLibURL: stdlib,
    _makeSnapshot: true,
    createPyodideModule: (settings) => {
      settings.preRun.push((module) => Object.assign(engine, loadLibraries(module, libraries)))
      return createEngine(settings)
    },
  })
  installPackages(python, packages)
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, "documents.json"), callInside(python, "keep", "open_all"))
  callInside(python, "keep", "settle")
  emptyFreeMemory(python._module)
  writeImage(python, libraries, { ...engine, info: readInfo(pyodide) }, out)
}

function readLibrary(folder, path) {
  const bytes = readFileSync(join(folder, path))
  return { path: `${SITE_PACKAGES}/${path}`, bytes, module: new WebAssembly.Module(bytes) }
}

/** Take every free block that needs no growth, large ones first, and leave zeros in it. */
function emptyFreeMemory(module) {
  const taken = []
  for (let size = 1 << 20; size >= 32; size >>= 1) {
    for (;;) {
      const before = top(module)
      const block = module._malloc(size)
      if (block === 0) break
      if (top(module) !== before) {
        module._free(block)
        break
      }
      module.HEAPU8.fill(0, block, block + size)
      taken.push(block)
    }
  }
  taken.forEach((block) => module._free(block))
}

/** Write the memory as runs of pages, each byte XORed with what an engine begins with. */
function writeImage(python, libraries, { base, info, table }, out) {
  const module = python._module
  // A slot of the engine's list of JavaScript objects that was freed reads as undefined, which JSON cannot hold.
  const get = module.__hiwire_get
  module.__hiwire_get = (index) => get(index) ?? null
  const snapshot = python.makeMemorySnapshot({ serializer })
  const view = new DataView(snapshot.buffer, snapshot.byteOffset)
  const [start, length] = [view.getUint32(4, true), view.getUint32(8, true)]
  const config = JSON.parse(new TextDecoder().decode(snapshot.subarray(CONFIG_START, CONFIG_START + length)))
  // The memory grows in leaps; what lies above its top has never been used.
  const memory = snapshot.slice(start, start + Math.ceil(top(module) / WASM_PAGE) * WASM_PAGE)
  emptyWhatAnEngineLeaves(module, memory)
  const heap = memory.slice()
  for (let index = 0; index < base.length; index += 1) heap[index] ^= base[index]
  const runs = runsOf(heap)
  const pagesOf = (bytes) => runs.map(([first, count]) => bytes.subarray(first * PAGE, (first + count) * PAGE))
  writeFileSync(join(out, "heap.bin"), Buffer.concat(pagesOf(heap)))
  const libraryBytes = Buffer.concat(libraries.map(({ bytes }) => bytes))
  writeFileSync(join(out, "libraries.bin"), libraryBytes)
  const handles = Object.entries(module.LDSO.loadedLibsByHandle)
    .filter(([handle]) => handle !== "0")
    .map(([handle, { name }]) => [Number(handle), name])
  const meta = {
    config,
    handles,
    heap: heap.length,
    libraries: libraries.map(({ path, bytes }) => ({ path, size: bytes.length })),
    info,
    runs,
    table,
    base: checksum(base),
  }
  const sum = pagesOf(memory).reduce((sum, run) => checksum(run, sum), sumBeforePages(meta, libraryBytes))
  writeFileSync(join(out, "image.json"), JSON.stringify({ ...meta, sum }))
}

/** Forget what depends on the Node that runs this: how an engine calls itself, and the calls on its stack that are over. */
function emptyWhatAnEngineLeaves(module, memory) {
  memory.fill(0, 4 * ownWord(module), 4 * ownWord(module) + 4)
  memory.fill(0, module._emscripten_stack_get_end(), module._emscripten_stack_get_current())
}

/** Memory is handed to WebAssembly in pages of this size. */
const WASM_PAGE = 65536

/** Pyodide's header: four numbers and what else it wants to know, then the configuration as JSON. */
const CONFIG_START = 48

function serializer(object) {
  if (typeof object === "function") return { source: object.toString() }
  throw new Error(`the image cannot hold the JavaScript object ${String(object)}`)
}

/** Runs of pages that are not all zeros, as [first page, number of pages]. */
function runsOf(heap) {
  const words = new BigUint64Array(heap.buffer, heap.byteOffset, heap.length / 8)
  const runs = []
  for (let page = 0; page < heap.length / PAGE; page += 1) {
    const start = (page * PAGE) / 8
    if (!words.subarray(start, start + PAGE / 8).some((word) => word !== 0n)) continue
    const last = runs.at(-1)
    if (last && last[0] + last[1] === page) last[1] += 1
    else runs.push([page, 1])
  }
  return runs
}

await main(process.argv.slice(2)).catch(fail)
// Whatever would still fire here would be missing in every copy of the interpreter.
const alive = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout" || kind === "Immediate")
if (alive.length > 0) fail(new Error("the app keeps a timer, which no image can hold"))
process.exit()
