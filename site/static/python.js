/** How Python is set up for a demo: the same in the worker and in the build, so that both make the same document. */

export const ENVIRONMENT = { HOME: "/home/pyodide", PYTHONHASHSEED: "0" }

/** Unpack archives of Python packages where they can be imported. */
export function unpack(python, archives) {
  const extractDir = python.runPython("import site; site.getsitepackages()[0]")
  for (const archive of archives) python.unpackArchive(archive, "zip", { extractDir })
}

/**
 * Import the app and open a demo's document.
 *
 * @param {(imported: number) => void} onImport is told now and then how many modules have been looked for
 */
export function openDemo(python, demo, onImport) {
  const starting = python.pyimport("fallline_app.starting")
  const counter = starting.count_imports(onImport)
  const document = python.pyimport("fallline_app.live").LiveDocument(demo)
  onImport(starting.stop_counting(counter))
  return document
}
