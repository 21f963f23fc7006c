// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL of the benchmark's own, on a socket in its own folder. It waits for the disk at
// every commit, as Tandem asks for.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const user = 'tandem';
const settings = [
  'listen_addresses=',
  'fsync=on',
  'full_page_writes=on',
  'synchronous_commit=on',
  'max_connections=100',
  'shared_buffers=256MB',
  'max_wal_size=4GB',
];

/** Where the programs are: Debian keeps the server's off the path. */
function programs() {
  const versions = '/usr/lib/postgresql';
  const numbers = existsSync(versions) ? readdirSync(versions).map(Number) : [];
  const newest = numbers.filter((number) => number >= 15).toSorted((a, b) => b - a)[0];
  return (name) => (newest === undefined ? name : join(versions, `${newest}/bin`, name));
}

/** PostgreSQL refuses to run as root; then its files belong to its own user. */
function servant() {
  if (process.getuid() !== 0) return {};
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres']));
  return { uid: id('-u'), gid: id('-g') };
}

export async function startPostgres() {
  const program = programs();
  const as = servant();
  // Short: a socket's path has at most 107 characters.
  const home = mkdtempSync(join(tmpdir(), 'tandem-pg-'));
  if (as.uid !== undefined) chownSync(home, as.uid, as.gid);
  const data = join(home, 'data');
  const options = { ...as, cwd: home, env: { ...process.env, LC_ALL: 'C.UTF-8' } };
  const made = ['--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', `--username=${user}`];
  execFileSync(program('initdb'), [`--pgdata=${data}`, ...made], { ...options, stdio: 'ignore' });
  const child = spawn(
    program('postgres'),
    ['-D', data, '-k', home, ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  process.once('exit', () => {
    child.kill('SIGQUIT');
    rmSync(home, { recursive: true, force: true });
  });
  let log = '';
  await new Promise((ready, fail) => {
    child.once('exit', () => fail(new Error(`PostgreSQL does not start: ${log}`)));
    child.stderr.on('data', (text) => {
      log = `${log}${text}`.slice(-4000);
      if (log.includes('ready to accept connections')) ready();
    });
  });

  const ask = (sql, database = 'postgres') =>
    `${execFileSync('psql', ['-h', home, '-U', user, '-d', database, '-XAtc', sql])}`.trim();
  return {
    pid: child.pid,
    ask,
    newDatabase(name) {
      ask(`CREATE DATABASE "${name}"`);
      return `postgresql://${user}@/${name}?host=${home}`;
    },
    /** Memory of all its processes, what they share counted once. */
    mib() {
      const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
      const pids = [child.pid, ...children.trim().split(' ')];
      const kib = pids.map((pid) => {
        try {
          const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
          return Number(/^Pss:\s+(\d+)/m.exec(text)[1]);
        } catch {
          return 0; // It has ended.
        }
      });
      return kib.reduce((sum, one) => sum + one, 0) / 1024;
    },
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGINT');
      await ended;
    },
  };
}
