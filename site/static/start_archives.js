/** Python from its archives, the slower way that works wherever Pyodide does. */
import createPyodideModule from "pyodide/pyodide.asm.mjs"
import { loadPyodide } from "pyodide/pyodide.mjs"
import { emptyLock, ENVIRONMENT, SITE_PACKAGES } from "./engine.js"
import { NOWHERE, withCompiledEngine } from "./start_image.js"

/**
 * @param {import("./files.js").Files} files
 * @param {object} info what Pyodide's lock says of its engine
 * @param {() => void} onStart is told when everything is there and Python takes over
 */
export async function startFromArchives(files, info, onStart) {
  const [engine, stdlib, vendor, source] = await Promise.all([
    files.engine(),
    ...["stdlib", "vendor", "source"].map((name) => files.bytes(name)),
  ])
  onStart()
  const python = await withCompiledEngine(engine, () =>
    loadPyodide({
      indexURL: NOWHERE,
      stdLibURL: URL.createObjectURL(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (stdlib)])),
      lockFileContents: emptyLock(info),
      env: ENVIRONMENT,
      createPyodideModule,
    }),
  )
  for (const archive of [vendor, source]) python.unpackArchive(archive, "zip", { extractDir: SITE_PACKAGES })
  return python
}
