// Where the page's own code cannot even be loaded, it says so. A classic script behind the page's heading, for the page to
// be painted as far as that while this is fetched: laying out all of it takes longer.
addEventListener(
  "error",
  ({ target, message }) => {
    const root = document.documentElement
    if (root.dataset.fallline || !(target instanceof HTMLScriptElement || message)) return
    // The page can do without one of Python's files, or says itself that it cannot.
    if (target instanceof HTMLScriptElement && target.dataset.file) return
    root.dataset.fallline = "failed"
    const status = /** @type {any} */ (document.querySelector("[data-part=status]"))
    status.dataset.state = "failed"
    /** @param {string} text */
    const say = (text) => (status.querySelector("[data-status=text]").textContent = text)
    say("This page could not be loaded whole, or this browser is too old for it. Load it again, or use a current browser.")
    status.querySelector("progress").hidden = true
    if (!(target instanceof HTMLScriptElement)) return
    // A script that is refused for its type gives no reason; what the server says of it does.
    const explain = ({ ok, headers }) => {
      if (ok && !/javascript/i.test(headers.get("Content-Type") ?? ""))
        say("The host of this site sends scripts as something else. Ask whoever runs it to send .js files as text/javascript.")
    }
    fetch(target.src).then(explain, () => {})
  },
  true,
)
// What goes wrong because of a policy says so nowhere else (`troubles.js`).
document.addEventListener("securitypolicyviolation", ({ disposition, effectiveDirective }) => {
  if (disposition === "enforce") document.documentElement.dataset.forbidden = effectiveDirective
})
