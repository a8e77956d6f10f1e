/** A file from the visitor's disk: read here, handed to Python, kept by this browser; one that is refused changes nothing. */
import { UIElement, UIElementView } from "@bokehjs/models/ui/ui_element"
import { element } from "../dom.js"
import { chunks } from "../files.js"
import { keepFile, keptFile } from "../kept_files.js"
import { explained } from "./help.js"
import css from "./settings.css"
import own from "./file_setting.css"

const MEGABYTE = 1e6

class FileSettingView extends /** @type {ViewWith<typeof UIElementView, FileSetting>} */ (UIElementView) {
  static __name__ = "FileSettingView"
  /** What is being done now; nothing for long. */
  _doing = ""
  _recalled = false

  stylesheets() {
    return [...super.stylesheets(), css, own]
  }

  connect_signals() {
    super.connect_signals()
    const { taken, error, note, visible } = this.model.properties
    this.on_change(taken, () => this._answered())
    this.on_change([error, note], () => this._show())
    this.on_change(visible, () => this._recall())
  }

  render() {
    super.render()
    const { title, help_text, accept } = this.model
    const [ask, help] = explained(title, title, help_text)
    this._input = element("input", { type: "file", accept, "aria-label": title })
    this._bar = element("progress", { max: 1, "aria-label": "Reading", hidden: true })
    this._said = element("span", { class: "said", role: "status" })
    this._error = element("span", { class: "error", role: "alert" })
    this._input.addEventListener("change", () => this._choose())
    this.shadow_el.append(element("div", { class: "file", title: help_text }, ask, this._input, this._bar, this._said, help, this._error))
    this._show()
    this._recall()
  }

  async _choose() {
    const file = this._input.files?.[0]
    if (file === undefined) return
    // The same file can be chosen again, once it has been mended.
    try {
      const content = await this._read(file)
      this._hand({ file_name: file.name, content, kept: false })
    } catch (error) {
      this._do("")
      this.model.refuse(error instanceof Error ? error.message : String(error))
    } finally {
      this._input.value = ""
    }
  }

  /** @param {File} file @returns {Promise<ArrayBuffer>} */
  async _read(file) {
    const { limit } = this.model
    if (file.size > limit) throw new Error(`${file.name} has ${megabytes(file.size)} MB; ${megabytes(limit)} MB are the most: take fewer rows or columns`)
    if (file.size === 0) throw new Error(`${file.name} is empty; it must hold a header and rows of numbers`)
    const bytes = new Uint8Array(file.size)
    let filled = 0
    for await (const chunk of chunks(file.stream())) {
      bytes.set(chunk, filled)
      filled += chunk.length
      this._do(`Reading: ${megabytes(filled)} of ${megabytes(file.size)} MB`, filled / file.size)
    }
    return bytes.buffer
  }

  _hand(file) {
    this._do(`Python reads ${file.file_name}`)
    this._handed = file
    // A file that is the same as before is no change.
    this.model.setv({ content: new ArrayBuffer(0) }, { sync: false })
    this.model.setv(file)
  }

  /** Python has taken it, or refused it. */
  async _answered() {
    // The error may come after the count, in the same answer.
    await Promise.resolve()
    this._do("")
    const file = this._handed
    this._handed = undefined
    if (file === undefined || file.kept || this.model.error !== "") return
    try {
      await keepFile(this.model.key, { file_name: file.file_name, content: file.content })
    } catch (error) {
      this.model.setv({ remark: "This browser keeps no copy of it: after a reload, choose it again." }, { sync: false })
      console.info(`fallline: a file is not kept, since ${error}`)
      this._show()
    }
  }

  /** Have the file again that was chosen before a reload, once it is wanted: reading it takes Python a while. */
  async _recall() {
    if (!this.model.visible || this._recalled) return
    this._recalled = true
    try {
      const file = await keptFile(this.model.key)
      if (file !== undefined && this.model.content.byteLength === 0) this._hand({ ...file, kept: true })
    } catch (error) {
      console.info(`fallline: no file is kept, since ${error}`)
    }
  }

  _do(text, share) {
    this._doing = text
    if (share === undefined) this._bar?.removeAttribute("value")
    else if (this._bar) this._bar.value = share
    this._show()
  }

  _show() {
    if (!this._bar || !this._said || !this._error) return
    const { error, note, remark } = this.model
    this._bar.hidden = this._doing === ""
    this._said.textContent = this._doing || [note, remark].filter((text) => text !== "").join(" ")
    this._error.textContent = this._doing === "" ? error : ""
  }
}

function megabytes(bytes) {
  return (bytes / MEGABYTE).toFixed(1)
}

/**
 * @typedef {object} Values
 * @property {string} key what this browser keeps it under
 * @property {string} title
 * @property {string} file_name what the file is called
 * @property {ArrayBuffer} content
 * @property {boolean} kept whether it comes back after a reload, and was not chosen now
 * @property {number} taken how often Python has taken or refused a file
 * @property {string} error why the last one was refused
 * @property {string} note what there is
 * @property {string} remark the page's own word on it
 * @property {number} limit the most bytes
 * @property {string} accept
 * @property {string} help_text
 */

export class FileSetting extends /** @type {ModelWith<typeof UIElement, Values>} */ (UIElement) {
  static __name__ = "FileSetting"
  static __module__ = "fallline_app.components.models.settings"
  static {
    this.prototype.default_view = FileSettingView
    this.define(({ Bool, Bytes, Int, Str }) => ({
      key: [Str, ""],
      title: [Str, ""],
      file_name: [Str, ""],
      content: [Bytes, () => new ArrayBuffer(0)],
      kept: [Bool, false],
      taken: [Int, 0],
      error: [Str, ""],
      note: [Str, ""],
      remark: [Str, ""],
      limit: [Int, 0],
      accept: [Str, ""],
      help_text: [Str, ""],
    }))
  }

  /** Say why a file was not even handed to Python. */
  refuse(error) {
    this.setv({ error }, { sync: false })
  }

  /** Hand the file to a Python that has just begun. */
  handAgain() {
    const { content, file_name } = /** @type {any} */ (this)
    if (content.byteLength === 0) return
    // It is told of what changes alone, and knows none of it.
    this.setv({ content: new ArrayBuffer(0), file_name: "", kept: false }, { sync: false })
    this.setv({ file_name, kept: true, content })
  }
}
