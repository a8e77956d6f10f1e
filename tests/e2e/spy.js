// Listens in on a page: what it sends to Python, what comes back, and every word of its status line.
window.spy = { sent: [], answers: 0, frames: null, said: [] }

window.Worker = class extends Worker {
  constructor(...place) {
    super(...place)
    this.addEventListener("message", ({ data }) => data.type === "answer" && hear(data))
  }

  postMessage(message, ...transfer) {
    if (message.type === "patch") spy.sent.push(JSON.parse(message.patch).events)
    super.postMessage(message, ...transfer)
  }
}

function hear({ patch, buffers }) {
  spy.answers += 1
  const { events } = patch === "" ? { events: [] } : JSON.parse(patch)
  const change = events.findLast(({ attr }) => attr === "frames")
  if (!change) return
  const { array, shape } = change.new
  const bytes = new Map(buffers).get(array.id ?? array.data.id)
  spy.frames = { shape, values: Array.from(new Float64Array(bytes.slice(0))) }
}

// A module runs before the document is loaded, but after it is interactive.
document.addEventListener("readystatechange", () => {
  const line = document.querySelector("[data-part=status]")
  if (document.readyState !== "interactive" || !line) return
  const bar = line.querySelector("progress")
  const listen = () => spy.said.push({ text: line.innerText, done: bar.hasAttribute("value") ? bar.value / bar.max : null })
  new MutationObserver(listen).observe(line, { attributes: true, characterData: true, childList: true, subtree: true })
})
