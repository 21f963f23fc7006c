// SPDX-License-Identifier: Apache-2.0
// Runs the benchmarks, sets their figures beside the budgets and keeps them in build/bench.json.
// A figure outside its budget is told, not failed: machines differ, and benchmarks are no tests.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { benchmarks, budgets } from '../benchmarks.mjs';
import { root } from './files.mjs';

const wanted = process.argv.slice(2);
const figures = {};
let broken = 0;

function keep(output) {
  for (const [, name, value] of output.matchAll(/^(\w+) (-?\d+(?:\.\d+)?)\b.*$/gm)) {
    if (name in budgets) figures[name] = Number(value);
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

writeFileSync(resolve(root, 'build/bench.json'), `${JSON.stringify(figures, undefined, 2)}\n`);
console.log('\nbuild/bench.json');
for (const [name, figure] of Object.entries(figures)) {
  const { most, least } = budgets[name];
  const holds = most === undefined ? figure >= least : figure <= most;
  const budget = most === undefined ? `at least ${least}` : `at most ${most}`;
  console.log(
    `${holds ? 'ok  ' : 'OVER'}  ${name.padEnd(26)} ${String(figure).padStart(10)}  ${budget}`,
  );
}
process.exitCode = broken === 0 ? 0 : 1;
