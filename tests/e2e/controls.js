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

  /** The model that a control belongs to, or the part of the page that it is. */
  function modelOf(node) {
    const shown = new Map()
    const walk = (view) => (view.children_views().forEach(walk), shown.set(view.el, view.model))
    fallline.document.views_manager.roots.forEach(walk)
    for (let host = node; host; host = host.getRootNode().host) if (shown.has(host)) return shown.get(host)
    return null
  }

  /** What a control is, and what it says. */
  function described(node) {
    const model = modelOf(node)
    const kind = node.popoverTargetElement ? "sheet" : node.localName === "input" ? node.type : (node.getAttribute("role") ?? node.localName)
    const { key = "", value, start, end, whole } = model ?? {}
    const label = node.ariaLabel ?? node.labels?.[0]?.innerText ?? node.innerText ?? ""
    return { kind, label: label.trim(), class: node.className, disabled: node.ariaDisabled === "true", part: { ...node.dataset }, model: model?.constructor.__name__ ?? "", key, value, start, end, whole, says: says(node) }
  }

  /** How a control stands. */
  function says(node) {
    const { value, checked, ariaValueText, ariaExpanded, ariaPressed, ariaSelected } = node
    return JSON.stringify([value, checked, ariaValueText, ariaExpanded, ariaPressed, ariaSelected, node.closest("details")?.open])
  }

  /** What Python was told since so many messages: of which settings, by what they are called, else by the kind of what it is. */
  function told(since) {
    const changes = spy.sent.slice(since).flat().filter(({ kind }) => kind === "ModelChanged")
    return changes.map(({ model, attr }) => [fallline.document.get_model_by_id(model.id), attr]).map(([{ key, type }, attr]) => key || `${type}.${attr}`)
  }

  /** Those that were used. */
  const used = new WeakSet()
  let last = null

  /** The first that has not been used, brought into the middle of the screen; where it is, and whether it is what is there. */
  function next() {
    last = all().find((node) => !used.has(node)) ?? null
    if (last === null) return null
    used.add(last)
    return described(last)
  }

  /** The control with the focus. */
  function here() {
    last = focused()
    if (last === null || last === document.body) return null
    const again = used.has(last)
    used.add(last)
    const place = all().indexOf(last)
    return { ...described(last), place, again, ...focus() }
  }

  /** Where one presses a control: its label, where it has one, and whether something lies over it there. */
  async function press(node = last) {
    const area = node.labels?.[0] ?? node
    area.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" })
    // A finger that was drawn over the page can leave it moving.
    for (let before = NaN; before !== area.getBoundingClientRect().top; ) {
      before = area.getBoundingClientRect().top
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const { left, top, width, height } = area.getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    const hit = at(x, y)
    return { x, y, left, top, width, height, free: hit !== null && (within(hit, area) || within(hit, node)) }
  }

  /** The controls of a setting, named by what it is called in an address. */
  function of(key) {
    return all().filter((node) => !node.matches(".ask, .back") && modelOf(node)?.key === key)
  }

  /** What could bring more settings onto the page: of each, what it is, how it stands and how it might. */
  function ways() {
    const named = [...fallline.document.all_models].filter(({ key }) => key)
    const called = (name) => named.filter(({ constructor }) => constructor.__name__ === name)
    const switches = called("Group").filter(({ active }) => active === false).map(({ key }) => [key, "active", true, true])
    const choices = called("ChoiceSetting").flatMap(({ key, value, options }) => options.map(([option]) => [key, "value", value, option]))
    // The least counts first: what has many of something is slow to answer.
    const counts = called("NumberSetting").filter(({ whole }) => whole).sort((one, other) => one.end - other.end).map(({ key, value, end }) => [key, "value", value, end])
    return [...switches, ...choices, ...counts]
  }

  function set([key, attribute, value]) {
    const model = [...fallline.document.all_models].find((model) => model.key === key && attribute in model)
    model.setv({ [attribute]: value })
  }

  /** Put the focus on one of the controls of a setting. */
  function aim(key, index) {
    last = of(key)[index]
    last.focus()
    return described(last)
  }

  /** Put the focus on a button that brings one setting back. */
  function back() {
    last = all().find((node) => node.matches(".back")) ?? null
    last?.focus()
    return last && described(last)
  }

  /** Put the focus on the button that brings everything back. */
  function reset() {
    last = document.querySelector("[data-part=reset]")
    last?.focus()
    return last !== null
  }

  /** Where one presses the option beside this one; Tab finds only the chosen one of them. */
  function sibling() {
    for (const option of last.parentElement.children) used.add(option)
    return press(last.nextElementSibling ?? last.previousElementSibling)
  }

  function stand(step) {
    const scrub = document.querySelector("[data-player=scrub]")
    scrub.value = String(step)
    scrub.dispatchEvent(new Event("input"))
  }

  function at(x, y, root = document) {
    const found = root.elementFromPoint(x, y)
    return found?.shadowRoot && found.shadowRoot !== root ? (at(x, y, found.shadowRoot) ?? found) : found
  }

  function within(node, outer) {
    for (let inner = node; inner; inner = inner.parentNode ?? inner.host) if (inner === outer) return true
    return false
  }

  return {
    names: () => all().map(name),
    targets: () => all().map(target),
    focus,
    next,
    here,
    press,
    told,
    says: () => says(last),
    of: (key) => of(key).length,
    ways,
    set,
    aim,
    back,
    reset,
    stand,
    drawn: () => last.toDataURL(),
    place: () => all().indexOf(focused()),
    unfold: () => inside(document).forEach((node) => node.localName === "details" && (node.open = true)),
    sibling,
    unused: () => all().filter((node) => !used.has(node)).map(name),
  }
})()
