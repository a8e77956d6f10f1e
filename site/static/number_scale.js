/**
 * The stops of a slider: round values on a linear or a logarithmic scale.
 *
 * A logarithmic scale stops at 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times each power of ten, and at both ends;
 * where it starts at 0, that is its first stop.
 */
const MANTISSAS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]
const LINEAR_STOPS = 200

export class NumberScale {
  /** @param {{start: number, end: number, scale: string, whole: boolean}} range */
  constructor({ start, end, scale, whole }) {
    this.whole = whole
    this.values = scale === "log" ? logarithmic(start, end) : linear(start, end)
    if (whole) this.values = [...new Set(this.values.map(Math.round))]
  }

  /** The number of the last stop; the first is 0. */
  get stops() {
    return this.values.length - 1
  }

  /** The value at a stop. */
  value(stop) {
    return this.values[Math.max(0, Math.min(this.stops, stop))]
  }

  /** The stop nearest to `value`. */
  stop(value) {
    let best = 0
    this.values.forEach((candidate, index) => {
      if (Math.abs(candidate - value) < Math.abs(this.values[best] - value)) best = index
    })
    return best
  }
}

function linear(start, end) {
  const step = roundStep((end - start) / LINEAR_STOPS)
  const first = Math.ceil(start / step - 1e-9)
  const last = Math.floor(end / step + 1e-9)
  const values = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step))
  return withEnds(values, start, end)
}

function logarithmic(start, end) {
  const lowest = start > 0 ? start : end * 1e-6
  const values = []
  for (let power = Math.floor(Math.log10(lowest)); power <= Math.log10(end); power += 1) {
    for (const mantissa of MANTISSAS) values.push(tidy(mantissa * 10 ** power))
  }
  return withEnds(values.filter((value) => value >= lowest && value <= end), start, end)
}

function withEnds(values, start, end) {
  const inside = values.filter((value) => value > start && value < end)
  return [start, ...inside, end]
}

function roundStep(step) {
  const power = 10 ** Math.floor(Math.log10(step))
  return power * /** @type {number} */ ([1, 2, 5, 10].find((multiple) => multiple * power >= step * 0.999))
}

/** Rid a product of its last bits: 0.1 + 0.2 is 0.3 on a slider. */
function tidy(value) {
  return Number(value.toPrecision(10))
}
