// Listens in on a page: what it sends to Python, whether that was answered, and every word of its status line.
window.spy = { sent: [], answers: 0, said: [], deaf: false }

window.Worker = class extends Worker {
  constructor(...place) {
    super(...place)
    // A worker cannot be made to break down from here; it can be made to say so.
    window.crash = () => this.dispatchEvent(new MessageEvent("message", { data: { type: "crashed", error: "crash" } }))
    // Whoever does not hear of work takes it for a step that never ends.
    this.addEventListener("message", (event) => spy.deaf && event.data.type === "advanced" && event.stopImmediatePropagation())
    this.addEventListener("message", ({ data }) => (spy.answers += Number(data.type === "answer")))
  }

  /** What it was asked is never answered. */
  terminate() {
    spy.answers = spy.sent.length
    super.terminate()
  }

  postMessage(message, ...transfer) {
    if (message.type === "patch") spy.sent.push(JSON.parse(message.patch).events)
    super.postMessage(message, ...transfer)
  }
}

// A module runs before the document is loaded, but after it is interactive.
document.addEventListener("readystatechange", () => {
  const line = document.querySelector("[data-part=status]")
  if (document.readyState !== "interactive" || !line) return
  const bar = line.querySelector("progress")
  const listen = () => spy.said.push({ text: line.innerText, done: bar.hasAttribute("value") ? bar.value / bar.max : null })
  new MutationObserver(listen).observe(line, { attributes: true, characterData: true, childList: true, subtree: true })
})
