/** Numbers as people read them: chosen digits, a true minus sign, powers of ten where they are shorter. */

/** @param {number} value @param {number} digits significant digits at most */
export function format(value, digits = 6) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞"
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) {
    const [mantissa, exponent] = value.toExponential(Math.min(digits, 6) - 1).split("e")
    return `${Number(mantissa)}e${Number(exponent)}`.replaceAll("-", "−")
  }
  return String(Number(value.toPrecision(digits))).replace("-", "−")
}

/**
 * With four significant digits from 0.001 to 9999, else as a power of ten with three: columns of numbers keep still.
 *
 * @returns {[string, string]} what stands before the decimal point, and the rest
 */
export function formatFixed(value) {
  if (!Number.isFinite(value) || value === 0) return [format(value), ""]
  const fixed = value.toPrecision(4)
  const size = Math.abs(Number(fixed))
  const text = size >= 1e4 || size < 1e-3 ? value.toExponential(2).replace("+", "") : fixed
  const [whole, part] = text.replaceAll("-", "−").split(".")
  return [whole, part === undefined ? "" : `.${part}`]
}
