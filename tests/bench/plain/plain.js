/** The yardstick: Python starts, opens the demo, the page draws what it says and asks for a first answer. */
import { draw, painted } from "./models.js"

const worker = new Worker("plain_worker.js", { type: "module" })

/** What the worker says next. */
const said = () => new Promise((resolve) => worker.addEventListener("message", ({ data }) => resolve(data), { once: true }))

worker.addEventListener("error", ({ message }) => fail(message))
const opened = await said()
if (opened.failed) fail(opened.failed)
const drawn = await draw(JSON.parse(opened.document))
await painted()
performance.mark("fallline:shown")
performance.mark("fallline:playable")
worker.postMessage('{"events": []}')
const { patch, buffers } = await said()
if (patch !== "") drawn.apply_json_patch(JSON.parse(patch), new Map(buffers))
await painted()
performance.mark("fallline:live")

function fail(error) {
  console.error(error)
  performance.mark("fallline:failed")
}
