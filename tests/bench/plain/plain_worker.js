/** Pyodide as its documentation starts it: loadPyodide, its own packages, the other wheels, the app. */
import { loadPyodide } from "./pyodide/pyodide.mjs"

start().catch((error) => postMessage({ failed: String(error?.stack ?? error) }))

async function start() {
  const { own, wheels } = await (await fetch("wheels.json")).json()
  const python = await loadPyodide({ indexURL: new URL("pyodide/", import.meta.url).href })
  const urls = wheels.map((name) => new URL(`wheels/${name}`, import.meta.url).href)
  await python.loadPackage([...own, ...urls], { messageCallback: () => {} })
  const source = await (await fetch("source.zip")).arrayBuffer()
  python.unpackArchive(source, "zip", { extractDir: python.runPython("import site; site.getsitepackages()[0]") })
  const live = python.pyimport("fallline_app.live").LiveDocument("race")
  addEventListener("message", ({ data }) => {
    const [patch, buffers] = live.answer(data).toJs({ create_pyproxies: false })
    postMessage({ patch, buffers: buffers.map(([id, bytes]) => [id, bytes.slice().buffer]) })
  })
  postMessage({ document: live.to_json() })
}
