/** Work that takes its time: how far it is, as Python says, and what is to become of it, as the visitor says. */
import { Model } from "@bokehjs/model"

/** @typedef {"idle" | "running" | "paused" | "stopped" | "done" | "failed"} State */

/**
 * @typedef {object} WorkValues
 * @property {string} title what is being done, in a word
 * @property {string} action what the button says that begins it
 * @property {State} state
 * @property {number | null} fraction how much of it is done; null where no end can be told
 * @property {string} phrase how far it is, in a few words
 */

export class Work extends /** @type {ModelWith<typeof Model, WorkValues>} */ (Model) {
  static __name__ = "Work"
  static __module__ = "fallline_app.components.models.reports"
  static {
    this.define(({ Enum, Float, Nullable, Str }) => ({
      title: [Str, ""],
      action: [Str, ""],
      state: [Enum("idle", "running", "paused", "stopped", "done", "failed"), "idle"],
      fraction: [Nullable(Float), 0],
      phrase: [Str, ""],
    }))
  }
}
