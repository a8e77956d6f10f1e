/** The worker's side of a site without a server: files that the page sends, packed, when it has them. */

/** Small enough that what is unpacked never piles up. */
const SLICE = 2 ** 18

export class EmbeddedFiles {
  /** @param {(name: string) => void} ask asks the page for a file that it does not send by itself */
  constructor(ask) {
    this._ask = ask
    /** @type {Map<string, Arrival>} */
    this._arrivals = new Map()
  }

  /** @param {string} name @param {Uint8Array<ArrayBuffer>} bytes */
  put(name, bytes) {
    this._arrival(name).resolve(bytes)
  }

  /** The page cannot have it. @param {string} name */
  miss(name) {
    this._arrival(name).reject(new Error(`${name} could not be loaded: it is not beside the page`))
  }

  /**
   * @param {string} name
   * @param {{late?: boolean}} file `late` where the page waits to be asked
   * @returns {Promise<ReadableStream<Uint8Array<ArrayBuffer>>>} what is in it, packed
   */
  async open(name, { late = false }) {
    if (late) this._ask(name)
    return inSlices(await this._arrival(name).promise)
  }

  _arrival(name) {
    const arrival = this._arrivals.get(name) ?? newArrival()
    this._arrivals.set(name, arrival)
    return arrival
  }
}

/** @typedef {ReturnType<typeof newArrival>} Arrival */
function newArrival() {
  const arrival = /** @type {any} */ ({})
  arrival.promise = new Promise((resolve, reject) => Object.assign(arrival, { resolve, reject }))
  // A file that nobody has asked for yet may be missing.
  arrival.promise.catch(() => {})
  return arrival
}

function inSlices(bytes) {
  let start = 0
  return new ReadableStream({
    pull(controller) {
      if (start === bytes.length) controller.close()
      else controller.enqueue(bytes.subarray(start, (start = Math.min(start + SLICE, bytes.length))))
    },
  })
}
