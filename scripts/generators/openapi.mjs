// SPDX-License-Identifier: Apache-2.0
// From the routes and the field lists of the messages: the OpenAPI document, and from that the
// types of the staff's client.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../lib/files.mjs';
import { staffTypes } from './staff-types.mjs';

const program = resolve(root, 'build/dev/server/app/tandem_openapi');

/** One line for each schema and each operation, so that a change is seen where it is. */
function lines(document) {
  const members = (value, depth, pad = '') => {
    if (depth === 0) return JSON.stringify(value);
    const all = Object.entries(value).map(
      ([key, inner]) => `${pad} ${JSON.stringify(key)}: ${members(inner, depth - 1, `${pad} `)}`,
    );
    return `{\n${all.join(',\n')}\n${pad}}`;
  };
  const depths = { components: 2, paths: 2, webhooks: 2 };
  const all = Object.entries(document).map(
    ([key, value]) => ` ${JSON.stringify(key)}: ${members(value, depths[key] ?? 0, ' ')}`,
  );
  return `{\n${all.join(',\n')}\n}\n`;
}

export function openapi() {
  if (!existsSync(program)) throw new Error(`${program} is not built: scripts/build dev makes it.`);
  const text = execFileSync(program, { encoding: 'utf8', maxBuffer: 1 << 26 });
  const document = JSON.parse(text);
  return [
    { path: 'docs/reference/openapi.json', text: lines(document) },
    { path: 'web/package/src/generated/staff-api.ts', text: staffTypes(document) },
  ];
}
