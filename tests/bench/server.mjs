// SPDX-License-Identifier: Apache-2.0
// The server's budgets: start, memory at rest, orders a second on both engines and what each
// costs, and what a million stored orders change. Without a name all parts are run.
//
//   SECONDS=30 node tests/bench/server.mjs [rest] [sqlite] [postgres] [million] [million-postgres]
import { engines } from './server/engines.mjs';
import { confirm } from './server/confirm.mjs';
import { million } from './server/million.mjs';
import { rest } from './server/rest.mjs';

const parts = {
  sqlite: ['sqlite', rest, confirm],
  postgres: ['postgres', rest, confirm],
  million: ['sqlite', million],
  'million-postgres': ['postgres', million],
  rest: ['sqlite', rest],
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0)
  throw new Error(`${unknown.join(', ')}: the parts are ${Object.keys(parts).join(', ')}`);

for (const name of wanted.length > 0 ? wanted : ['sqlite', 'postgres', 'million']) {
  const [engineName, ...runs] = parts[name];
  const engine = await engines[engineName]();
  try {
    for (const run of runs) await run(engine);
  } finally {
    await engine.stop();
  }
}
