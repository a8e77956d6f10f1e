/**
 * Whether Python starts from its image or from its archives, which take fewer bytes and more of the processor.
 *
 * The image's own download tells how fast the line is; docs/decisions/0007-archives-on-a-slow-line.md has the measurements.
 */

/** More than the archives have ever kept a processor beyond what the image does, four times slowed down; in milliseconds. */
const COST = 15_000
/** How long the line is measured, in milliseconds. */
export const PATIENCE = 4000

/**
 * Whether the archives save more time on the line than they can cost. Where there is no measure, they do not.
 *
 * @param {number} rate of the line, in bytes per millisecond
 * @param {number} saved how many bytes fewer the archives take than what is missing of the image
 */
export function areArchivesSooner(rate, saved) {
  // Of NaN nothing is true.
  return rate > 0 && saved / rate > COST
}

/**
 * @param {() => {loaded: number, saved: number}} look tells how many bytes have come, and how many the archives would save
 * @returns {Promise<never>} rejects, with the reason, when the archives turn out to be sooner
 */
export function archivesSooner(look) {
  return new Promise((_, reject) => {
    setTimeout(() => {
      const { loaded, saved } = look()
      const rate = loaded / PATIENCE
      if (areArchivesSooner(rate, saved)) reject(new Error(`they save ${Math.round(saved / rate)} ms at ${Math.round(8 * rate)} kbit/s`))
    }, PATIENCE)
  })
}
