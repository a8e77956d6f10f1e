/** Python's worker, begun before the page's own code is there: what it says until somebody listens is kept. */
import { handOver, newEmbeddedWorker } from "./embedded_page.js"

/** What the build says of a page: the demo's name, the worker and the files that Python needs. */
export function readManifest() {
  return JSON.parse(/** @type {HTMLElement} */ (document.getElementById("manifest")).textContent)
}

export class Beginning {
  /**
   * @param {Record<string, any>} manifest
   * @param {string | null} start the way to start, `image` or `archives`, unless that is to be measured
   */
  constructor(manifest, start = new URLSearchParams(location.search).get("start")) {
    /** @type {Worker | null} */
    this.worker = null
    /** Resolves when the page has given all that the worker cannot fetch by itself. */
    this.fed = Promise.resolve()
    this._said = []
    /** @type {(said: any) => void} */
    this._hear = (said) => this._said.push(said)
    try {
      this._begin(manifest, start)
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

  _begin(manifest, start) {
    const files = absolute(manifest.files)
    const order = { ...manifest, files, start }
    // A message would wait until the page has time to see that the worker is there; a name comes with it.
    const name = JSON.stringify(order)
    // A page without a server names no worker: it has one in it.
    this.worker = manifest.worker
      ? new Worker(new URL(manifest.worker, document.baseURI), { type: "module", name })
      : newEmbeddedWorker(name)
    this.worker.addEventListener("message", ({ data }) => this._hear(data))
    this.worker.addEventListener("error", async ({ message }) => {
      const error = message ?? (await refusal(manifest.worker))
      this._hear({ type: "failed", error })
    })
    if (!manifest.worker) this.fed = handOver(this.worker, files)
  }
}

/** A worker has another address than its page. */
function absolute(files) {
  const absolute = ([name, file]) => [name, { ...file, url: new URL(file.url, document.baseURI).href }]
  return Object.fromEntries(Object.entries(files).map(absolute))
}

/** A worker that is refused gives no reason; what the server says of its file may. */
async function refusal(url) {
  const answer = url ? await fetch(new URL(url, document.baseURI)).catch(() => null) : null
  const type = answer?.headers.get("Content-Type") ?? ""
  return answer?.ok && !/javascript/i.test(type) ? `the worker is “${type}”, not text/javascript` : "the worker could not be loaded"
}
