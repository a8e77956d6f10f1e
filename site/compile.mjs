// Turns archives of sources into archives of bytecode: node compile.mjs PYODIDE_FOLDER (IN OUT KEEP_LINES_OF)…
import { readFileSync, writeFileSync } from "node:fs"
import { callInside, copyIn, fail, startPyodide } from "./pyodide_node.mjs"

async function main([folder, ...words]) {
  const python = await startPyodide(folder, {})
  for (; words.length > 0; words.splice(0, 3)) {
    const [from, to, keepLines] = words
    copyIn(python, from, "/tmp/in")
    callInside(python, "compile_archive", "compile_archive", "/tmp/in", "/tmp/out", keepLines)
    writeFileSync(to, python.FS.readFile("/tmp/out"))
  }
}

main(process.argv.slice(2)).catch(fail)
