// Bundles the yardsticks' scripts: node bundle.mjs SITE_FOLDER OUT_FOLDER. BokehJS is not in them: it is a script beside.
import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"

const [site, outdir] = process.argv.slice(2).map((path) => resolve(path))
const { build } = createRequire(join(site, "package.json"))("esbuild")
const folder = dirname(fileURLToPath(import.meta.url))

const bokehOfThePage = {
  name: "bokeh-of-the-page",
  setup(esbuild) {
    esbuild.onResolve({ filter: /^@bokehjs\// }, ({ path }) => ({ path: path.slice("@bokehjs/".length), namespace: "bokeh" }))
    esbuild.onLoad({ filter: /.*/, namespace: "bokeh" }, ({ path }) => ({
      contents: `module.exports = globalThis.Bokeh.require(${JSON.stringify(path)})`,
    }))
  },
}

await build({
  entryPoints: ["bare.js", "plain.js"].map((name) => join(folder, name)),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  loader: { ".css": "text" },
  outdir,
  logLevel: "error",
  plugins: [bokehOfThePage],
})
