// Bundles the site's JavaScript and style sheets: node bundle.mjs PYODIDE_FOLDER OUT_FOLDER web|usb; prints what became
// of what.
import { basename, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const [pyodide, out] = process.argv.slice(2, 4).map((path) => resolve(path))
const folder = fileURLToPath(new URL(".", import.meta.url))
const ENTRIES = ["page.js", "worker.js", "page.css", "icon.svg"]
const CLASSIC = ["guard.js", "first.js", ...(process.argv[4] === "usb" ? ["single.js"] : [])]

/**
 * The web's style sheet stands in the pages, from where its fonts are found. A page from a disk may load classic scripts,
 * and no fonts but those in its style sheet.
 */
const KINDS = {
  web: { format: "esm", fonts: "file", publicPath: "assets/", legalComments: "linked" },
  usb: { format: "iife", fonts: "dataurl", legalComments: "eof" },
}
const { format, fonts, publicPath, legalComments } = KINDS[process.argv[4]]

/** What BokehJS loads only when asked for and no page asks for: formulas and WebGL. */
const UNUSED = /mathjax-full|\/text\/mathjax|\/glyphs\/webgl\/|^regl$/

const withoutUnused = {
  name: "without-unused",
  setup(esbuild) {
    esbuild.onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: "unused" }))
    esbuild.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "module.exports = {}", loader: "js" }))
  },
}

/** A style sheet that JavaScript imports is its text: it goes into shadow trees. */
const styleAsText = {
  name: "style-as-text",
  setup(esbuild) {
    esbuild.onResolve({ filter: /\.css$/ }, ({ path, importer, resolveDir }) =>
      importer.endsWith(".js") && path.startsWith(".") && !importer.includes("node_modules")
        // The path counts in the hash of what it ends in, which must not depend on where the repository lies.
        ? { path: relative(folder, resolve(resolveDir, path)), namespace: "style" }
        : undefined,
    )
    esbuild.onLoad({ filter: /.*/, namespace: "style" }, async ({ path }) => {
      const style = await build({ absWorkingDir: folder, entryPoints: [path], bundle: true, minify: true, write: false })
      return { contents: style.outputFiles[0].text, loader: "text" }
    })
  },
}

const SETTINGS = {
  absWorkingDir: folder,
  bundle: true,
  minify: true,
  target: ["chrome111", "firefox114", "safari16.4"],
  logLevel: "error",
}

/** Bundle each of these; the result is what became of what. */
async function bundle(names, format) {
  const { metafile } = await build({
    ...SETTINGS,
    entryPoints: names.map((name) => `static/${name}`),
    format,
    outdir: out,
    entryNames: "[name].[hash]",
    assetNames: "[name].[hash]",
    publicPath,
    alias: { "@bokehjs": resolve(folder, "node_modules/@bokeh/bokehjs/build/js/lib"), pyodide },
    external: ["node:*", "ws"],
    loader: { ".woff2": fonts, ".svg": "copy" },
    legalComments,
    metafile: true,
    plugins: [withoutUnused, styleAsText],
  })
  return Object.entries(metafile.outputs)
    .filter(([path]) => !path.endsWith(".txt"))
    .map(([path, { entryPoint, inputs }]) => [basename(entryPoint ?? Object.keys(inputs)[0]), basename(path)])
}

const made = [...(await bundle(CLASSIC, "iife")), ...(await bundle(ENTRIES, format))]

// Browsers find its new version under its old name, at the root of what it serves.
if (process.argv[4] === "web") {
  const outfile = resolve(out, "../service-worker.js")
  await build({ ...SETTINGS, entryPoints: ["static/service_worker.js"], format: "iife", outfile })
}

console.log(JSON.stringify(Object.fromEntries(made)))
