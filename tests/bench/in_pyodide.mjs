// The networks' gradients inside Pyodide, under Node: node tests/bench/in_pyodide.mjs [ROUNDS]; build the site first.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { copyIn, fail, installPackages, startPyodide } from "../../site/pyodide_node.mjs"
import { SITE_PACKAGES } from "../../site/static/engine.js"

const root = fileURLToPath(new URL("../..", import.meta.url))
const cache = join(root, "site", ".cache")

async function main([rounds = "15"]) {
  const engine = join(cache, "pyodide")
  if (!existsSync(engine)) throw new Error(`${engine} is missing: build the site first`)
  const wheel = readdirSync(join(cache, "runtime")).find((name) => /-numpy-.*\.whl$/.test(name))
  const python = await startPyodide(engine)
  python.unpackArchive(new Uint8Array(readFileSync(join(cache, "runtime", wheel))), "whl")
  installPackages(python, join(root, "core"))
  for (const name of ["interleave", "networks"]) {
    copyIn(python, join(root, "tests", "bench", `${name}.py`), `${SITE_PACKAGES}/tests/bench/${name}.py`)
  }
  python.pyimport("tests.bench.networks").main(Number(rounds), false)
}

await main(process.argv.slice(2)).catch(fail)
process.exit()
