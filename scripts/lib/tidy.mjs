// SPDX-License-Identifier: Apache-2.0
// Runs every rule of tidy-rules.mjs over the files it applies to, and counts rules, not files.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { repositoryFiles, root } from './files.mjs';
import { rules } from './tidy-rules.mjs';

function readText(path) {
  const bytes = readFileSync(resolve(root, path));
  return bytes.includes(0) ? undefined : bytes.toString('utf8');
}

const files = repositoryFiles()
  .map((path) => ({ path, text: readText(path) }))
  .filter((file) => file.text !== undefined)
  .map((file) => ({ ...file, lines: file.text.split('\n') }));

let failed = 0;
for (const rule of rules) {
  const found = [];
  for (const file of files.filter((candidate) => rule.applies(candidate.path))) {
    for (const { line, say } of rule.check(file, files)) {
      found.push(`  ${file.path}:${line ?? 1}: ${say}`);
    }
  }
  if (found.length === 0) continue;
  failed += 1;
  console.log(`not so: ${rule.name}`);
  console.log(found.slice(0, 40).join('\n'));
  if (found.length > 40) console.log(`  and ${found.length - 40} more`);
}
console.log(`${rules.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
