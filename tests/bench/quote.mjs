// SPDX-License-Identifier: Apache-2.0
// The budgets of `quote`, natively and as WebAssembly, beside dinero.js in the same run. The two
// programs are one source; their figures are medians.
//
//   quote_10x10_…         ten lines, ten promotions, from structs to a quote
//   quote_10x10_bytes_…   the same from a document's bytes to canonical bytes
//   quote_per_line_N_…    N lines with ten promotions, over N
//   quote_per_promotion_N_…  ten lines: what N promotions take beyond none, over N
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const measure = (...command) =>
  JSON.parse(execFileSync(command[0], command.slice(1), { cwd: root, encoding: 'utf8' }));

const builds = {
  native: measure('build/bench/tests/bench/quote_bench'),
  wasm: measure(process.execPath, 'build/wasm-bench/tests/bench/quote_bench.js'),
};
const dinero = measure(process.execPath, 'tests/bench/dinero.mjs');

for (const key of Object.keys(builds.native).filter((name) => name.startsWith('steps_'))) {
  if (builds.native[key] !== builds.wasm[key]) throw new Error(`the builds count other ${key}`);
}

const us = (ns) => (ns / 1000).toFixed(3);
const tell = (name, ns, baseline) =>
  console.log(`${name} ${us(ns)}${baseline === undefined ? '' : ` baseline ${us(baseline)}`}`);

for (const [build, figures] of Object.entries(builds)) {
  const quote = (lines, promotions) => figures[`quote_${lines}x${promotions}_ns`];
  tell(`quote_10x10_${build}_us`, quote(10, 10), dinero.dinero_10_ns);
  tell(`quote_10x10_bytes_${build}_us`, figures.bytes_10x10_ns, dinero.dinero_10_ns);
  tell(`quote_1000x50_${build}_us`, quote(1000, 50), dinero.dinero_1000_ns);
  for (const lines of [1, 10, 100, 1000]) {
    const beside = dinero[`dinero_${lines}_ns`] / lines;
    tell(`quote_per_line_${lines}_${build}_us`, quote(lines, 10) / lines, beside);
  }
  for (const promotions of [1, 10, 50, 200]) {
    const more = quote(10, promotions) - quote(10, 0);
    tell(`quote_per_promotion_${promotions}_${build}_us`, more / promotions);
  }
}
const { native } = builds;
const growth = native.quote_1000x50_ns / 1000 / (native.quote_10x50_ns / 10);
console.log(`quote_line_cost_growth ${growth.toFixed(2)}`);
