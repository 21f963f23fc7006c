// SPDX-License-Identifier: Apache-2.0
// The two databases that a shop can be on, as the benchmark needs them: `newDatabase` answers what
// `--db` takes, `bytes` what a database has become, `pids` whose processor time counts beside the
// server's, `syncs` how often it has waited for the disk so far; `settle` is for after a filling.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from './postgres.mjs';
import { folder } from './setting.mjs';

let made = 0;

export function sqlite() {
  return {
    name: 'sqlite',
    pids: [],
    newDatabase() {
      made += 1;
      return join(folder, `shop-${made}.db`);
    },
    bytes: (database) => statSync(database).size,
    settle: () => {},
    stop: async () => {},
  };
}

const nameOf = (url) => /@\/([^?]+)/.exec(url)[1];

export async function postgres() {
  const server = await startPostgres();
  return {
    name: 'postgres',
    pids: [server.pid],
    newDatabase() {
      made += 1;
      return server.newDatabase(`shop-${made}`);
    },
    /** Without the write-ahead log, whose size is a setting. */
    bytes: (database) => Number(server.ask(`SELECT pg_database_size('${nameOf(database)}')`)),
    settle(database) {
      server.ask('VACUUM (ANALYZE)', nameOf(database));
      server.ask('CHECKPOINT');
    },
    /** Of the write-ahead log; those of checkpoints are few. To be asked between servers: what a
     * connection has counted is certain to be seen once it is closed. */
    syncs: () => Number(server.ask('SELECT wal_sync FROM pg_stat_wal')),
    mib: server.mib,
    stop: server.stop,
  };
}

export const engines = { sqlite, postgres };
