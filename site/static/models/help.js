/** What a setting does, in a sentence that its title opens: by a click, by a finger, by a key. */
import { element } from "../dom.js"

/**
 * @param {string} text as it is written on the button
 * @param {string} spoken what is explained, for those who hear it
 * @param {string} help the sentence; none makes the text no button
 * @param {string} kind the class of the button
 * @returns {[HTMLElement, HTMLElement | ""]} the title, and where the sentence will stand
 */
export function explained(text, spoken, help, kind = "title") {
  if (help === "") return [element("span", { class: kind, "aria-hidden": "true" }, text), ""]
  const sentence = element("p", { class: "help", id: "help", hidden: true }, help)
  const name = `${spoken}: what it does`
  const ask = element("button", { type: "button", class: `${kind} ask`, "aria-expanded": "false", "aria-controls": "help", "aria-label": name }, text)
  ask.addEventListener("click", () => {
    sentence.hidden = !sentence.hidden
    ask.setAttribute("aria-expanded", String(!sentence.hidden))
  })
  return [ask, sentence]
}
