// SPDX-License-Identifier: Apache-2.0
// The bytes a browser downloads: the customer's WebAssembly module and its glue, as they are packed
// for servers to send. Fails above the budget.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { budgets } from '../benchmarks.mjs';
import { root } from './files.mjs';

const budget = budgets.package_brotli_bytes.most;
const shipped = ['tandem.wasm', 'tandem.js'].map((name) => `web/package/dist/${name}`);

export function packageSize() {
  const missing = shipped.find((path) => !existsSync(resolve(root, `${path}.br`)));
  if (missing) throw new Error(`${missing} is missing; run scripts/build wasm web.`);
  const bytesOf = (path) => statSync(resolve(root, path)).size;
  return shipped.map((path) => ({
    path,
    raw: bytesOf(path),
    gzip: bytesOf(`${path}.gz`),
    brotli: bytesOf(`${path}.br`),
  }));
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
