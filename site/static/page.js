/**
 * A page of the site: the recorded run at once, Python behind it as soon as it is there.
 *
 * `fallline.document` is Bokeh's document, for those who look in from a console or a test.
 */
import { showDocument } from "./document.js"
import { handOver, newEmbeddedWorker } from "./embedded_page.js"
import { Endings } from "./endings.js"
import { Link } from "./link.js"
import { mark, painted } from "./marks.js"
import { keepOffline } from "./offline.js"
import { Player } from "./player.js"
import { Readout } from "./readout.js"
import { remember } from "./reset.js"
import { Status } from "./status.js"
import { explain } from "./troubles.js"

/** @type {(name: string) => any} the template has each of them */
const part = (name) => document.querySelector(`[data-part="${name}"]`)
/** @type {(name: string) => any} */
const placeOf = (name) => document.querySelector(`[data-place="${name}"]`)
const status = new Status(part("status"), fail)

/** What the build says of this page: the demo's name, the worker and the files that it needs. */
const manifest = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("manifest")).textContent)

async function open() {
  const worker = startWorker()
  const ready = worker && started(worker)
  const shown = await showDocument()
  await painted()
  mark("shown")
  globalThis.fallline = { document: shown }
  const roots = /** @type {import("@bokehjs/model").Model[]} */ (shown.roots())
  const tape = /** @type {import("./models/tape.js").Tape} */ (roots.find((root) => root.name === "tape"))
  const readout = new Readout(tape, part("readout"), part("summary"))
  const endings = new Endings(tape, { marks: part("marks"), notes: part("notes"), spoken: part("spoken") })
  const player = new Player(tape, part("player"), (step) => [readout, endings].forEach((shown) => shown.show(step)))
  describe(tape)
  part("reset").addEventListener("click", remember(shown))
  mark("playable")
  status.plays()
  player.demonstrate()
  // The plots have been painted under their stills.
  document.querySelectorAll(".still").forEach((still) => still.remove())
  if (worker) linkTo(worker, shown, ready)
}

/** Canvases are silent: what each shows is said where it stands. */
function describe(tape) {
  const say = () => tape.descriptions.forEach(([place, sentence]) => placeOf(place)?.setAttribute("aria-label", sentence))
  tape.connect(tape.properties.descriptions.change, say)
  say()
}

function startWorker() {
  try {
    // A page without a server names no worker: it has one in it.
    const worker = manifest.worker ? newWorker(manifest.worker) : newEmbeddedWorker()
    const absolute = ([name, file]) => [name, { ...file, url: new URL(file.url, document.baseURI).href }]
    const files = Object.fromEntries(Object.entries(manifest.files).map(absolute))
    worker.postMessage({ ...manifest, type: "start", files, start: new URLSearchParams(location.search).get("start") })
    if (!manifest.worker) handOver(worker, files)
    worker.addEventListener("error", (event) => fail(event.message ?? "the worker could not be loaded"))
    return worker
  } catch (error) {
    fail(String(error))
    return null
  }
}

function newWorker(path) {
  return new Worker(new URL(path, document.baseURI), { type: "module" })
}

/** What the worker says while it starts; resolves when Python is there. */
function started(worker) {
  return new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => {
      if (data.type === "progress") status.progress(data)
      else if (data.type === "ready") resolve(undefined)
      else if (data.type === "fallback") console.info(`fallline: from the archives, since ${data.error}`)
      else if (data.type === "failed") fail(data.error)
    })
  })
}

function linkTo(worker, shown, ready) {
  const link = new Link(shown, worker, {
    onBusy: (busy) => status.busy(busy),
    onChange: () => status.changed(),
    onAnswer: async (errors) => {
      status.refused(errors)
      if (document.documentElement.dataset.fallline === "live") return
      await painted()
      status.live()
      mark("live")
      keepOffline(manifest.offline, part("offline"))
    },
  })
  worker.addEventListener("message", ({ data }) => {
    if (data.type === "answer") link.receive(data)
  })
  ready.then(() => link.open())
}

function fail(error) {
  // Without Python the settings do nothing.
  placeOf("settings").inert = true
  status.failed(explain(error))
  mark("failed")
  console.info(`fallline: ${error}`)
}

open().catch((error) => fail(String(error?.stack ?? error)))
