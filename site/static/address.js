/**
 * A page's settings as the part of its address after `#`, which no server ever sees: `#v=1&surface=Booth&Adam.rate=0.05`.
 *
 * What comes from an address is a stranger's: names that are not known, and values that do not fit, are refused.
 */

const VERSION = "1"
const LONGEST = 8000

/**
 * @typedef {{kind: "number" | "switch"} | {kind: "choice", options: string[]} | {kind: "text"}} Kind what a setting takes
 * @typedef {number | boolean | string} Value
 */

/** @param {Map<string, Value>} values by the names of the settings @returns {string} empty for none */
export function write(values) {
  if (values.size === 0) return ""
  const pairs = [...values].map(([name, value]) => [name, typeof value === "boolean" ? (value ? "on" : "off") : String(value)])
  return `#${new URLSearchParams([["v", VERSION], ...pairs])}`
}

/**
 * @param {string} hash as `location.hash` has it
 * @param {Map<string, Kind>} kinds what each setting takes
 * @returns {Map<string, Value>}
 * @throws {Error} that says what is wrong with it
 */
export function read(hash, kinds) {
  const text = hash.replace(/^#/, "")
  if (text === "") return new Map()
  if (text.length > LONGEST) throw new Error(`it is ${text.length} characters long, and ${LONGEST} is the most`)
  const [first, ...pairs] = [...new URLSearchParams(text)]
  if (first[0] !== "v" || first[1] !== VERSION) throw new Error("it is not of the first version, which alone is known here")
  const values = new Map()
  for (const [name, value] of pairs) {
    const kind = kinds.get(name)
    if (kind === undefined || values.has(name)) throw new Error(`“${shortened(name)}” is not a setting, or is there twice`)
    values.set(name, valueOf(name, value, kind))
  }
  return values
}

/** @returns {Value} */
function valueOf(name, text, kind) {
  const number = text.trim() === "" ? NaN : Number(text)
  if (kind.kind === "number" && Number.isFinite(number)) return number
  if (kind.kind === "switch" && (text === "on" || text === "off")) return text === "on"
  if (kind.kind === "choice" && kind.options.includes(text)) return text
  if (kind.kind === "text") return text
  throw new Error(`“${shortened(text)}” is not a value of ${name}`)
}

function shortened(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
