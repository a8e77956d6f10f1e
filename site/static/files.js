/** Files that Python starts from, compressed on the way whatever a host can do, and how far they are. */

/**
 * @typedef {object} File what the build says of a file
 * @property {string} url
 * @property {number} size in bytes
 * @property {number} packed its size in bytes beside it under the name with .gz
 */

/** What every way to start needs. */
const ENGINE = "wasm"
/** So much is taken ahead of those who read, in bytes: what waits in the browser cannot be counted. */
const AHEAD = 2 ** 20

export class Files {
  /**
   * @param {Record<string, File>} files
   * @param {(name: string, file: File, signal: AbortSignal) => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>} openPacked
   *   gets one, packed, until the signal says that nobody wants it any more
   * @param {(loaded: number, total: number) => void} onProgress is told of the bytes that came
   */
  constructor(files, openPacked, onProgress) {
    this._files = files
    this._openPacked = openPacked
    this._onProgress = onProgress
    this._loaded = 0
    /** @type {Map<string, number>} the bytes that are still to come of each file */
    this._left = new Map()
    this._attempt = new AbortController()
    /** @type {Promise<WebAssembly.Module> | null} */
    this._engine = null
  }

  /** How many bytes have come. */
  get loaded() {
    return this._loaded
  }

  /** How many bytes of these are still to come, begun or not. @param {string[]} names */
  left(names) {
    return names.reduce((sum, name) => sum + (this._left.get(name) ?? this._files[name].packed), 0)
  }

  /** Let go of what is under way, but for the engine; what has come still counts. */
  startAnew() {
    this._attempt.abort()
    this._attempt = new AbortController()
    for (const name of this._left.keys()) if (name !== ENGINE) this._left.delete(name)
  }

  /**
   * Begin to get a file.
   *
   * @param {string} name
   * @returns {Promise<ReadableStream<Uint8Array>>} its content
   */
  async open(name, { signal } = this._attempt) {
    const file = this._files[name]
    this._left.set(name, file.packed)
    const packed = await this._openPacked(name, file, signal)
    return unpacked(packed.pipeThrough(this._counter(name, signal)))
  }

  /** Get the engine compiled, while it arrives; once, unless that fails. @returns {Promise<WebAssembly.Module>} */
  engine() {
    if (this._engine) return this._engine
    const engine = this.open(ENGINE, new AbortController()).then(compileStreaming)
    engine.catch(() => (this._engine = null))
    return (this._engine = engine)
  }

  /**
   * Get a file whole.
   *
   * @param {string} name
   * @returns {Promise<Uint8Array>}
   */
  async bytes(name) {
    const { url, size } = this._files[name]
    const bytes = new Uint8Array(size)
    let filled = 0
    for await (const chunk of chunks(await this.open(name))) {
      if (filled + chunk.length > size) throw new Error(`${url} is longer than its ${size} bytes`)
      bytes.set(chunk, filled)
      filled += chunk.length
    }
    if (filled !== size) throw new Error(`${url} ended after ${filled} of its ${size} bytes`)
    return bytes
  }

  _counter(name, signal) {
    const transform = (chunk, controller) => {
      controller.enqueue(chunk)
      if (!signal.aborted) this._count(name, chunk.length)
    }
    return new TransformStream({ transform }, undefined, new ByteLengthQueuingStrategy({ highWaterMark: AHEAD }))
  }

  _count(name, bytes) {
    this._loaded += bytes
    this._left.set(name, Math.max(0, this.left([name]) - bytes))
    this._onProgress(this._loaded, this._loaded + this.left([...this._left.keys()]))
  }
}

function compileStreaming(stream) {
  return WebAssembly.compileStreaming(new Response(stream, { headers: { "Content-Type": "application/wasm" } }))
}

/**
 * Get a file over the network.
 *
 * @param {string} _name
 * @param {File} file
 * @param {AbortSignal} signal
 * @returns {Promise<ReadableStream<Uint8Array<ArrayBuffer>>>}
 */
export async function fetchPacked(_name, { url }, signal) {
  const response = await fetch(`${url}.gz`, { signal })
  if (!response.ok || !response.body) throw new Error(`${url}.gz could not be fetched: the server answered ${response.status}`)
  return /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body)
}

/** The chunks of a stream; Safari's streams are not iterable by themselves. */
export async function* chunks(stream) {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** Some hosts unpack .gz files on the way; what arrives tells. */
async function unpacked(stream) {
  const [peeked, whole] = stream.tee()
  const reader = peeked.getReader()
  const { value } = await reader.read()
  reader.cancel()
  const isGzip = value?.[0] === 0x1f && value?.[1] === 0x8b
  return isGzip ? whole.pipeThrough(new DecompressionStream("gzip")) : whole
}
