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

/** What has arrived so far: a worker that takes the place of another needs it again. */
const kept = []

/**
 * Send the worker every file that has arrived or will, and those that it asks for.
 *
 * @param {Worker} worker
 * @param {Record<string, {url: string}>} files
 */
export function handOver(worker, files) {
  const send = ([name, text]) => {
    if (text === null) return worker.postMessage({ type: "missing", name })
    const bytes = decode(text)
    worker.postMessage({ type: "file", name, bytes }, [bytes.buffer])
  }
  if (Array.isArray(globalThis.embedded)) kept.push(...globalThis.embedded)
  globalThis.embedded = {
    push(file) {
      kept.push(file)
      send(file)
    },
  }
  kept.forEach(send)
  worker.addEventListener("message", ({ data }) => {
    if (data.type === "want" && !kept.some(([name]) => name === data.name)) load(data.name, `${files[data.name].url}.js`)
  })
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
