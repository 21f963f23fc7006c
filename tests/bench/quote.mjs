// SPDX-License-Identifier: Apache-2.0
// The budgets of `quote`, natively and as WebAssembly, beside dinero.js in the same run. The two
// programs are one source; their figures are medians.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const measure = (...command) =>
  JSON.parse(execFileSync(command[0], command.slice(1), { cwd: root, encoding: 'utf8' }));

const native = measure('build/bench/tests/bench/quote_bench');
const wasm = measure(process.execPath, 'build/wasm-bench/tests/bench/quote_bench.js');
const dinero = Number(
  execFileSync(process.execPath, ['tests/bench/dinero.mjs'], { cwd: root, encoding: 'utf8' }).split(
    ' ',
  )[1],
);

const us = (ns) => (ns / 1000).toFixed(2);
const growth = native.quote_1000x50_ns / 1000 / (native.quote_10x50_ns / 10);

if (native.steps_10x10 !== wasm.steps_10x10) throw new Error('the builds count other steps');
console.log(`quote_10x10_native_us ${us(native.quote_10x10_ns)} baseline ${dinero}`);
console.log(`quote_10x10_wasm_us ${us(wasm.quote_10x10_ns)} baseline ${dinero}`);
console.log(`quote_1000x50_native_us ${us(native.quote_1000x50_ns)}`);
console.log(`quote_1000x50_wasm_us ${us(wasm.quote_1000x50_ns)}`);
console.log(`quote_line_cost_growth ${growth.toFixed(2)}`);
