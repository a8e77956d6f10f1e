// Keeps a running interpreter: node image.mjs PYODIDE_FOLDER STDLIB_ZIP SITE_PACKAGES_FOLDER OUT_FOLDER
//
// Every demo is opened in Pyodide under Node; then the memory is written down, as far as it differs from what a fresh
// engine has: image.bin holds those pages, image.json how to put them back, documents.json what the pages of the site show.
import "./deterministic.mjs"
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { checksum, emptyLock, ENVIRONMENT, loadLibraries, PAGE, SITE_PACKAGES } from "./static/engine.js"

const [pyodide, stdlib, packages, out] = process.argv.slice(2).map((path) => resolve(path))
const inside = fileURLToPath(new URL("inside", import.meta.url))
const load = (name) => import(pathToFileURL(join(pyodide, name)).href)

// Panel asks for a browser's class at import; nothing here uses it.
globalThis.XMLHttpRequest ??= class XMLHttpRequest {}

async function main() {
  const { loadPyodide } = await load("pyodide.mjs")
  const { default: createEngine } = await load("pyodide.asm.mjs")
  const files = list(packages)
  const libraries = files
    .filter((path) => path.endsWith(".so"))
    .map((path) => ({ path: `${SITE_PACKAGES}/${path}`, module: new WebAssembly.Module(readFileSync(join(packages, path))) }))
  const engine = {}
  const python = await loadPyodide({
    indexURL: `${pyodide}/`,
    lockFileContents: emptyLock(JSON.parse(readFileSync(join(pyodide, "pyodide-lock.json"), "utf8")).info),
    stdLibURL: stdlib,
    env: ENVIRONMENT,
    _makeSnapshot: true,
    createPyodideModule: async (settings) => {
      settings.preRun.push((module) => (engine.table = loadLibraries(module, libraries)))
      const unused = await createEngine({ ...settings, preRun: [...settings.preRun], noInitialRun: true })
      engine.fresh = unused.HEAPU8.slice()
      return createEngine(settings)
    },
  })
  for (const path of files) copyIn(python, join(packages, path), `${SITE_PACKAGES}/${path}`)
  copyIn(python, join(inside, "settle.py"), "/build/settle.py")
  python.runPython("from fallline_app.live import open_all; documents = open_all()")
  const documents = python.runPython("import json; json.dumps({name: json.loads(d.to_json()) for name, d in documents.items()})")
  const demos = python.runPython("from fallline_app import catalogue; catalogue.describe()")
  python.runPython("import sys; sys.path.insert(0, '/build'); import settle; settle.settle(); sys.path.pop(0)")
  emptyFreeMemory(python._module)
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, "documents.json"), `{"demos":${demos},"documents":${documents}}`)
  writeImage(python, libraries, engine)
}

/** The files below a folder, in an order of their own. */
function list(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort()
}

/** Files come in past the heap, which keeps their passage out of the image. */
function copyIn(python, from, to) {
  python.FS.mkdirTree(to.slice(0, to.lastIndexOf("/")))
  python.FS.writeFile(to, readFileSync(from))
}

/** Take every free block that needs no growth, large ones first, and leave zeros in it. */
function emptyFreeMemory(module) {
  const top = () => module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2]
  const taken = []
  for (let size = 1 << 20; size >= 32; size >>= 1) {
    for (;;) {
      const before = top()
      const block = module._malloc(size)
      if (block === 0) break
      if (top() !== before) {
        module._free(block)
        break
      }
      module.HEAPU8.fill(0, block, block + size)
      taken.push(block)
    }
  }
  taken.forEach((block) => module._free(block))
}

/** Write the memory as runs of pages, each byte XORed with what a fresh engine has there. */
function writeImage(python, libraries, { fresh, table }) {
  const module = python._module
  // A slot of the engine's list of JavaScript objects that was freed reads as undefined, which JSON cannot hold.
  const get = module.__hiwire_get
  module.__hiwire_get = (index) => get(index) ?? null
  const snapshot = python.makeMemorySnapshot({ serializer })
  const view = new DataView(snapshot.buffer, snapshot.byteOffset)
  const [start, length] = [view.getUint32(4, true), view.getUint32(8, true)]
  const config = JSON.parse(new TextDecoder().decode(snapshot.subarray(CONFIG_START, CONFIG_START + length)))
  // The memory grows in leaps; what lies above its top has never been used.
  const top = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2]
  const heap = snapshot.slice(start, start + Math.ceil(top / WASM_PAGE) * WASM_PAGE)
  for (let index = 0; index < Math.min(fresh.length, heap.length); index += 1) heap[index] ^= fresh[index]
  const runs = runsOf(heap)
  const used = runs.map(([first, count]) => heap.subarray(first * PAGE, (first + count) * PAGE))
  writeFileSync(join(out, "image.bin"), Buffer.concat(used))
  const handles = Object.entries(module.LDSO.loadedLibsByHandle)
    .filter(([handle]) => handle !== "0")
    .map(([handle, { name }]) => [Number(handle), name])
  const meta = {
    config,
    handles,
    heap: heap.length,
    libraries: libraries.map(({ path }) => path),
    runs,
    table,
    fresh: checksum(fresh),
  }
  writeFileSync(join(out, "image.json"), JSON.stringify(meta))
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

main().catch((error) => {
  // An uncaught error would quote Pyodide's one long line of code before it says what happened.
  process.stderr.write(`${String(error?.message ?? error).slice(-2000)}\n`)
  process.exitCode = 1
})
