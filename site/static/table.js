/** A recorded run as a table: a row for each track and step, every digit that Python has. */

/** @param {import("./models/tape.js").Tape} tape @returns {string} comma-separated values, as RFC 4180 has them */
export function table(tape) {
  const rows = tape.tracks.flatMap((track, index) =>
    track.active
      ? Array.from({ length: track.last + 1 }, (_, step) => [track.label, ...tape.columns.map((column) => tape.frame(index, step)[column])])
      : [],
  )
  return [["track", ...tape.columns], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")
}

function cell(value) {
  const text = typeof value === "number" && Number.isNaN(value) ? "" : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
