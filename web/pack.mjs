// SPDX-License-Identifier: Apache-2.0
// Packs files beforehand, beside themselves, as a server sends them: in brotli, and in gzip for
// browsers that reach a shop without TLS, where they do not take brotli.
//
//   node web/pack.mjs web/store/dist      every text and module below a folder that is worth it
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const packable = /\.(css|html|js|json|svg|wasm|webmanifest)$/;
const worthIt = 1000; // A smaller file fits one packet as it is.

/** Writes `path`.br and `path`.gz, at the highest quality. */
export async function pack(path) {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(bytes, { params }),
    promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipped);
}

function filesToPack(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && packable.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).length >= worthIt);
}

if (process.argv[1]?.endsWith('pack.mjs')) {
  await Promise.all(filesToPack(process.argv[2]).map(pack));
}
