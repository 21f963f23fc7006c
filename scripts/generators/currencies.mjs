// SPDX-License-Identifier: Apache-2.0
// From the core's ISO 4217 table: how many digits a minor unit has, where it is not two.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../lib/files.mjs';

const source = 'core/tandem/money/currency.cpp';

export function currencies() {
  const text = readFileSync(resolve(root, source), 'utf8');
  const rows = [...text.matchAll(/\{"([A-Z]{3})", (\d)\}/g)].filter(
    ([, , digits]) => digits !== '2',
  );
  if (rows.length === 0) throw new Error(`${source}: no row of the table could be read`);
  const lines = [
    '// SPDX-License-Identifier: Apache-2.0',
    `// Written by scripts/generate from ${source}.`,
    '',
    '/** Digits of a minor unit by ISO 4217 code; all others have two. */',
    'export const minorDigits: Readonly<Record<string, number>> = {',
    ...rows.map(([, code, digits]) => `  ${code}: ${digits},`),
    '};',
    '',
  ];
  return [{ path: 'web/package/src/generated/currencies.ts', text: lines.join('\n') }];
}
