/** Makes one element: `element("input", { type: "range" }, children…)`; text is text, never markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "")
    else if (value !== false && value != null) made.setAttribute(name, String(value))
  }
  made.append(...children)
  return made
}
