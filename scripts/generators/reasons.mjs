// SPDX-License-Identifier: Apache-2.0
// From the one list of reasons: the TypeScript union and the reference page.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../lib/files.mjs';

const source = 'core/tandem/base/reasons.def';
const row = /^TANDEM_REASON\((\d+), (\w+), (\d+), (true|false), "(.*)"\)$/;

/** Groups of the list, each under the comment that stands before it. */
function readGroups() {
  const text = readFileSync(resolve(root, source), 'utf8');
  const groups = [];
  for (const line of text.slice(text.indexOf('\n\n') + 2).split('\n')) {
    const [, number, name, status, retry, sentence] = row.exec(line) ?? [];
    if (name) groups.at(-1).rows.push({ number, name, status, retry: retry === 'true', sentence });
    else if (line.startsWith('// ')) groups.push({ title: line.slice(3), rows: [] });
    else if (line !== '') throw new Error(`${source}: cannot read this line: ${line}`);
  }
  return groups;
}

function page(groups) {
  const lines = [
    '# Reasons',
    '',
    'Every refusal names one of these. They are listed in order of precedence: when several hold,',
    'the first is answered. *Again* means that the same request may succeed later unchanged.',
  ];
  for (const { title, rows } of groups) {
    const [short, more = ''] = title.split(/: |\.$/);
    lines.push('', `## ${short}`, '');
    if (more !== '') lines.push(`${more[0].toUpperCase()}${more.slice(1)}.`, '');
    lines.push('| number | reason | HTTP | again | meaning |', '|---|---|---|---|---|');
    for (const r of rows) {
      lines.push(
        `| ${r.number} | \`${r.name}\` | ${r.status} | ${r.retry ? 'yes' : 'no'} | ${r.sentence} |`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function union(groups) {
  const names = groups.flatMap(({ rows }) => rows);
  return [
    '// SPDX-License-Identifier: Apache-2.0',
    `// Written by scripts/generate from ${source}.`,
    '',
    '/** Why something was refused. */',
    'export type Reason =',
    names.map(({ name }) => `  | '${name}'`).join('\n') + ';',
    '',
    '/** Reasons for which the same request may succeed later without being changed. */',
    'export type RetryReason =',
    names
      .filter(({ retry }) => retry)
      .map(({ name }) => `  | '${name}'`)
      .join('\n') + ';',
    '',
  ].join('\n');
}

export function reasons() {
  const groups = readGroups();
  return [
    { path: 'docs/reference/reasons.md', text: page(groups) },
    { path: 'web/package/src/generated/reasons.ts', text: union(groups) },
  ];
}
