/**
 * A page of the site: the recorded run at once, Python behind it as soon as it is there.
 *
 * `fallline.document` is Bokeh's document, for those who look in from a console or a test.
 */
import { Beginning, readManifest } from "./begin.js"
import { showDocument } from "./document.js"
import { Endings } from "./endings.js"
import { Link } from "./link.js"
import { mark, painted, state } from "./marks.js"
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
/** The least time between two pictures of the demonstration while Python starts, in milliseconds. */
const REST = 100
/** How long the page waits for files from a disk before it draws, in milliseconds. */
const PATIENCE = 150
const status = new Status(part("status"), fail)

const manifest = readManifest()

async function open() {
  // Begun already, unless the script that does it did not arrive.
  /** @type {Beginning} */
  const python = globalThis.fallline?.python ?? new Beginning(manifest)
  const ready = started(python)
  // Drawing would keep Python's files waiting longer than they take on a quick disk.
  await Promise.race([python.fed, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
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
  // Drawing takes the processor, of which Python's start needs much.
  player.demonstrate(() => (state() === "playable" ? REST : 0))
  // The plots have been painted under their stills.
  document.querySelectorAll(".still").forEach((still) => still.remove())
  if (python.worker) linkTo(python.worker, shown, ready)
}

/** Canvases are silent: what each shows is said where it stands. */
function describe(tape) {
  const say = () => tape.descriptions.forEach(([place, sentence]) => placeOf(place)?.setAttribute("aria-label", sentence))
  tape.connect(tape.properties.descriptions.change, say)
  say()
}

/** What the worker says while it starts; resolves when Python is there. */
function started(python) {
  return new Promise((resolve) => {
    python.listen((said) => {
      if (said.type === "progress") status.progress(said)
      else if (said.type === "ready") resolve(undefined)
      else if (said.type === "fallback") console.info(`fallline: from the archives, since ${said.error}`)
      else if (said.type === "failed") fail(said.error)
    })
  })
}

function linkTo(worker, shown, ready) {
  const link = new Link(shown, worker, {
    onBusy: (busy) => status.busy(busy),
    onChange: () => status.changed(),
    onAnswer: async (errors, draws) => {
      status.refused(errors)
      if (state() === "live") return
      if (draws) await painted()
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
