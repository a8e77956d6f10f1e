/** Plots keep the size on paper in which they were drawn: BokehJS would draw them anew only after the page is printed. */

/** @param {Iterable<HTMLElement>} frames what holds a plot each */
export function keepForPrint(frames) {
  addEventListener("beforeprint", () => {
    for (const frame of frames) {
      frame.classList.add("printed")
      frame.style.setProperty("--drawn-width", String(frame.offsetWidth))
      frame.style.setProperty("--drawn-height", String(frame.offsetHeight))
    }
  })
}
