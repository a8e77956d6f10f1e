/** A network as a picture: its weights as lines, what each unit makes of the plane, and a way to set a weight. */
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { Drawing, shades } from "../network_drawing.js"
import { named, parameters, withEdit, withoutEdit, written } from "../network_weights.js"
import { format } from "../numbers.js"
import { onTokens } from "../theme.js"
import { drawPoints, drawUnit } from "../unit_picture.js"
import { Film, pictureOf } from "./film.js"
import { Tape } from "./tape.js"
import css from "./settings.css"
import own from "./network_picture.css"

class NetworkPictureView extends /** @type {ViewWith<typeof UIElementView, NetworkPicture>} */ (UIElementView) {
  static __name__ = "NetworkPictureView"
  /** The parameter that can be set. */
  _place = 0
  /** The unit that is pointed at, counted from the first input; −1 for none. */
  _pointed = -1

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    const { sizes, inputs, outputs, thetas, value } = this.model.properties
    this.on_change([sizes, inputs, outputs], () => this._build())
    this.on_change([thetas, value], () => this._show())
    this.connect(this.model.tape.shown, () => this._show())
    onTokens(() => this._show())
  }

  render() {
    super.render()
    this._canvas = element("canvas", { role: "img" })
    this._to = element("select", { "aria-label": "weight to" })
    this._from = element("select", { "aria-label": "weight from" })
    this._field = element("input", { type: "text", "aria-label": "weight" })
    this._error = element("span", { class: "error", role: "alert" })
    this._list = element("ul", { class: "edits" })
    const set = element("button", { type: "button", class: "plain" }, "Set")
    set.addEventListener("click", () => this._set())
    this._field.addEventListener("keydown", (event) => event.key === "Enter" && this._set())
    this._to.addEventListener("change", () => this._aim())
    this._from.addEventListener("change", () => this._choose(Number(this._from.value)))
    this._canvas.addEventListener("click", (event) => this._click(event))
    this._canvas.addEventListener("pointermove", (event) => this._hover(event))
    this._canvas.addEventListener("pointerleave", () => this._point(-1))
    this._large = element("canvas", { class: "large", role: "img" })
    this._meant = element("span", { "aria-hidden": "true" })
    this.shadow_el.append(
      element("figure", { class: "network" }, this._canvas,
        element("figcaption", {}, element("p", { class: "note" }, this.model.caption),
          element("div", { class: "unit" }, this._large, this._meant),
          element("div", { class: "weight" }, element("span", {}, "from"), this._from, element("span", {}, "to"), this._to, element("span", {}, "="), this._field, set, this._error),
          this._list)),
    )
    new ResizeObserver(() => this._show()).observe(this._canvas)
    this._build()
  }

  _build() {
    if (!this._canvas) return
    this._drawing = new Drawing(this._canvas, this.model.sizes, this.model.inputs, this.model.outputs)
    this._parameters = parameters(this.model.sizes)
    const units = this.model.sizes.slice(1).flatMap((count, layer) => Array.from({ length: count }, (_, unit) => [`${layer}.${unit}`, this._unit(layer, unit)]))
    this._to?.replaceChildren(...units.map(([value, label]) => element("option", { value }, label)))
    this._choose(0)
  }

  _unit(layer, unit) {
    return layer === this.model.sizes.length - 2 ? `output ${this.model.outputs[unit] ?? unit + 1}` : `layer ${layer + 1}, unit ${unit + 1}`
  }

  /** Offer a parameter to be set. */
  _choose(place) {
    if (!this._to || !this._from || !this._parameters) return
    this._place = place
    const { layer, unit } = this._parameters[place]
    const into = this._parameters.filter((other) => other.layer === layer && other.unit === unit)
    this._from.replaceChildren(...into.map((other) => element("option", { value: other.place }, named(other, this.model.inputs))))
    this._to.value = `${layer}.${unit}`
    this._from.value = String(place)
    this._show()
  }

  /** Offer what comes into another unit from the same one, if it is of the same layer. */
  _aim() {
    const [layer, unit] = (this._to?.value ?? "").split(".").map(Number)
    const into = (this._parameters ?? []).filter((other) => other.layer === layer && other.unit === unit)
    const same = into.find(({ from }) => from === this._parameters?.[this._place].from)
    this._choose((same ?? into[0]).place)
  }

  _click(event) {
    const found = this._drawing?.at(event.offsetX, event.offsetY)
    if (found === undefined) return
    this._choose(found)
    this._field?.select()
  }

  _hover(event) {
    const found = this._drawing?.at(event.offsetX, event.offsetY)
    if (!this._canvas || !this._parameters) return
    this._canvas.style.cursor = found === undefined ? "default" : "pointer"
    this._point(this._drawing?.unitAt(event.offsetX, event.offsetY) ?? -1)
    this._canvas.title = found === undefined ? "" : `${this._said(found)} = ${format(this._theta()[found], 4)}`
  }

  /** Show another unit large; −1 for the one whose weight can be set. */
  _point(unit) {
    if (unit === this._pointed) return
    this._pointed = unit
    this._showLarge()
  }

  /** Units before a layer, the inputs among them. */
  _before(layer) {
    return this.model.sizes.slice(0, layer).reduce((sum, count) => sum + count, 0)
  }

  _showLarge() {
    const { units, at, tape, sizes, inputs, film, points } = this.model
    const chosen = this._parameters?.[this._place]
    if (!this._large || !this._meant || !chosen || units === null) return
    const shown = this._pointed >= 0 ? this._pointed : this._before(chosen.layer + 1) + chosen.unit
    const [, count, side] = units.shape
    if (shown >= count || this._large.clientWidth === 0) return
    const start = (Math.max(0, pictureOf(at, tape.step)) * count + shown) * side * side
    drawUnit(this._large, new Uint8Array(units.buffer, units.byteOffset + start, side * side), side, shades())
    points.forEach((source, index) => drawPoints(this._large, /** @type {any} */ (film.data), source.data, index > 0))
    const layer = sizes.findIndex((_, index) => shown < this._before(index + 1))
    const name = layer === 0 ? `input ${inputs[shown]}` : this._unit(layer - 1, shown - this._before(layer))
    this._meant.textContent = `${name}, step ${this._step()}: below 0 orange, above blue`
    this._large.setAttribute("aria-label", `What ${name} makes of the map at step ${this._step()}`)
  }

  _said(place) {
    const parameter = this._parameters?.[place]
    return parameter ? `${named(parameter, this.model.inputs)} to ${this._unit(parameter.layer, parameter.unit)}` : ""
  }

  _set() {
    if (!this._field || !this._error) return
    const number = Number(this._field.value.replace(",", ".").replace("−", "-"))
    const fits = this._field.value.trim() !== "" && Math.abs(number) <= 1000
    const next = fits ? withEdit(this.model.value, this.model.sizes, { step: this._step(), place: this._place, number }) : ""
    const isRoom = new RegExp(this.model.pattern).test(next)
    this._field.setAttribute("aria-invalid", String(!fits))
    this._error.textContent = !fits ? "A weight is a number from −1000 to 1000" : isRoom ? "" : "So many weights have been set that one must be taken back first"
    if (fits && isRoom) this.model.value = next
  }

  _takeBack(edit) {
    // The button goes away under the finger.
    this._field?.focus()
    this.model.value = withoutEdit(this.model.value, edit)
  }

  /** The step of the run that is shown. */
  _step() {
    return Math.round(this.model.tape.frame(0, this.model.tape.step).step)
  }

  /** @returns {Float32Array} the parameters at the step that is shown */
  _theta() {
    const { thetas, tape } = this.model
    const [moments, size] = thetas.shape
    const moment = Math.min(tape.step, moments - 1)
    return new Float32Array(thetas.buffer, thetas.byteOffset + 4 * moment * size, size)
  }

  _show() {
    const { thetas, units, at, tape } = this.model
    if (!this._canvas || !this._drawing || !this._field || thetas === null || thetas.shape[1] !== this._parameters?.length) return
    const theta = this._theta()
    const [, count, side] = units.shape
    const picture = Math.max(0, pictureOf(at, tape.step))
    const bytes = new Uint8Array(units.buffer, units.byteOffset + picture * count * side * side, count * side * side)
    this._drawing.draw(theta, bytes, side, this._place)
    this._showLarge()
    if (this.shadow_el.activeElement !== this._field) this._field.value = format(theta[this._place], 4)
    this._canvas.setAttribute("aria-label", `The network at step ${this._step()}: ${this.model.sizes.join(", ")} units, layer by layer`)
    this._listEdits()
  }

  _listEdits() {
    if (this.model.value === this._listed) return
    this._listed = this.model.value
    const edits = written(this.model.value, this.model.sizes)
    this._list?.replaceChildren(...edits.map((edit) => {
      const take = element("button", { type: "button", class: "plain", "aria-label": `Take back: step ${edit.step}, ${this._said(edit.place)}` }, "Take back")
      take.addEventListener("click", () => this._takeBack(edit))
      return element("li", {}, `At step ${edit.step}, ${this._said(edit.place)} was set to ${format(edit.number, 4)}. `, take)
    }))
  }
}

/**
 * @typedef {object} Values
 * @property {string} key what the weights that were set are called in the page's address
 * @property {string} value those weights, as `network_weights.js` writes them
 * @property {string} default
 * @property {string} pattern what a value of a stranger's has to match
 * @property {number[]} sizes of the layers, from the inputs to the outputs
 * @property {string[]} inputs what they are called
 * @property {string[]} outputs what they say
 * @property {any} thetas parameters, float32, of shape (moments, parameters)
 * @property {any} units what units make of the plane, bytes, of shape (pictures, units, side, side)
 * @property {number[]} at which moment each picture is of
 * @property {Tape} tape its run
 * @property {Film} film lies on the map, and says where that is
 * @property {ColumnDataSource[]} points that are learnt from: of classes, and with numbers
 * @property {string} caption
 */

export class NetworkPicture extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "NetworkPicture"
  static __module__ = "fallline_app.components.models.pictures"
  static {
    this.prototype.default_view = NetworkPictureView
    this.define(({ Any, Int, List, Ref, Str }) => ({
      key: [Str, ""],
      value: [Str, ""],
      default: [Str, ""],
      pattern: [Str, ""],
      sizes: [List(Int), []],
      inputs: [List(Str), []],
      outputs: [List(Str), []],
      thetas: [Any, null],
      units: [Any, null],
      at: [List(Int), []],
      tape: [Ref(Tape)],
      film: [Ref(Film)],
      points: [List(Ref(ColumnDataSource)), []],
      caption: [Str, ""],
    }))
  }
}
