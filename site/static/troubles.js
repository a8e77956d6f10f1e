/** What can go wrong at the start, in words: what happened and what to do about it. */

/** @type {[RegExp, string][]} */
const TROUBLES = [
  [
    /content security policy|unsafe-eval|wasm code generation disallowed|call to WebAssembly/i,
    "The security policy of this site forbids Python in the browser. Ask whoever runs it to allow 'unsafe-eval' for its worker.",
  ],
  [/not text\/javascript/, "The host of this site sends scripts as something else. Ask whoever runs it to send .js files as text/javascript."],
  [
    /out of memory|memory allocation|could not allocate|array buffer allocation|MemoryError/i,
    "The browser has not enough memory for Python. Close other tabs, then load this page again.",
  ],
  [
    /WebAssembly is not defined|Worker is not defined|module worker|DecompressionStream/i,
    "This browser is too old for Python. A current Chrome, Firefox, Safari or Edge runs it.",
  ],
  [
    /could not be fetched|magic word|magic number|ended after|ended before|is longer than|compressed (data|input)|decompress|ReadableStream|failed to fetch|networkerror|load failed|could not be loaded/i,
    "A file that Python needs did not arrive whole. Check the connection, then load this page again.",
  ],
  [/no sign of life/, "Python has been silent for a minute. Load this page again, or try another browser."],
]

/** A browser that takes no worker gives no reason. */
const UNSAID = /worker could not be loaded/

/**
 * @param {string} error
 * @param {string} forbidden what the site's policy forbids the page, if anything
 * @returns {string} one sentence, and one thing to do
 */
export function explain(error, forbidden = "") {
  const known = TROUBLES.find(([pattern]) => pattern.test(error))
  if (forbidden && (!known || UNSAID.test(error)))
    return `The security policy of this site forbids what this page needs. Ask whoever runs it to allow it in ${forbidden}.`
  return known ? known[1] : "Python could not start. Load this page again; if that does not help, try another browser."
}
