/**
 * A page of the site: the recorded run at once, Python behind it as soon as it is there.
 *
 * `fallline.document` is Bokeh's document once all of it is drawn, for those who look in from a console or a test.
 */
import "./whole.js"
import { Away } from "./away.js"
import { Beginning, readManifest } from "./begin.js"
import { showDocument } from "./document.js"
import { Endings } from "./endings.js"
import { laidOut, mark, painted, state } from "./marks.js"
import { keepOffline } from "./offline.js"
import { Equations } from "./equations.js"
import { Player } from "./player.js"
import { keepForPrint } from "./printed.js"
import { Python } from "./python.js"
import { Reading } from "./reading.js"
import { Readout, summarize } from "./readout.js"
import { Settings } from "./settings.js"
import { State } from "./state.js"
import { Status } from "./status.js"
import { explain } from "./troubles.js"
import { WorkBar } from "./work_bar.js"

/** @type {(name: string) => any} null where the page has no such part */
const part = (name) => document.querySelector(`[data-part="${name}"]`)
/** @type {(name: string) => any} */
const placeOf = (name) => document.querySelector(`[data-place="${name}"]`)
/** What `make` makes of a part of the page; nothing where the page has no such part. */
const made = (name, make) => (part(name) === null ? [] : [make(part(name))])
/** The least time between two pictures of the demonstration while Python starts, in milliseconds. */
const REST = 100
/** How long the page waits for files from a disk before it draws, in milliseconds. */
const PATIENCE = 150
const status = new Status(part("status"), fail)

const manifest = readManifest()

new Reading(part("main"), part("keys"))

async function open() {
  // Begun already, unless the script that does it did not arrive.
  /** @type {Beginning} */
  const beginning = globalThis.fallline?.python ?? new Beginning(manifest)
  // Drawing would keep Python's files waiting longer than they take on a quick disk.
  await Promise.race([beginning.fed, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
  await laidOut()
  const { shown, drawRest } = await showDocument()
  await painted()
  mark("shown")
  const roots = /** @type {import("@bokehjs/model").Model[]} */ (shown.roots())
  /** @type {(name: string) => any} */
  const rootCalled = (name) => roots.find((root) => root.name === name)
  const tape = /** @type {import("./models/tape.js").Tape} */ (rootCalled("tape"))
  const endings = new Endings(tape, { marks: part("marks"), notes: part("notes"), spoken: part("spoken") })
  const followers = [
    endings,
    ...made("readout", (table) => new Readout(tape, table)),
    ...made("equations", (list) => new Equations(tape, list)),
  ]
  const player = new Player(tape, part("player"), (step) => followers.forEach((follower) => follower.show(step)))
  mark("playable")
  status.plays()
  // Drawing takes the processor, of which Python's start needs much.
  player.demonstrate(() => (state() === "playable" ? REST : 0))
  uncover()
  const plots = await drawRest()
  painted().then(uncover)
  made("summary", (place) => summarize(tape, place))
  made("away", (place) => new Away(place, { name: manifest.demo, tape, player, plots }))
  const bars = made("work", (bar) => new WorkBar(rootCalled("work"), bar, player))
  describe(tape)
  keepForPrint(document.querySelectorAll(".hero, .curve, .frame"))
  link(beginning, shown, new Settings(shown), bars)
  globalThis.fallline = { document: shown }
}

/** Plots are painted under their stills. */
function uncover() {
  document.querySelectorAll("[data-place]:not(:empty) + .still").forEach((still) => still.remove())
}

/** Canvases are silent: what each shows is said where it stands. */
function describe(tape) {
  const say = () => tape.descriptions.forEach(([place, sentence]) => placeOf(place)?.setAttribute("aria-label", sentence))
  tape.connect(tape.properties.descriptions.change, say)
  say()
}

/** Python and the page follow each other, and the address follows both. */
function link(beginning, shown, settings, bars) {
  const python = new Python(manifest, beginning, shown, settings, {
    onAnswer: async (errors, draws) => {
      status.refused(errors)
      if (status.isLive) return
      if (draws) await painted()
      status.live()
      if (state() === "live") return
      mark("live")
      keepOffline(manifest.offline, part("offline"))
    },
    onBusy: (busy) => status.busy(busy),
    onChange: () => status.changed(),
    onFail: fail,
    onProgress: (progress) => status.progress(progress),
    onStopped: (why) => {
      bars.forEach((bar) => bar.lost())
      status.restart()
      notice(why)
    },
  })
  status.onStop = () => python.stop("Stopped.")
  const address = new State(settings, () => python.settled(), notice)
  made("reset", (button) => button.addEventListener("click", () => {
    bars.forEach((bar) => bar.forget())
    address.reset()
  }))
  if (location.hash.length > 1) address.follow()
}

/** Say what the visitor should know, above the instrument; nothing takes it away. */
function notice(text) {
  part("notice").textContent = text
}

function fail(error) {
  // Without Python the settings do nothing.
  for (const place of [placeOf("settings"), part("work")]) place?.toggleAttribute("inert", true)
  status.failed(explain(error, document.documentElement.dataset.forbidden))
  mark("failed")
  console.info(`fallline: ${error}`)
}

open().catch((error) => fail(String(error?.stack ?? error)))
