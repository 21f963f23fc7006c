// SPDX-License-Identifier: Apache-2.0
// Shops to put load on, and servers for them.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, programs } from './setting.mjs';

let shops = 0;

/** A database of the load shop with a key to read it, and a configuration for a server. */
export function newShop(engine, { atOnce = true } = {}) {
  if (shops === 0) execFileSync(programs.load, ['--write-shop', folder]);
  shops += 1;
  const database = engine.newDatabase();
  const run = (...options) =>
    `${execFileSync(programs.tandem, options, { stdio: ['ignore', 'pipe', 'ignore'] })}`.trim();
  run('import', '--db', database, '--shop', folder, '--quiet');
  const key = run('key', 'add', '--db', database, '--role', 'admin', '--name', 'bench');
  const config = join(folder, `shop-${shops}.toml`);
  writeFileSync(
    config,
    `database = "${database}"\nport = 0\nsecret_file = "${join(folder, 'secret')}"\n` +
      `demo_provider = true\ndemo_captures_at_once = ${atOnce}\n`,
  );
  return { database, key, config };
}

/** Starts a server; resolves with its port and the time to its first answer. `before` is a command
 * that starts it, such as one that counts its system calls. */
export async function serve({ config }, before = []) {
  const [program, ...options] = [...before, programs.tandem, 'serve', '--config', config];
  const began = performance.now();
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (text) => (log = `${log}${text}`.slice(-4000)));
  const line = await new Promise((done, fail) => {
    child.stdout.once('data', (data) => done(`${data}`));
    child.once('exit', () => fail(new Error(`the server does not start: ${log}`)));
  });
  const port = Number(/:(\d+)\s*$/.exec(line)[1]);
  await (await fetch(`http://127.0.0.1:${port}/readyz`)).text();
  const ms = performance.now() - began;
  const children = `/proc/${child.pid}/task/${child.pid}/children`;
  const pid = before.length === 0 ? child.pid : Number(readFileSync(children, 'utf8'));
  return { child, pid, port, ms, log: () => log };
}

export async function stop({ child, pid, log }) {
  const ended = new Promise((done) => child.once('exit', done));
  process.kill(pid, 'SIGTERM');
  if ((await ended) !== 0) throw new Error(`the server did not stop cleanly: ${log()}`);
}

/** Whatever `work` does with a server on this shop, the server is gone afterwards. */
export async function withServer(shop, work, before = []) {
  const server = await serve(shop, before);
  try {
    const answer = await work(server);
    await stop(server);
    return answer;
  } finally {
    server.child.kill('SIGKILL');
  }
}

/** Its exit says whether anything was oversold, lost or written in part. */
export function verify({ database }) {
  execFileSync(programs.tandem, ['verify', '--db', database, '--quiet'], { stdio: 'inherit' });
}

export async function commits({ port }, { key }) {
  const headers = { authorization: `Bearer ${key}` };
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text();
  return Number(/^tandem_commits_total (\S+)/m.exec(text)[1]);
}

/** Resident memory: now (`VmRSS`) or at most so far (`VmHWM`). */
export function mib({ pid }, key) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)[1]) / 1024;
}

/** What the load generator answers, an object. It fails when an order was refused or lost. */
export async function load(server, options) {
  const child = spawn(
    programs.load,
    ['--port', server.port, ...options].map((option) => `${option}`),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.on('data', (data) => (text += data));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`load ${options.join(' ')}: ${text}`);
  return JSON.parse(text);
}
