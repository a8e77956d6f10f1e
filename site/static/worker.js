/** Python in a module worker: it fetches, starts, opens a demo's document and answers what the page sends. */
import createPyodideModule from "pyodide/pyodide.asm.mjs"
import { loadPyodide } from "pyodide/pyodide.mjs"
import { fetchAll } from "./fetch_all.js"
import { ENVIRONMENT, openDemo, unpack } from "./python.js"

self.addEventListener("message", ({ data }) => {
  if (data.type === "start") start(data).catch((error) => post({ type: "failed", error: String(error?.stack ?? error) }))
})

async function start({ demo, files, lock, imports }) {
  refuseWithoutWebAssembly()
  const bytes = await fetchAll(files, (loaded, total) => post({ type: "progress", stage: "fetch", done: loaded, total }))
  post({ type: "progress", stage: "start" })
  const python = await startPython(bytes, lock)
  unpack(python, [bytes.vendor, bytes.source])
  const document = openDemo(python, demo, (done) => post({ type: "progress", stage: "import", done, total: imports }))
  self.addEventListener("message", ({ data }) => {
    if (data.type === "patch") answer(document, data.patch)
  })
  post({ type: "ready" })
}

/** A page whose policy forbids compiling says so here, instead of waiting for ever. */
function refuseWithoutWebAssembly() {
  new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
}

/**
 * Pyodide finds its own files by address; ours come out of memory, whatever type a server gave them.
 *
 * @param {Record<string, Uint8Array<ArrayBuffer>>} files
 * @param {object} lock
 */
function startPython({ wasm, stdlib }, lock) {
  const address = (bytes, type) => URL.createObjectURL(new Blob([bytes], { type }))
  return loadPyodide({
    indexURL: `${address(wasm, "application/wasm")}#`,
    stdLibURL: address(stdlib, "application/zip"),
    lockFileContents: lock,
    createPyodideModule,
    env: ENVIRONMENT,
  })
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
