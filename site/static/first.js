// A classic script before the page's own.
import "./guard.js"
import { Beginning, readManifest } from "./begin.js"
import { projectAsBefore } from "./projector.js"

globalThis.fallline = { python: new Beginning(readManifest()) }
projectAsBefore()
