// SPDX-License-Identifier: Apache-2.0
// Runs clang-tidy over every source that is shipped, several at once. A source that was found
// clean is checked again only when it, a header of ours that it includes, its compile command or
// the rules change: a digest of all of these is kept in build/clang-tidy.
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isTest, root } from './files.mjs';

const database = resolve(root, 'build/dev');
const kept = resolve(root, 'build/clang-tidy');
const includeFolders = [resolve(root, 'core'), root, resolve(root, 'tests')];

function findTool() {
  for (const name of ['clang-tidy-19', 'clang-tidy']) {
    try {
      return { name, version: execFileSync(name, ['--version'], { encoding: 'utf8' }) };
    } catch {
      // The next name is tried.
    }
  }
  throw new Error('clang-tidy 19 is missing; run scripts/setup.');
}

const texts = new Map();
function textOf(path) {
  if (!texts.has(path)) texts.set(path, readFileSync(path, 'utf8'));
  return texts.get(path);
}

function closure(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, name] of textOf(path).matchAll(/^#include "([^"]+)"/gm)) {
    const found = [dirname(path), ...includeFolders]
      .map((folder) => resolve(folder, name))
      .find((candidate) => existsSync(candidate));
    if (found) closure(found, seen);
  }
  return seen;
}

function digestOf(entry, version) {
  const hash = createHash('sha256');
  hash
    .update(version)
    .update(readFileSync(resolve(root, '.clang-tidy')))
    .update(entry.command);
  for (const path of [...closure(entry.file)].sort()) hash.update(path).update(textOf(path));
  return hash.digest('hex');
}

const stampOf = (file) => resolve(kept, `${relative(root, file).replaceAll('/', '.')}.clean`);

function isClean(file, digest) {
  const stamp = stampOf(file);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
}

async function check(tool, { file, digest }) {
  try {
    await promisify(execFile)(tool, ['-p', database, '--quiet', file], { maxBuffer: 1 << 26 });
    writeFileSync(stampOf(file), digest);
    return true;
  } catch (error) {
    console.log(`not clean: ${relative(root, file)}\n${error.stdout ?? error.message}`);
    return false;
  }
}

const tool = findTool();
const wanted = process.argv.slice(2).map((path) => resolve(path));
const entries = JSON.parse(readFileSync(resolve(database, 'compile_commands.json'), 'utf8'))
  .filter(({ file }) => (wanted.length === 0 ? !isTest(file) : wanted.includes(file)))
  .map((entry) => ({ file: entry.file, digest: digestOf(entry, tool.version) }));
mkdirSync(kept, { recursive: true });

const queue = entries.filter((entry) => !isClean(entry.file, entry.digest));
let failed = 0;
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (!(await check(tool.name, next))) failed += 1;
    }
  }),
);
console.log(`${entries.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
