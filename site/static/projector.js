/** The page as a room full of people sees it: larger type, no settings. */
import { remember, remembered } from "./remembered.js"
import { TOKENS } from "./tokens.js"

const NAME = "projector"

export function isProjected() {
  return NAME in document.documentElement.dataset
}

/** @param {boolean} on */
export function project(on) {
  document.documentElement.toggleAttribute(`data-${NAME}`, on)
  document.dispatchEvent(new Event(TOKENS))
  remember(NAME, on)
}

/** As the reader left it on the page before. */
export function projectAsBefore() {
  document.documentElement.toggleAttribute(`data-${NAME}`, remembered(NAME, false))
}
