#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The pure verbs on the command line: the same bytes as the native `tandem quote` and `replay`.
// Exit status: 0 answered; 1 the input is refused, with a problem document; 2 wrong usage.
import { readFileSync } from 'node:fs';
import { loadStaff } from './staff.js';

const usage = `Usage: tandem-checkout quote FILE|-
       tandem-checkout replay FILE|-

quote    what a cart costs: reads a document of rules, offers, facts and a cart
replay   plays a script of commands and facts on a shop in memory

FILE is a JSON document; - reads it from standard input. The answer is one line of JSON.
Exit status: 0 answered, 1 refused (the answer is a problem document), 2 wrong usage.
`;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  const [verb, file] = args;
  if (args.length !== 2 || file === undefined || (verb !== 'quote' && verb !== 'replay')) {
    process.stderr.write(usage);
    return 2;
  }
  let input: Uint8Array;
  try {
    input = readFileSync(file === '-' ? 0 : file);
  } catch (fault) {
    process.stderr.write(`${file} cannot be read: ${(fault as Error).message}\n`);
    return 2;
  }
  const core = await loadStaff();
  const { status, text } = core.verb(verb, input);
  process.stdout.write(`${text}\n`);
  return status;
}

process.exitCode = await main(process.argv.slice(2));
