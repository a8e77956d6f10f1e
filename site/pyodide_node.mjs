// Pyodide under Node, for the steps of the build that only its Python can take.
import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { emptyLock, ENVIRONMENT, SITE_PACKAGES } from "./static/engine.js"

// Panel asks for a browser's class at import; nothing here uses it.
globalThis.XMLHttpRequest ??= class XMLHttpRequest {}

/** Where the build's own Python lies inside the interpreter while it is needed. */
const INSIDE = "/build"

/** Start Pyodide from a folder with its files; `options` go to its loader. */
export async function startPyodide(folder, options) {
  const { loadPyodide } = await importFrom(folder, "pyodide.mjs")
  return loadPyodide({
    indexURL: `${resolve(folder)}/`,
    lockFileContents: emptyLock(readInfo(folder)),
    env: ENVIRONMENT,
    ...options,
  })
}

/** What Pyodide's lock says of its engine. */
export function readInfo(folder) {
  return JSON.parse(readFileSync(join(folder, "pyodide-lock.json"), "utf8")).info
}

export function importFrom(folder, name) {
  return import(pathToFileURL(resolve(folder, name)).href)
}

/** Call a function of one of the build's Python modules, which leaves no trace. */
export function callInside(python, module, name, ...words) {
  const folder = fileURLToPath(new URL("inside", import.meta.url))
  copyIn(python, join(folder, `${module}.py`), `${INSIDE}/${module}.py`)
  python.runPython(`import sys; sys.path.insert(0, ${JSON.stringify(INSIDE)})`)
  try {
    return python.pyimport(module)[name](...words)
  } finally {
    python.runPython(`sys.path.remove(${JSON.stringify(INSIDE)}); del sys.modules[${JSON.stringify(module)}]`)
  }
}

/** Copy a folder of packages to where they can be imported; past the heap, which keeps their passage out of an image. */
export function installPackages(python, folder) {
  for (const path of list(folder)) copyIn(python, join(folder, path), `${SITE_PACKAGES}/${path}`)
}

/** The files below a folder, in an order of their own. */
export function list(folder) {
  const root = resolve(folder)
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort()
}

export function copyIn(python, from, to) {
  python.FS.mkdirTree(to.slice(0, to.lastIndexOf("/")))
  python.FS.writeFile(to, readFileSync(from))
}

/** End with what happened; an uncaught error would quote Pyodide's one long line of code before it. */
export function fail(error) {
  process.stderr.write(`${String(error?.message ?? error).slice(-2000)}\n`)
  process.exitCode = 1
}
