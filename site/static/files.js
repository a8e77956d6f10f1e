/** Files that Python starts from, compressed on the way whatever a host can do, and how far they are. */

/**
 * @typedef {object} File what the build says of a file
 * @property {string} url
 * @property {number} size in bytes
 * @property {number} packed its size in bytes beside it under the name with .gz
 */

export class Files {
  /**
   * @param {Record<string, File>} files
   * @param {(name: string, file: File) => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>} openPacked gets one, packed
   * @param {(loaded: number, total: number) => void} onProgress is told of the bytes that came
   */
  constructor(files, openPacked, onProgress) {
    this._files = files
    this._openPacked = openPacked
    this._onProgress = onProgress
    this._loaded = 0
    this._total = 0
    this._attempt = 0
  }

  /** Expect no more of what is under way; what has come still counts. */
  startAnew() {
    this._attempt += 1
    this._total = this._loaded
  }

  /**
   * Begin to get a file.
   *
   * @param {string} name
   * @returns {Promise<ReadableStream<Uint8Array>>} its content
   */
  async open(name) {
    const file = this._files[name]
    this._total += file.packed
    const packed = await this._openPacked(name, file)
    return unpacked(packed.pipeThrough(this._counter()))
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

  _counter() {
    const attempt = this._attempt
    return new TransformStream({
      transform: (chunk, controller) => {
        controller.enqueue(chunk)
        if (attempt !== this._attempt) return
        this._loaded += chunk.length
        this._onProgress(Math.min(this._loaded, this._total), this._total)
      },
    })
  }
}

/**
 * Get a file over the network.
 *
 * @param {string} _name
 * @param {File} file
 * @returns {Promise<ReadableStream<Uint8Array<ArrayBuffer>>>}
 */
export async function fetchPacked(_name, { url }) {
  const response = await fetch(`${url}.gz`)
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
