/** Python in a worker: it starts, takes up a demo's document and answers what the page sends. */
import "./no_scripts.js"
import { Advancing } from "./advancing.js"
import { archivesSooner } from "./choice.js"
import { EmbeddedFiles } from "./embedded_files.js"
import { fetchPacked, Files } from "./files.js"
import { startFromArchives } from "./start_archives.js"
import { startFromImage } from "./start_image.js"

/** What each way needs besides the engine. */
const IMAGE = ["image", "libraries", "heap"]
const ARCHIVES = ["stdlib", "vendor", "source"]

// The page gives its order with the worker's name.
start(JSON.parse(self.name)).catch((error) => post({ type: "failed", error: String(error?.stack ?? error) }))

async function start(order) {
  const openPacked = order.worker ? fetchPacked : receivePacked()
  refuseWithoutWebAssembly()
  const files = new Files(order.files, openPacked, sayFetched)
  const document = await fromImage(order, files).catch((error) => {
    // Another engine, too little memory, a damaged file: the archives may still do, where the page has them.
    if (!order.files.vendor) throw error
    post({ type: "fallback", error: String(error?.stack ?? error) })
    files.startAnew()
    return fromArchives(order, files)
  })
  const work = new Advancing(document, (advanced) => say("advanced", document, advanced), crashed)
  self.addEventListener("message", ({ data }) => {
    if (data.type === "patch") answer(document, data.patch)
    else if (data.type === "seen") work.seen()
    work.goOn()
  })
  post({ type: "ready" })
}

async function fromImage({ demo, start, worker }, files) {
  if (start === "archives") throw new Error("the page asks for it")
  const look = () => ({ loaded: files.loaded, saved: files.left(IMAGE) - files.left(ARCHIVES) })
  // What is on a disk is all there at once.
  const givenUp = worker && start !== "image" ? archivesSooner(look) : undefined
  const python = await startFromImage(files, sayStart, givenUp)
  return python.globals.get("documents").get(demo)
}

async function fromArchives({ demo, info, imports }, files) {
  const python = await startFromArchives(files, info, sayStart)
  const starting = python.pyimport("fallline_app.starting")
  const counter = starting.count_imports((done) => post({ type: "progress", stage: "import", done, total: imports }))
  const document = python.pyimport("fallline_app.live").LiveDocument(demo)
  starting.stop_counting(counter)
  return document
}

/** There is no server: the page sends the files. */
function receivePacked() {
  const files = new EmbeddedFiles((name) => post({ type: "want", name }))
  self.addEventListener("message", ({ data }) => {
    if (data.type === "file") files.put(data.name, data.bytes)
    else if (data.type === "missing") files.miss(data.name)
  })
  return (name, file) => files.open(name, file)
}

function sayFetched(done, total) {
  post({ type: "progress", stage: "fetch", done, total })
}

function sayStart() {
  post({ type: "progress", stage: "start" })
}

/** A page whose policy forbids compiling says so here, instead of waiting for ever. */
function refuseWithoutWebAssembly() {
  new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
}

/** What is there first is sent before the rest is computed. */
function answer(document, patch) {
  try {
    let answered = document.answer(patch)
    while (document.goes_on) {
      say("part", document, answered)
      answered = document.go_on()
    }
    say("answer", document, answered)
  } catch (error) {
    crashed(error)
  }
}

/** What gets as far as this has broken Python itself: its memory ran out, or the visitor's code took it apart. */
function crashed(error) {
  post({ type: "crashed", error: String(error) })
}

/** @returns {boolean} whether there is something new to see */
function say(type, document, answered) {
  const [json, buffers, errors] = answered.toJs({ create_pyproxies: false })
  answered.destroy()
  const moved = buffers.map(([id, bytes]) => [id, bytes.slice().buffer])
  post({ type, patch: json, buffers: moved, errors, works: document.works }, moved.map(([, buffer]) => buffer))
  return json !== ""
}

function post(message, transfer = []) {
  self.postMessage(message, { transfer })
}
