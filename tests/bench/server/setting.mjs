// SPDX-License-Identifier: Apache-2.0
// What the parts of the server's benchmark share: programs, a folder, and how figures are told.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const built = process.env.BUILD ?? join(root, 'build/bench');

export const programs = {
  tandem: join(built, 'server/tandem'),
  load: join(built, 'tests/bench/load'),
  storeLimit: join(built, 'tests/bench/store_limit'),
  storeFill: join(built, 'tests/bench/store_fill'),
};

/** Everything that a run writes; gone when it ends. On a disk, or commits would cost nothing. */
export const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** How long the main figures are measured; all others take a part of it. */
export const seconds = Number(process.env.SECONDS ?? 30);

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** One line of the benchmark's output. A baseline was measured beside the figure in this run. */
export function figure(name, value, digits, baseline) {
  const beside = baseline === undefined ? '' : ` baseline ${baseline.toFixed(digits)}`;
  console.log(`${name} ${value.toFixed(digits)}${beside}`);
}
