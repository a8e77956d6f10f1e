/** Of a page that was cut off on its way nothing works, not even what would say so (`guard.js`): this comes with the page's code. */
if (document.getElementById("document") === null) {
  const said = document.querySelector("[data-status=text]") ?? document.body.appendChild(document.createElement("p"))
  said.textContent = "This page did not arrive whole. Load it again."
  document.querySelector("[data-part=status]")?.setAttribute("data-state", "failed")
  document.querySelector("[data-part=status] progress")?.toggleAttribute("hidden", true)
  document.documentElement.dataset.fallline = "failed"
  throw new Error("the page was cut off")
}
