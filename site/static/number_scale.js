/**
 * The stops of a slider: round values on a linear or a logarithmic scale.
 *
 * A logarithmic scale stops at 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times each power of ten, and at both ends;
 * where it starts at 0, that is its first stop. The complement of a value is 1 less it: on that scale a share that
 * is kept, such as a momentum, goes 0, 0.5, 0.9, 0.95, 0.99, by what is lost of it.
 */
const MANTISSAS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]
const LINEAR_STOPS = 200
/** How many powers of ten a logarithmic scale has that goes down to 0. */
const DECADES = 6
const STOPS = { linear, log: logarithmic, complement }

export class NumberScale {
  /** @param {{start: number, end: number, scale: "linear" | "log" | "complement", whole: boolean}} range */
  constructor({ start, end, scale, whole }) {
    this.whole = whole
    this.values = withEnds(STOPS[scale](start, end), start, end)
    if (whole) this.values = [...new Set(this.values.map(Math.round))]
  }

  /** The number of the last stop; the first is 0. */
  get stops() {
    return this.values.length - 1
  }

  /** The value at the stop nearest to a place. */
  value(place) {
    return this.values[Math.max(0, Math.min(this.stops, Math.round(place)))]
  }

  /** Where `value` lies: the number of its stop, or between those of its neighbours. */
  place(value) {
    const above = this.values.findIndex((stop) => stop >= value)
    if (above === -1) return this.stops
    if (above === 0) return 0
    const [low, high] = [this.values[above - 1], this.values[above]]
    return above - (high - value) / (high - low)
  }

  /** The value so many stops from `value` on; from between two stops, the first step goes to the next of them. */
  step(value, count) {
    const place = this.place(value)
    return this.value((count > 0 ? Math.floor(place) : Math.ceil(place)) + count)
  }
}

function linear(start, end) {
  const step = roundStep((end - start) / LINEAR_STOPS)
  const first = Math.ceil(start / step - 1e-9)
  const last = Math.floor(end / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step))
}

function logarithmic(start, end) {
  const lowest = start > 0 ? start : end * 10 ** -DECADES
  const values = []
  for (let power = Math.floor(Math.log10(lowest)); power <= Math.log10(end); power += 1) {
    for (const mantissa of MANTISSAS) values.push(tidy(mantissa * 10 ** power))
  }
  return values.filter((value) => value >= lowest && value <= end)
}

function complement(start, end) {
  return logarithmic(tidy(1 - end), tidy(1 - start)).map((lost) => tidy(1 - lost)).reverse()
}

function withEnds(values, start, end) {
  return [start, ...values.filter((value) => value > start && value < end), end]
}

function roundStep(step) {
  const power = 10 ** Math.floor(Math.log10(step))
  return power * /** @type {number} */ ([1, 2, 5, 10].find((multiple) => multiple * power >= step * 0.999))
}

/** Rid a product of its last bits: 0.1 + 0.2 is 0.3 on a slider. */
function tidy(value) {
  return Number(value.toPrecision(10))
}
