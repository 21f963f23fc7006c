// SPDX-License-Identifier: Apache-2.0
// Runs the benchmarks, sets their figures beside the budgets and keeps them in build/bench.json, as
// a list of {name, value, unit, baseline, ratio}. A baseline was measured in the same run.
// A figure outside its budget is told, not failed: machines differ, and benchmarks are no tests.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { benchmarks, budgets } from '../benchmarks.mjs';
import { root } from './files.mjs';

const wanted = process.argv.slice(2);
const figures = {};
let broken = 0;

const units = { us: 'us', ms: 'ms', mib: 'MiB', bytes: 'bytes', s: 's' };
const unitOf = (name) =>
  name.endsWith('_per_s') ? '1/s' : (units[name.slice(name.lastIndexOf('_') + 1)] ?? '1');

function keep(output) {
  const line = /^(\w+) (-?\d+(?:\.\d+)?)(?: baseline (\d+(?:\.\d+)?))?\b.*$/gm;
  for (const [, name, text, other] of output.matchAll(line)) {
    if (!(name in budgets)) continue;
    const value = Number(text);
    const baseline = other === undefined ? null : Number(other);
    const ratio = baseline === null ? null : Number((value / baseline).toFixed(3));
    figures[name] = { name, value, unit: unitOf(name), baseline, ratio };
  }
}

for (const { name, run } of benchmarks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`-- ${name}`);
  const { status, stdout, error } = spawnSync(run[0], run.slice(1), {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
  process.stdout.write(stdout ?? '');
  keep(stdout ?? '');
  if (status !== 0) {
    broken += 1;
    console.log(`${name} ended badly${error ? `: ${error.message}` : ''}`);
  }
}

writeFileSync(
  resolve(root, 'build/bench.json'),
  `${JSON.stringify(Object.values(figures), undefined, 2)}\n`,
);
console.log('\nbuild/bench.json');
for (const { name, value: figure, baseline, ratio } of Object.values(figures)) {
  const { most = Infinity, least = -Infinity } = budgets[name];
  const holds = least <= figure && figure <= most;
  const ends = { 'at most': most, 'at least': least };
  const [budget] = Object.entries(ends).filter(([, end]) => Number.isFinite(end));
  const told = budget === undefined ? 'no budget' : budget.join(' ');
  const beside = baseline === null ? '' : `, ${ratio} of ${baseline} beside it`;
  const verdict = holds ? 'ok  ' : 'OVER';
  const shown = String(figure).padStart(10);
  console.log(`${verdict}  ${name.padEnd(32)} ${shown}  ${told}${beside}`);
}
process.exitCode = broken === 0 ? 0 : 1;
