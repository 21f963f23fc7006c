// SPDX-License-Identifier: Apache-2.0
// Writes what the generators give; with --check, compares instead and tells what is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { core } from '../generators/core.mjs';
import { currencies } from '../generators/currencies.mjs';
import { openapi } from '../generators/openapi.mjs';
import { reasons } from '../generators/reasons.mjs';
import { root } from './files.mjs';

const generators = [reasons, core, currencies, openapi];
const checks = process.argv.includes('--check');

let passed = 0;
let failed = 0;
for (const { path, text } of generators.flatMap((generate) => generate())) {
  const file = resolve(root, path);
  const same = existsSync(file) && readFileSync(file, 'utf8') === text;
  if (same) passed += 1;
  else if (checks) {
    failed += 1;
    console.log(`stale: ${path}; npm run generate writes it.`);
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`written: ${path}`);
  }
}
if (checks) console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
