// Opens every demo in Pyodide under Node and prints their documents: node prerender.mjs PYODIDE_FOLDER ARCHIVE…
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { ENVIRONMENT, openDemo, unpack } from "./static/python.js"

// Panel asks for a browser's class at import; nothing here uses it.
globalThis.XMLHttpRequest ??= class XMLHttpRequest {}

const [folder, ...archives] = process.argv.slice(2)

const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")).href)
const { info } = JSON.parse(readFileSync(resolve(folder, "pyodide-lock.json"), "utf8"))
const lock = { info, packages: {} }

async function startPython() {
  const python = await loadPyodide({ indexURL: `${resolve(folder)}/`, lockFileContents: lock, env: ENVIRONMENT })
  unpack(python, archives.map((path) => new Uint8Array(readFileSync(path))))
  return python
}

/** Each document is made in an interpreter of its own, as in the worker: the ids of its models follow from its start. */
async function prerender(demo) {
  let imports = 0
  const document = openDemo(await startPython(), demo, (count) => (imports = count))
  return { imports, document: JSON.parse(document.to_json()) }
}

async function prerenderAll() {
  const demos = JSON.parse((await startPython()).pyimport("fallline_app.catalogue").describe())
  const made = { demos, documents: {}, imports: {}, lock }
  for (const { name } of demos) {
    const { imports, document } = await prerender(name)
    made.documents[name] = document
    made.imports[name] = imports
  }
  return made
}

// An uncaught error would quote Pyodide's one long line of code before it says what happened.
try {
  process.stdout.write(JSON.stringify(await prerenderAll()))
} catch (error) {
  process.stderr.write(`${String(error)}\n`)
  process.exitCode = 1
}
