// The file that holds all pages shows the one that its address asks for, such as ?page=slope. A classic script before those
// that read what stands in the page.
const wanted = new URLSearchParams(location.search).get("page")
/** @type {HTMLTemplateElement[]} */
const pages = [...document.querySelectorAll("template")].filter(({ dataset }) => dataset.page)
const asked = pages.find(({ dataset }) => dataset.page === wanted)
if (asked) {
  while (document.body.firstChild !== pages[0]) document.body.firstChild?.remove()
  document.body.prepend(asked.content)
  document.title = asked.dataset.title ?? ""
  const manifest = /** @type {HTMLElement} */ (document.getElementById("manifest"))
  manifest.textContent = JSON.stringify({ ...JSON.parse(manifest.textContent), demo: wanted })
}
pages.forEach((page) => page.remove())
document.documentElement.toggleAttribute("data-elsewhere", false)
