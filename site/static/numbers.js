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

/** With a fixed number of significant digits, so that columns of numbers keep still. */
export function formatFixed(value, digits = 4) {
  if (!Number.isFinite(value)) return format(value)
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e4 || size < 1e-3)) return value.toExponential(digits - 2).replaceAll("-", "−").replace("+", "")
  const whole = size < 1 ? 1 : Math.floor(Math.log10(size)) + 1
  return value.toFixed(Math.max(0, digits - whole)).replace("-", "−")
}
