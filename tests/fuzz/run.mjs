// SPDX-License-Identifier: Apache-2.0
// run.mjs [SECONDS] [SEED]: libFuzzer on the decoders, on `quote` and on `replay`, a third of the
// time each, under the address and undefined-behavior sanitizers. What is found is kept as
// build/fuzz/found-…, to be run again by naming the file to the same program.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const programs = resolve(root, 'build/fuzz/tests/fuzz');
const corpus = resolve(root, 'build/fuzz/corpus');
const names = ['messages', 'quote', 'replay'];
const seconds = Math.ceil(Number(process.argv[2] ?? 60) / names.length);
const seed = Number(process.argv[3] ?? (Date.now() & 0x7fffffff) + 1);

function run(program, ...args) {
  const { status, error } = spawnSync(resolve(programs, program), args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) console.error(error.message);
  return status === 0;
}

console.log(`fuzz: ${seconds} s each, seed ${seed}`);
if (!run('write_seeds', corpus)) throw new Error('the seeds could not be written');
let failed = 0;
for (const name of names) {
  const grown = resolve(corpus, `${name}-grown`);
  mkdirSync(grown, { recursive: true });
  const sound = run(
    `${name}_fuzz`,
    `-max_total_time=${seconds}`,
    `-seed=${seed}`,
    '-max_len=65536',
    '-timeout=60',
    '-rss_limit_mb=2048',
    '-print_final_stats=1',
    `-artifact_prefix=${resolve(root, 'build/fuzz')}/found-${name}-`,
    grown,
    resolve(corpus, name),
  );
  if (!sound) failed += 1;
}
console.log(`${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
