// SPDX-License-Identifier: Apache-2.0
// From the core's own tables: the reference pages of commands, events and transitions.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../lib/files.mjs';

const program = resolve(root, 'build/dev/core/tandem_describe');

function fieldRows(fields) {
  if (fields.length === 0) return ['No fields.'];
  return [
    '| field | type | |',
    '|---|---|---|',
    ...fields.map((f) => `| \`${f.name}\` | ${f.type} | ${f.required ? '' : 'optional'} |`),
  ];
}

function page(title, intro, entries) {
  const sections = entries.flatMap(({ name, note, fields }) => [
    '',
    `## \`${name}\``,
    '',
    ...(note ? [note, ''] : []),
    ...fieldRows(fields),
  ]);
  return [`# ${title}`, '', ...intro, ...sections, ''].join('\n');
}

function commands({ commands: rows }) {
  return page(
    'Commands',
    [
      'Everything that can be asked of an order, and who may ask it. An `admin` may send every',
      'command of the staff.',
    ],
    rows.map((row) => ({ ...row, note: `Sent by: ${row.sender}.` })),
  );
}

function events({ events: rows }) {
  return page(
    'Events',
    [
      'Everything that can have happened to an order. An event holds no personal data: that is',
      'kept in sealed parts beside it, of which the record holds only the digests.',
    ],
    rows,
  );
}

function diagram({ record, rows }) {
  return [
    '',
    `## ${record}`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${rows[0].from}`,
    ...rows.map(({ from, by, to }) => `  ${from} --> ${to}: ${by}`),
    '```',
    '',
    '| from | by | to |',
    '|---|---|---|',
    ...rows.map(({ from, by, to }) => `| ${from} | ${by} | ${to} |`),
  ];
}

function transitions({ transitions: tables }) {
  const intro = [
    '# Transitions',
    '',
    'The tables that decide which state follows. They are data in the core, checked while it',
    'compiles: every state is reached, and only the final ones have no way out.',
  ];
  return [...intro, ...tables.flatMap(diagram), ''].join('\n');
}

export function core() {
  if (!existsSync(program)) throw new Error(`${program} is not built: scripts/build dev makes it.`);
  const description = JSON.parse(execFileSync(program, { encoding: 'utf8' }));
  return [
    { path: 'docs/reference/commands.md', text: commands(description) },
    { path: 'docs/reference/events.md', text: events(description) },
    { path: 'docs/reference/transitions.md', text: transitions(description) },
  ];
}
