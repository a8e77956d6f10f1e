/** A file of the visitor's, kept by this browser alone so that it survives a reload; the site is never sent it. */
const STORE = "files"

/** @param {string} key @returns {Promise<{file_name: string, content: ArrayBuffer} | undefined>} */
export async function keptFile(key) {
  return await asked("readonly", (store) => store.get(key))
}

/** @param {string} key @param {{file_name: string, content: ArrayBuffer}} file */
export async function keepFile(key, file) {
  await asked("readwrite", (store) => store.put(file, key))
}

async function asked(mode, ask) {
  const database = await settled(Object.assign(indexedDB.open("fallline", 1), { onupgradeneeded: grow }))
  try {
    const transaction = database.transaction(STORE, mode)
    const answer = settled(ask(transaction.objectStore(STORE)))
    // What has no room left fails here, after the request has succeeded.
    const whole = new Promise((resolve, reject) => Object.assign(transaction, { oncomplete: resolve, onabort: () => reject(transaction.error) }))
    await whole
    return await answer
  } finally {
    database.close()
  }
}

function grow({ target }) {
  target.result.createObjectStore(STORE)
}

/** @returns {Promise<any>} */
function settled(request) {
  return new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }))
}
