/** Plays a tape: to a step, one step on or back, or along at a speed; by mouse and by keyboard. */

import { format } from "./numbers.js"

const SECONDS_A_RUN = 6
/** How often a text is written while a run is played, in milliseconds: nobody reads faster. */
const READ = 100
const REDUCED = matchMedia("(prefers-reduced-motion: reduce)")

export class Player {
  /**
   * @param {import("./models/tape.js").Tape} tape
   * @param {HTMLElement} controls the element with the buttons
   * @param {(step: number, playing: boolean) => void} onStep is told of every step that can be read: of some while one plays
   */
  constructor(tape, controls, onStep) {
    this.tape = tape
    this.step = 0
    this.playing = false
    /** Whether the newest step is shown as steps are added, until the visitor goes to another. */
    this._follows = false
    this._speed = 1
    this._from = { time: 0, step: 0 }
    this._rest = () => 0
    this._shownAt = 0
    /** Whether the step that is shown has been written, and when one was. */
    this._told = false
    this._toldAt = 0
    this._onStep = onStep
    /** @type {(name: string) => any} the template has each of them */
    this._part = (name) => controls.querySelector(`[data-player="${name}"]`)
    this._connect(controls)
    this.tape.connect(this.tape.properties.frames.change, () => this._changed())
    this.tape.tracks.forEach((track) => this.tape.connect(track.properties.active.change, () => this._changed()))
    this.goTo(0)
  }

  get last() {
    return this.tape.last
  }

  /**
   * Play from the start, or stand at the end where motion is not wanted.
   *
   * @param {() => number} rest how long a step stands at least, in milliseconds, as long as nobody else presses play
   */
  demonstrate(rest) {
    if (REDUCED.matches) this.goTo(this.last)
    else this.play(rest)
  }

  play(rest = () => 0) {
    this._rest = rest
    this._follows = false
    if (this.step >= this.last) this.step = 0
    this.playing = true
    this._goOnFromHere()
    this._show()
    this._tell()
    requestAnimationFrame(() => this._tick())
  }

  pause() {
    this.playing = false
    this._show()
  }

  /** Stand at the newest step while steps are added. */
  follow() {
    this.goTo(this.last)
    this._follows = true
  }

  /** Stand at `step`. */
  goTo(step) {
    this._follows = false
    this.step = Math.max(0, Math.min(this.last, Math.round(step)))
    this.playing = false
    this._show()
  }

  _tick() {
    if (!this.playing) return
    const perSecond = (this._speed * Math.max(this.last, 1)) / SECONDS_A_RUN
    const step = Math.floor(this._from.step + ((performance.now() - this._from.time) / 1000) * perSecond)
    if (step >= this.last) return this.goTo(this.last)
    if (step !== this.step && performance.now() - this._shownAt >= this._rest()) {
      this.step = step
      this._show()
    }
    if (!this._told && performance.now() - this._toldAt >= READ) this._tell()
    requestAnimationFrame(() => this._tick())
  }

  /** Count from this step on: what is played changed its length or its speed. */
  _goOnFromHere() {
    this._from = { time: performance.now(), step: this.step }
  }

  /** A new run: stay at the same step, and at the end if that is where we stood. */
  _changed() {
    this.step = this._follows || (this._atEnd && !this.playing) ? this.last : Math.min(this.step, this.last)
    this._goOnFromHere()
    this._show()
  }

  _show() {
    const { step, last, playing } = this
    this._atEnd = step >= last
    this._shownAt = performance.now()
    this.tape.show(step)
    const scrub = this._part("scrub")
    scrub.max = String(last)
    scrub.value = String(step)
    scrub.style.setProperty("--filled", `${(100 * step) / Math.max(last, 1)}%`)
    this._told = false
    if (!playing) this._tell()
  }

  /** Write what is read of the step. */
  _tell() {
    const { step, last, playing } = this
    this._told = true
    this._toldAt = performance.now()
    this._part("scrub").setAttribute("aria-valuetext", this._dialled(`step ${step} of ${last}`))
    this._part("position").textContent = this._dialled(`${step}/${last}`)
    const button = this._part("play")
    button.setAttribute("aria-label", playing ? "Pause" : "Play")
    button.dataset.playing = String(playing)
    this._onStep(step, playing)
  }

  /** Where the run is: what the tape's dial says, or `otherwise`. */
  _dialled(otherwise) {
    const number = this.tape.dialled(this.step)
    return number === undefined ? otherwise : `${this.tape.dial} = ${Number.isInteger(number) ? number : format(number, 3)}`
  }

  _connect(controls) {
    const actions = {
      start: () => this.goTo(0),
      back: () => this.goTo(this.step - 1),
      play: () => (this.playing ? this.pause() : this.play()),
      forward: () => this.goTo(this.step + 1),
    }
    for (const [name, action] of Object.entries(actions)) this._part(name).addEventListener("click", action)
    this._part("scrub").addEventListener("input", (event) => this.goTo(Number(event.target.value)))
    this._part("speed").addEventListener("change", (event) => {
      this._speed = Number(event.target.value)
      this._goOnFromHere()
    })
    controls.closest(".instrument")?.addEventListener("keydown", (event) => this._press(event, actions))
  }

  /** Space, the arrows, Home and End play from wherever in the instrument they mean nothing else. */
  _press(event, actions) {
    const keys = {
      " ": actions.play,
      ArrowLeft: actions.back,
      ArrowRight: actions.forward,
      Home: actions.start,
      End: () => this.goTo(this.last),
    }
    const modified = event.shiftKey || event.ctrlKey || event.altKey || event.metaKey
    if (event.defaultPrevented || modified || !(event.key in keys) || meansMore(event.composedPath()[0], event.key)) return
    event.preventDefault()
    keys[event.key]()
  }
}

/** Whether a key has a meaning of its own where it is pressed. */
function meansMore(target, key) {
  return target.closest(key === " " ? `input:not([type="range"]), select, textarea, button, summary, a` : "input, select, textarea") !== null
}
