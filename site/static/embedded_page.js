/**
 * The page's side of a site without a server: what Python needs stands in scripts, which every browser lets a page from
 * a disk load, and goes to the worker from here.
 *
 * Each script pushes the name and content of one file, packed and as base64, to `embedded`, before or after this code; of
 * one that is not there, null is pushed instead.
 */

/**
 * A classic worker: a page from a disk, or in a frame that may only run scripts, is refused any other.
 *
 * @param {string} name
 */
export function newEmbeddedWorker(name) {
  const source = new Blob([globalThis.embeddedWorker], { type: "text/javascript" })
  return new Worker(URL.createObjectURL(source), { name })
}

/**
 * Send the worker every file as it arrives, and those that it asks for.
 *
 * @param {Worker} worker
 * @param {Record<string, {url: string, late?: boolean}>} files
 * @returns {Promise<void>} resolves when all are there that come by themselves
 */
export function handOver(worker, files) {
  const coming = new Set(Object.keys(files).filter((name) => !files[name].late))
  const all = new Promise((resolve) => {
    receive(([name, text]) => {
      send(worker, name, text)
      coming.delete(name)
      if (coming.size === 0) resolve(undefined)
    })
  })
  worker.addEventListener("message", ({ data }) => {
    if (data.type === "want") load(data.name, `${files[data.name].url}.js`)
  })
  return all
}

/** Have every file that is pushed to `embedded`, or was before. */
function receive(take) {
  const arrived = globalThis.embedded ?? []
  globalThis.embedded = { push: take }
  arrived.forEach(take)
}

function send(worker, name, text) {
  if (text === null) return worker.postMessage({ type: "missing", name })
  const bytes = decode(text)
  worker.postMessage({ type: "file", name, bytes }, [bytes.buffer])
}

function load(name, url) {
  const script = document.createElement("script")
  script.dataset.file = name
  script.src = url
  script.onerror = () => globalThis.embedded.push([name, null])
  document.head.append(script)
}

/** @returns {Uint8Array<ArrayBuffer>} */
function decode(text) {
  const array = /** @type {any} */ (Uint8Array)
  // Browsers know it since 2025; before, this takes some tenths of a second.
  return array.fromBase64 ? array.fromBase64(text) : Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
