// SPDX-License-Identifier: Apache-2.0
// run.mjs [CASES] [SEED]: native against WebAssembly on random documents, good and spoiled. Both
// must answer the same bytes. Prints the seed; a difference is told with its document.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { quoteDocument, replayDocument } from './documents.mjs';
import { Random } from './random.mjs';
import { spoiled } from './spoil.mjs';
import { loadStaffCore } from './wasm.mjs';

const cases = Number(process.argv[2] ?? 2000);
const seed = Number(process.argv[3] ?? Date.now() & 0x7fffffff);
const program = fileURLToPath(
  new URL('../../build/dev/tests/differential/differential_native', import.meta.url),
);

const random = new Random(seed);
console.log(`differential: ${cases} cases, seed ${seed}`);

const core = await loadStaffCore();
const native = spawn(process.env.TANDEM_DIFFERENTIAL_NATIVE ?? program, {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const lines = createInterface({ input: native.stdout })[Symbol.asyncIterator]();

/** What the WebAssembly answers, as the native side prints it. */
function wasmAnswer(verb, bytes) {
  const answer = verb === 'quote' ? core.quote(bytes) : core.replay(bytes);
  const digest = createHash('sha256').update(answer.subarray(1)).digest('hex');
  return `${String.fromCharCode(answer[0])} ${digest}`;
}

function nextCase() {
  const verb = random.chance(70) ? 'quote' : 'replay';
  const text = JSON.stringify(verb === 'quote' ? quoteDocument(random) : replayDocument(random));
  return { verb, bytes: random.chance(35) ? spoiled(text, random) : Buffer.from(text) };
}

let differences = 0;
const answered = { 0: 0, 1: 0 };
for (let i = 0; i < cases; i += 1) {
  const { verb, bytes } = nextCase();
  if (!native.stdin.write(`${verb} ${bytes.toString('hex')}\n`)) await once(native.stdin, 'drain');
  const { value: fromNative, done } = await lines.next();
  if (done) {
    console.error(`the native side ended at case ${i}: ${verb} ${bytes.toString('latin1')}`);
    process.exit(1);
  }
  const fromWasm = wasmAnswer(verb, bytes);
  answered[fromNative[0]] += 1;
  if (fromNative !== fromWasm) {
    differences += 1;
    console.error(`case ${i} differs: native ${fromNative}, wasm ${fromWasm}`);
    console.error(`${verb} ${bytes.toString('latin1')}`);
    if (differences === 5) break;
  }
}
native.stdin.end();
console.log(
  `differential: ${answered[0]} answered, ${answered[1]} refused, ${differences} differences`,
);
console.log(`${differences === 0 ? 1 : 0} passed, ${differences === 0 ? 0 : 1} failed`);
process.exitCode = differences === 0 ? 0 : 1;
