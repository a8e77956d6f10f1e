// A worker for tests alone: it starts Python as the site's worker does, by the same modules, and runs what it is given.
import { fetchPacked, Files } from "../../site/static/files.js"
import { startFromArchives } from "../../site/static/start_archives.js"
import { startFromImage } from "../../site/static/start_image.js"

const PLACE = "/laboratory"
const nothing = () => {}

self.addEventListener("message", async ({ data: { way, files, info, modules, code } }) => {
  try {
    const given = new Files(files, fetchPacked, nothing)
    const python = await (way === "image" ? startFromImage(given, nothing) : startFromArchives(given, info, nothing))
    python.FS.mkdirTree(`${PLACE}/tests/e2e`)
    for (const [name, text] of Object.entries(modules)) python.FS.writeFile(`${PLACE}/tests/e2e/${name}.py`, text)
    python.runPython(`import sys; sys.path.insert(0, "${PLACE}")`)
    self.postMessage({ result: String(python.runPython(code, { globals: python.toPy({}) })) })
  } catch (error) {
    self.postMessage({ error: String(error?.stack ?? error) })
  }
})
