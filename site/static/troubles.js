/** What can go wrong at the start, in words: what happened and what to do about it. */

/** @type {[RegExp, string][]} */
const TROUBLES = [
  [
    /content security policy|unsafe-eval|wasm code generation disallowed|call to WebAssembly/i,
    "The security policy of this site forbids Python in the browser. Ask whoever runs it to allow 'unsafe-eval' for its worker.",
  ],
  [
    /out of memory|memory allocation|could not allocate|array buffer allocation/i,
    "The browser has not enough memory for Python. Close other tabs, then load this page again.",
  ],
  [
    /WebAssembly is not defined|Worker is not defined|module worker|DecompressionStream/i,
    "This browser is too old for Python. A current Chrome, Firefox, Safari or Edge runs it.",
  ],
  [
    /could not be fetched|ended after|ended before|is longer than|compressed (data|input)|decompress|failed to fetch|networkerror|load failed|could not be loaded/i,
    "A file that Python needs did not arrive whole. Check the connection, then load this page again.",
  ],
  [/no sign of life/, "Python has been silent for a minute. Load this page again, or try another browser."],
]

/** @param {string} error @returns {string} one sentence, and one thing to do */
export function explain(error) {
  const known = TROUBLES.find(([pattern]) => pattern.test(error))
  return known ? known[1] : "Python could not start. Load this page again; if that does not help, try another browser."
}
