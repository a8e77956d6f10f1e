/** Python in a module worker: it starts, takes up a demo's document and answers what the page sends. */
import { Choice } from "./choice.js"
import { Files } from "./files.js"
import { startFromArchives } from "./start_archives.js"
import { startFromImage } from "./start_image.js"

self.addEventListener("message", ({ data }) => {
  if (data.type === "start") start(data).catch((error) => post({ type: "failed", error: String(error?.stack ?? error) }))
})

async function start(order) {
  refuseWithoutWebAssembly()
  const document = await fromImage(order).catch((error) => {
    // Another engine, too little memory, a damaged file: the archives may still do.
    post({ type: "fallback", error: String(error?.stack ?? error) })
    return fromArchives(order)
  })
  self.addEventListener("message", ({ data }) => {
    if (data.type === "patch") answer(document, data.patch)
  })
  post({ type: "ready" })
}

async function fromImage({ demo, files, start }) {
  if (start === "archives") throw new Error("the page asks for it")
  const choice = new Choice(files)
  const python = await Promise.race([startFromImage(newFiles(files, start === "image" ? undefined : choice), sayStart), choice.againstImage])
  return python.globals.get("documents").get(demo)
}

async function fromArchives({ demo, files, info, imports }) {
  const python = await startFromArchives(newFiles(files), info, sayStart)
  const starting = python.pyimport("fallline_app.starting")
  const counter = starting.count_imports((done) => post({ type: "progress", stage: "import", done, total: imports }))
  const document = python.pyimport("fallline_app.live").LiveDocument(demo)
  starting.stop_counting(counter)
  return document
}

/** @param {Choice} [choice] is told how far it is */
function newFiles(files, choice) {
  const onProgress = (done, total) => {
    post({ type: "progress", stage: "fetch", done, total })
    choice?.see(done, total)
  }
  return new Files(files, onProgress, choice?.signal)
}

function sayStart() {
  post({ type: "progress", stage: "start" })
}

/** A page whose policy forbids compiling says so here, instead of waiting for ever. */
function refuseWithoutWebAssembly() {
  new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
}

function answer(document, patch) {
  const answered = document.answer(patch)
  const [json, buffers, errors] = answered.toJs({ create_pyproxies: false })
  answered.destroy()
  const moved = buffers.map(([id, bytes]) => [id, bytes.slice().buffer])
  post({ type: "answer", patch: json, buffers: moved, errors }, moved.map(([, buffer]) => buffer))
}

function post(message, transfer = []) {
  self.postMessage(message, { transfer })
}
