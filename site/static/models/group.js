/** Settings under one heading; the heading can carry a switch and the line that shows the group in the plots. */
import { build_views, remove_views } from "@bokehjs/core/build_views"
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { swatch } from "../swatch.js"
import { explained } from "./help.js"
import css from "./settings.css"

const NARROW = "(max-width: 767px)"

class GroupView extends /** @type {ViewWith<typeof UIElementView, Group>} */ (UIElementView) {
  static __name__ = "GroupView"
  _children = new Map()

  stylesheets() {
    return [...super.stylesheets(), css]
  }

  children_views() {
    return [...super.children_views(), ...this._children.values()]
  }

  async lazy_initialize() {
    await super.lazy_initialize()
    await build_views(this._children, this.model.children, { parent: this })
  }

  remove() {
    remove_views(this._children)
    super.remove()
  }

  connect_signals() {
    super.connect_signals()
    this.on_change(this.model.properties.active, () => this._show())
  }

  render() {
    super.render()
    const { fold } = this.model
    this._box = fold === "never" ? element("section", { class: "group" }) : element("details", { class: "group" })
    this._box.classList.toggle("folded", fold === "always")
    this._box.classList.toggle("across", this.model.across)
    this._box.style.setProperty("--least", `${this.model.least}px`)
    this._box.classList.toggle("plain", this.model.title === "")
    this._box.toggleAttribute("open", fold === "never" || (fold === "narrow" && !matchMedia(NARROW).matches))
    this._body = element("div", { class: "body" })
    if (this.model.title !== "") this._box.append(element(fold === "never" ? "div" : "summary", { class: "head" }, this._heading()))
    if (this._switch && this.model.help_text !== "") this._explain()
    this._box.append(this._body)
    for (const child of this.model.children) this._children.get(child).render_to(this._body)
    this.shadow_el.append(this._box)
    this._show()
  }

  _heading() {
    const { title, active, context, series, dash } = this.model
    const mark = series === "" ? "" : swatch(series, dash)
    const spoken = context === "" ? "" : element("span", { class: "spoken" }, `${context}: `)
    if (active === null) return element("span", { class: "heading" }, mark, spoken, element("span", {}, title))
    this._switch = element("input", { type: "checkbox" })
    this._switch.addEventListener("change", () => (this.model.active = this._switch.checked))
    return element("label", { class: "heading", title: this.model.help_text }, this._switch, mark, title)
  }

  /** The title of a switch switches it, so that its help has a mark of its own. */
  _explain() {
    const { title, help_text } = this.model
    const [ask, help] = explained("?", title, help_text, "mark")
    this._box.firstElementChild?.append(ask)
    this._box.append(help)
  }

  _show() {
    const { active } = this.model
    if (this._switch) this._switch.checked = active
    this._body.hidden = active === false
  }
}

/**
 * @typedef {object} Values
 * @property {string} key what its switch is called in the page's address
 * @property {string} title
 * @property {UIElement[]} children
 * @property {boolean | null} active null for a group that has no switch
 * @property {string} series
 * @property {string} dash
 * @property {string} context what the group belongs to, said aloud before its title
 * @property {boolean} across whether the children stand beside each other where there is room
 * @property {number} least how wide each of them has to be then, in pixels
 * @property {"never" | "narrow" | "always"} fold
 * @property {string} help_text
 */

export class Group extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "Group"
  static __module__ = "fallline_app.components.models.settings"
  static {
    this.prototype.default_view = GroupView
    this.define(({ Bool, Enum, Int, List, Nullable, Ref, Str }) => ({
      key: [Str, ""],
      title: [Str, ""],
      children: [List(Ref(UIElement)), []],
      active: [Nullable(Bool), null],
      series: [Str, ""],
      dash: [Str, "solid"],
      context: [Str, ""],
      across: [Bool, false],
      least: [Int, 420],
      fold: [Enum("never", "narrow", "always"), "never"],
      help_text: [Str, ""],
    }))
  }
}
