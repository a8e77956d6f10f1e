/** A script as a notebook of one cell, as nbformat 4.5 has it. */

/** @param {string} code @returns {string} JSON */
export function notebook(code) {
  const lines = code.split("\n")
  const source = lines.map((line, index) => (index < lines.length - 1 ? `${line}\n` : line))
  const cells = [{ cell_type: "code", id: "fallline", execution_count: null, metadata: {}, outputs: [], source }]
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" }, language_info: { name: "python" } }
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)
}
