// A classic script before all others.
import "./guard.js"
import { Beginning, readManifest } from "./begin.js"
import { projectAsBefore } from "./projector.js"

const manifest = readManifest()
// A page without a server has its worker's code further below.
if (manifest.worker) globalThis.fallline = { python: new Beginning(manifest) }
projectAsBefore()
