/** Python's worker, begun before the page's own code is there: what it says until somebody listens is kept. */
import { newEmbeddedWorker } from "./embedded_page.js"

/** What the build says of a page: the demo's name, the worker and the files that Python needs. */
export function readManifest() {
  return JSON.parse(/** @type {HTMLElement} */ (document.getElementById("manifest")).textContent)
}

export class Beginning {
  /** @param {Record<string, any>} manifest */
  constructor(manifest) {
    /** @type {Worker | null} */
    this.worker = null
    this.files = absolute(manifest.files)
    this._said = []
    /** @type {(said: any) => void} */
    this._hear = (said) => this._said.push(said)
    try {
      this._begin(manifest)
    } catch (error) {
      this._hear({ type: "failed", error: String(error) })
    }
  }

  /**
   * Hear everything that the worker says, from its first word on.
   *
   * @param {(said: any) => void} hear
   */
  listen(hear) {
    this._said.forEach(hear)
    this._hear = hear
  }

  _begin(manifest) {
    const order = { ...manifest, files: this.files, start: new URLSearchParams(location.search).get("start") }
    // A message would wait until the page has time to see that the worker is there; a name comes with it.
    const name = JSON.stringify(order)
    // A page without a server names no worker: it has one in it.
    this.worker = manifest.worker
      ? new Worker(new URL(manifest.worker, document.baseURI), { type: "module", name })
      : newEmbeddedWorker(name)
    this.worker.addEventListener("message", ({ data }) => this._hear(data))
    this.worker.addEventListener("error", ({ message }) =>
      this._hear({ type: "failed", error: message ?? "the worker could not be loaded" }),
    )
  }
}

/** A worker has another address than its page. */
function absolute(files) {
  const absolute = ([name, file]) => [name, { ...file, url: new URL(file.url, document.baseURI).href }]
  return Object.fromEntries(Object.entries(files).map(absolute))
}
