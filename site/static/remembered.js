/** What a reader has switched on or off, from page to page; a frame that may store nothing forgets it. */

/** @param {string} name @param {boolean} otherwise what holds for a reader who has never said */
export function remembered(name, otherwise) {
  try {
    const kept = sessionStorage.getItem(`fallline:${name}`)
    return kept === null ? otherwise : kept === "on"
  } catch {
    return otherwise
  }
}

/** @param {string} name @param {boolean} on */
export function remember(name, on) {
  try {
    sessionStorage.setItem(`fallline:${name}`, on ? "on" : "off")
  } catch (error) {
    console.info(`fallline: not remembered, since ${error}`)
  }
}
