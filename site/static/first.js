// A classic script before the page's own.
import { Beginning, readManifest } from "./begin.js"

globalThis.fallline = { python: new Beginning(readManifest()) }
