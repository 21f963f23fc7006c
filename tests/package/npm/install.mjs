// SPDX-License-Identifier: Apache-2.0
// Packs the npm package and installs the tarball in an empty folder, build/package-test/app, as a
// stranger would; the tests import it from there. Needs no network: its one dependency is taken
// from the workspace.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const folder = resolve(root, 'build/package-test');
const app = resolve(folder, 'app');

function npm(args, cwd) {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(app, { recursive: true });
const [packed] = JSON.parse(
  npm(['pack', '--json', '--silent', '--pack-destination', folder], resolve(root, 'web/package')),
);
writeFileSync(resolve(folder, 'files.json'), JSON.stringify(packed.files.map(({ path }) => path)));
writeFileSync(resolve(app, 'package.json'), '{ "name": "stranger", "private": true }\n');
npm(
  [
    'install',
    '--offline',
    '--silent',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--install-links=false',
    resolve(folder, packed.filename),
    resolve(root, 'node_modules/idb'),
  ],
  app,
);
console.log(`${packed.filename}: ${packed.files.length} files, ${packed.size} bytes`);
