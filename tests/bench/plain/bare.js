/** The same plot with BokehJS and no Python: nothing that draws it with BokehJS as published can be sooner. */
import { draw, painted } from "./models.js"

await draw(JSON.parse(document.getElementById("document").textContent))
await painted()
performance.mark("fallline:shown")
