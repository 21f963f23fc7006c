// SPDX-License-Identifier: Apache-2.0
// Makes dist/: the compiled TypeScript, both builds of the core with their glue, and the version of
// the customer's build, which is the digest of its bytes and what a server compares.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minifySync } from 'vite';
import { pack } from '../pack.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const core = resolve(here, '../../build/wasm/wasm');
const dist = resolve(here, 'dist');
const builds = ['tandem', 'tandem-staff'];

/** Emscripten's glue without what nobody calls, and with short names: a third less to download. */
function minified(name) {
  const glue = readFileSync(resolve(core, name), 'utf8');
  return minifySync(name, glue, { module: true, mangle: { toplevel: true } }).code;
}

const missing = builds.find((name) => !existsSync(resolve(core, `${name}.wasm`)));
if (missing) {
  console.error(`${missing}.wasm is missing; run scripts/build wasm first.`);
  process.exit(1);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const require = createRequire(import.meta.url);
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', here], {
  stdio: 'inherit',
});
for (const name of builds) {
  copyFileSync(resolve(core, `${name}.wasm`), resolve(dist, `${name}.wasm`));
  writeFileSync(resolve(dist, `${name}.js`), minified(`${name}.mjs`));
}
for (const name of ['tandem', 'tandem-staff', 'core-version']) {
  copyFileSync(resolve(here, `src/${name}.d.ts`), resolve(dist, `${name}.d.ts`));
}

// What a server sends to browsers that take it; the npm package does not carry these.
for (const name of ['tandem.wasm', 'tandem.js']) await pack(resolve(dist, name));

const version = (name) =>
  createHash('sha256')
    .update(readFileSync(resolve(dist, `${name}.wasm`)))
    .digest('hex');
writeFileSync(
  resolve(dist, 'core-version.js'),
  `// SPDX-License-Identifier: Apache-2.0
export const coreVersion = '${version('tandem')}';
export const staffCoreVersion = '${version('tandem-staff')}';
`,
);
chmodSync(resolve(dist, 'bin.js'), 0o755);
