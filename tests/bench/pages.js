// How soon a page shows what one asks of it, measured inside the page.
globalThis.pages = (() => {
  /** What has not come by then, in milliseconds, does not come. */
  const PATIENCE = 20_000
  const models = () => [...fallline.document.all_models]
  const setting = (key) => models().find((model) => model.key === key && ("value" in model))
  const tape = () => fallline.document.roots().find(({ name }) => name === "tape")
  const answered = () => spy.sent.length === spy.answers
  /** Wait for the next frame to be painted; return whether everything was answered before it, and so is in it. */
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const [whole, { port1, port2 }] = [answered(), new MessageChannel()]
    port1.onmessage = () => resolve(whole)
    port2.postMessage(0)
  }))
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time))

  async function settled() {
    do await pause(30); while (!answered())
    await pause(150)
  }

  /** Milliseconds from a change of a setting until its first new frames are painted, and until all are. */
  async function change(key, value) {
    await settled()
    let [first, whole] = [null, null]
    const told = tape().properties.frames.change
    const note = async () => {
      if (first !== null) return
      first = -1
      const all = await painted()
      first = performance.now()
      if (all) whole = first
    }
    tape().connect(told, note)
    const begun = performance.now()
    setting(key).value = value
    await Promise.resolve()
    const late = () => performance.now() - begun > PATIENCE
    do await pause(0); while (!late() && (!answered() || first === null || first < 0))
    if (whole === null) whole = (await painted(), performance.now())
    tape().disconnect(told, note)
    return late() ? [NaN, NaN] : [first - begun, whole - begun]
  }

  /** Use code as the visitor does: what was said of what they typed before is no longer there. */
  function use(code, text) {
    code.setv({ draft: "", remark: "" }, { sync: false })
    code.value = text
  }

  /** Milliseconds from the button that stops the visitor's own code, which does not end, until everything is as it was before. */
  async function stop(choice, good, endless) {
    const code = models().find(({ constructor }) => constructor.__name__ === "CodeSetting")
    const button = document.querySelector("[data-status=stop]")
    setting(choice).value = "own"
    await settled()
    use(code, good)
    await settled()
    use(code, endless)
    do await pause(30); while (button.hidden)
    const begun = performance.now()
    button.click()
    do await painted(); while (!code.remark.includes("was stopped"))
    return performance.now() - begun
  }

  /** Milliseconds between frames of the page while a run is played, and between pictures of its map. */
  async function playing(time) {
    await settled()
    const map = fallline.document.views_manager.roots.find(({ model }) => model.name === "map")
    const [frames, pictures] = [[], []]
    const note = () => pictures.push(performance.now())
    document.querySelector("[data-player=start]").click()
    document.querySelector("[data-player=play]").click()
    map.repainted.connect(note)
    const end = performance.now() + time
    while (performance.now() < end) frames.push(await new Promise(requestAnimationFrame))
    map.repainted.disconnect(note)
    return [frames, pictures].map((times) => times.slice(1).map((now, index) => now - times[index]))
  }

  async function set(values) {
    for (const [key, value] of Object.entries(values)) {
      const model = setting(key) ?? models().find((each) => each.key === key)
      if ("value" in model) model.value = value
      else model.active = value
    }
    await settled()
  }

  return { change, playing, set, stop }
})()
