/** The button beside a setting that brings back what it was at first; while that is what it is, the button is away. */
import { element } from "../dom.js"

/**
 * @param {string} spoken what the setting is called
 * @param {string} first what it was at first, in words
 * @param {() => void} bring brings it back, and keeps the focus: the button goes away under the finger
 */
export function backButton(spoken, first, bring) {
  const button = element("button", { type: "button", class: "back", title: `Back to ${first}`, "aria-label": `${spoken}: back to ${first}` }, "↺")
  button.addEventListener("click", bring)
  return button
}
