// SPDX-License-Identifier: Apache-2.0
// The server's budgets: start, memory at rest, and orders a second on SQLite, driven by the load
// generator on the same processors. Every figure of orders counts only what a later GET shows as
// confirmed, and `tandem verify` has found the database whole.
//
//   SECONDS=30 node tests/bench/server.mjs
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tandem = join(root, 'build/bench/server/tandem');
const load = join(root, 'build/bench/tests/bench/load');
const storeLimit = join(root, 'build/bench/tests/bench/store_limit');
const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
const seconds = Number(process.env.SECONDS ?? 30);
const connections = 128;
const ticksPerSecond = 100;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const figure = (name, value, digits) => console.log(`${name} ${value.toFixed(digits)}`);

/** A database of the load shop, and a configuration for it. */
function shop(name, atOnce) {
  const database = join(folder, `${name}.db`);
  execFileSync(tandem, ['import', '--db', database, '--shop', folder, '--quiet'], {
    stdio: 'ignore',
  });
  const config = join(folder, `${name}.toml`);
  writeFileSync(
    config,
    `database = "${database}"\nport = 0\n` +
      `demo_provider = true\ndemo_captures_at_once = ${atOnce}\n`,
  );
  return { database, config };
}

/** Starts a server; resolves with its port and the time to its first answer. */
async function serve({ config }) {
  const began = performance.now();
  const child = spawn(tandem, ['serve', '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise((done) => child.stdout.once('data', (data) => done(`${data}`)));
  const port = Number(/:(\d+)\s*$/.exec(line)[1]);
  await (await fetch(`http://127.0.0.1:${port}/readyz`)).text();
  return { child, port, ms: performance.now() - began };
}

async function stop({ child }) {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  if ((await ended) !== 0) throw new Error('the server did not stop cleanly');
}

const status = (pid, key) =>
  Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
const cpuSeconds = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

/** Puts load on a fresh server and answers what the generator found. */
async function measure(name, atOnce, ...options) {
  const at = shop(name, atOnce);
  const server = await serve(at);
  try {
    const output = await new Promise((done, fail) => {
      const child = spawn(
        load,
        ['--port', server.port, '--connections', connections, '--seconds', seconds, ...options],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let text = '';
      child.stdout.on('data', (data) => (text += data));
      child.on('close', (code) => (code === 0 ? done(text) : fail(new Error(`${name}: ${text}`))));
    });
    const report = JSON.parse(output);
    const cpu = cpuSeconds(server.child.pid);
    console.log(
      `${name}: ${report.confirmed} orders confirmed of ${report.acknowledged}, median ` +
        `${report.median_ms.toFixed(1)} ms, p99 ${report.p99_ms.toFixed(1)} ms; processors: ` +
        `generator ${report.generator_cpu_share.toFixed(2)}, server ${cpu.toFixed(1)} s in all; ` +
        `memory at most ${(status(server.child.pid, 'VmHWM') / 1024).toFixed(0)} MiB`,
    );
    await stop(server);
    // Its exit says whether anything was oversold, lost or written in part.
    execFileSync(tandem, ['verify', '--db', at.database, '--quiet'], { stdio: 'inherit' });
    return { ...report, database: at.database };
  } finally {
    server.child.kill('SIGKILL');
  }
}

async function startAndRest() {
  const at = shop('rest', true);
  const starts = [];
  for (let i = 0; i < 7; i += 1) {
    const server = await serve(at);
    starts.push(server.ms);
    if (i === 6) figure('server_idle_mib', status(server.child.pid, 'VmRSS') / 1024, 1);
    await stop(server);
  }
  figure('server_start_ms', median(starts), 1);
}

try {
  execFileSync(load, ['--write-shop', folder]);
  await startAndRest();
  const uniform = await measure('confirm', true);
  figure('confirm_sqlite_per_s', uniform.orders_per_s, 0);
  const limit = `${execFileSync(storeLimit, [uniform.database])}`;
  process.stdout.write(limit);
  const best = Number(/^best (\d+)$/m.exec(limit)[1]);
  figure('confirm_sqlite_of_limit', uniform.orders_per_s / best, 2);
  const hot = await measure('hot', true, '--hot');
  figure('hot_item_of_uniform', hot.orders_per_s / uniform.orders_per_s, 2);
  const single = await measure('full-checkout', false, '--single');
  figure('full_checkout_per_s', single.orders_per_s, 0);
  const half = await measure('half', true, '--rate', `${uniform.orders_per_s / 2}`);
  figure('confirm_p99_half_load_ms', half.p99_ms, 1);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
