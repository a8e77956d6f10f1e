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
    status.querySelector("[data-status=text]").textContent =
      "This page could not be loaded whole, or this browser is too old for it. Load it again, or use a current browser."
    status.querySelector("progress").hidden = true
  },
  true,
)
