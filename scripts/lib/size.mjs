// SPDX-License-Identifier: Apache-2.0
// The bytes a browser downloads: the customer's WebAssembly module and its glue, in brotli at the
// quality that a server uses for files it prepares. Fails above the budget.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { budgets } from '../benchmarks.mjs';
import { root } from './files.mjs';

const budget = budgets.package_brotli_bytes.most;
const shipped = ['tandem.wasm', 'tandem.js'].map((name) => `web/package/dist/${name}`);

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

export function packageSize() {
  const missing = shipped.find((path) => !existsSync(resolve(root, path)));
  if (missing) throw new Error(`${missing} is missing; run scripts/build wasm web.`);
  return shipped.map((path) => {
    const bytes = readFileSync(resolve(root, path));
    return { path, raw: bytes.length, gzip: gzipSync(bytes).length, brotli: brotli(bytes).length };
  });
}

function main() {
  const sizes = packageSize();
  for (const { path, raw, gzip, brotli: packed } of sizes) {
    console.log(`${path}: ${raw} bytes, gzip ${gzip}, brotli ${packed}`);
  }
  const total = sizes.reduce((sum, size) => sum + size.brotli, 0);
  console.log(`package_brotli_bytes ${total} (budget ${budget})`);
  process.exitCode = total <= budget ? 0 : 1;
}

if (process.argv[1]?.endsWith('size.mjs')) main();
