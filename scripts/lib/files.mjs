// SPDX-License-Identifier: Apache-2.0
// The files of the repository, as git sees them: tracked ones and new ones that are not ignored.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export function repositoryFiles() {
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(resolve(root, path)))
    .sort();
}

/** Written by scripts/generate; nobody edits or reads them as sources. */
export const isGenerated = (path) => /(^|\/)generated\//.test(path);

export const isCpp = (path) => /\.(cpp|hpp)$/.test(path);
export const isTest = (path) =>
  /(^|\/)tests?\//.test(path) || /\.(test|spec)\.[mc]?[jt]s$/.test(path);
