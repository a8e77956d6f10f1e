/** Fetches files side by side and says how far they are. */

/**
 * @param {Record<string, {url: string, size: number}>} files
 * @param {(loaded: number, total: number) => void} onProgress
 * @returns {Promise<Record<string, Uint8Array<ArrayBuffer>>>}
 */
export async function fetchAll(files, onProgress) {
  const total = Object.values(files).reduce((sum, file) => sum + file.size, 0)
  let loaded = 0
  const advance = (count) => onProgress((loaded += count), total)
  const entries = Object.entries(files).map(async ([name, file]) => [name, await fetchOne(file, advance)])
  return Object.fromEntries(await Promise.all(entries))
}

async function fetchOne({ url, size }, advance) {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} could not be fetched: the server answered ${response.status}`)
  const bytes = new Uint8Array(size)
  let filled = 0
  for (const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) break
    if (filled + value.length > size) throw new Error(`${url} is longer than its ${size} bytes`)
    bytes.set(value, filled)
    filled += value.length
    advance(value.length)
  }
  if (filled !== size) throw new Error(`${url} ended after ${filled} of its ${size} bytes`)
  return bytes
}
