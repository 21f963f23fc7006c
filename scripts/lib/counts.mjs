// SPDX-License-Identifier: Apache-2.0
// How many tests passed and failed, as each kind of runner tells it. A runner that told nothing
// gives undefined, which the caller counts as a failure.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './files.mjs';

function gtest(folder) {
  const path = resolve(root, folder);
  if (!existsSync(path)) return undefined;
  const sums = { passed: 0, failed: 0 };
  for (const file of readdirSync(path)) {
    const head = /<testsuites ([^>]*)>/.exec(readFileSync(join(path, file), 'utf8'))?.[1];
    if (head === undefined) return undefined;
    const number = (key) => Number(new RegExp(`\\b${key}="(\\d+)"`).exec(head)?.[1] ?? 0);
    const failed = number('failures') + number('errors');
    sums.failed += failed;
    sums.passed += number('tests') - failed - number('disabled');
  }
  return sums;
}

function jsonOf(file) {
  const path = resolve(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function jest(file) {
  const told = jsonOf(file);
  // A suite that could not be loaded has no tests of its own to fail.
  return (
    told && {
      passed: told.numPassedTests,
      failed: told.numFailedTests + told.numRuntimeErrorTestSuites,
    }
  );
}

function playwright(file) {
  const told = jsonOf(file)?.stats;
  return told && { passed: told.expected, failed: told.unexpected + told.flaky };
}

function line(output) {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]) };
}

/** The seeds that a stage printed or left in its results: with one of them its run is repeated. */
export function seedsOf(stage, output) {
  const [kind, where] = stage.counts.split(' ');
  const folder = kind === 'gtest' ? resolve(root, where) : undefined;
  const files = folder && existsSync(folder) ? readdirSync(folder) : [];
  const texts = [output, ...files.map((file) => readFileSync(join(folder, file), 'utf8'))];
  const found = texts.flatMap((text) => [
    ...text.matchAll(/\bseeds? (\d+)|name="seed" value="(\d+)"/g),
  ]);
  // As texts: a seed may have more digits than a number of JavaScript keeps.
  return [...new Set(found.map(([, printed, kept]) => printed ?? kept))];
}

/** Where the results of a stage are left; removed before it runs, so that old ones never count. */
export const resultsOf = (stage) => stage.counts.split(' ')[1];

export function count(stage, succeeded, output) {
  const [kind, where] = stage.counts.split(' ');
  const kinds = { gtest, jest, playwright, line: () => line(output) };
  const told = kind === 'exit' ? { passed: succeeded ? 1 : 0, failed: 0 } : kinds[kind](where);
  const { passed, failed } = told ?? { passed: 0, failed: 0 };
  // A crash leaves no count behind, and a stage that ran nothing has shown nothing.
  const broken = (!succeeded && failed === 0) || (succeeded && passed + failed === 0);
  return { passed, failed: failed + (broken ? 1 : 0) };
}
