// Writes FILE.gz and FILE.br for each file named, several at a time: node compress.mjs FILE…
import { readFile, rename, writeFile } from "node:fs/promises"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"

/** From this size on, brotli's last level takes minutes for little; the one before it is a tenth smaller than the next. */
const LARGE = 16 * 2 ** 20

async function compress(path) {
  const content = await readFile(path)
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: content.length < LARGE ? 11 : 10,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  }
  await Promise.all([
    promisify(gzip)(content, { level: 9 }).then((packed) => write(`${path}.gz`, packed)),
    promisify(brotliCompress)(content, { params }).then((packed) => write(`${path}.br`, packed)),
  ])
}

/** A file is there whole or not at all. */
async function write(path, content) {
  await writeFile(`${path}.part`, content)
  await rename(`${path}.part`, path)
}

await Promise.all(process.argv.slice(2).map(compress))
