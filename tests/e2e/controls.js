// Finds the controls of a page, also those in shadow trees: those that one can see and reach.
window.controls = (() => {
  const KINDS = "a[href], button, input, select, summary, textarea, [tabindex='0']"
  const inside = (root) => [...root.querySelectorAll("*")].flatMap((node) => [node, ...(node.shadowRoot ? inside(node.shadowRoot) : [])])
  const all = () => inside(document).filter((node) => node.matches(KINDS) && !node.disabled && node.checkVisibility({ visibilityProperty: true }))

  /** A name by which a person finds the control in the page's source. */
  const name = (node) => `${node.localName} ${node.ariaLabel ?? node.labels?.[0]?.innerText ?? node.innerText ?? ""}`.trim()

  /** The element with the focus, however deep. */
  function focused(root = document) {
    const active = root.activeElement
    return active?.shadowRoot?.activeElement ? focused(active.shadowRoot) : active
  }

  /** What can be hit of a control: its label too. */
  function target(node) {
    const { width, height } = (node.type === "checkbox" ? (node.closest("label") ?? node) : node).getBoundingClientRect()
    return { name: name(node), width, height, player: node.closest("[data-part=player]") !== null }
  }

  /** Where the focus is, and how it is shown. */
  function focus() {
    const node = focused()
    if (node === null || node === document.body) return null
    const { outlineStyle, outlineWidth } = getComputedStyle(node)
    const { top, bottom, left, right } = node.getBoundingClientRect()
    const onScreen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
    return { index: all().indexOf(node), name: name(node), ring: outlineStyle === "none" ? 0 : parseFloat(outlineWidth), onScreen }
  }

  return { names: () => all().map(name), targets: () => all().map(target), focus }
})()
