/** How far the page is: `shown`, `playable`, `live` or `failed`, for those who measure and those who wait. */

/** @param {"shown" | "playable" | "live" | "failed"} name */
export function mark(name) {
  const root = document.documentElement
  performance.mark(`fallline:${name}`)
  if (root.dataset.fallline !== "failed") root.dataset.fallline = name
}

/** The last mark that was reached, or that the page failed. */
export function state() {
  return document.documentElement.dataset.fallline
}

/** Resolves once what has been drawn so far is on the screen. */
export function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))))
}

/** Resolves once the instrument is on the screen, which is laid out a frame after the words (`base.css`). */
export async function laidOut() {
  const waits = document.getAnimations().filter((each) => each instanceof CSSAnimation && each.animationName === "after-words")
  if (waits.length === 0) return
  await Promise.allSettled(waits.map(({ finished }) => finished))
  // That was before the frame is painted.
  await new Promise((resolve) => setTimeout(resolve))
}
