/** The page as a room full of people sees it: larger type, no settings. What was so before, `base.html` makes so again. */
import { remember } from "./remembered.js"
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
