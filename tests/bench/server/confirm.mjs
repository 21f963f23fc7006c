// SPDX-License-Identifier: Apache-2.0
// Orders a second on one engine, and what each costs: the load generator is on the same processors,
// an order counts only when a later GET shows it as confirmed, and `tandem verify` has found each
// database whole.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { figure, folder, programs, seconds } from './setting.mjs';
import { commits, load, mib, newShop, verify, withServer } from './shop.mjs';

const connections = 128;
const courses = [1, 8, 64, 256];
const batches = [1, 8, 64, 256, 512];
const ordersOfLimit = 10_000;

function tell(name, report) {
  console.log(
    `${name}: ${report.confirmed} orders confirmed of ${report.acknowledged}, ` +
      `${report.orders_per_s.toFixed(0)} a second, median ${report.median_ms.toFixed(1)} ms, ` +
      `p99 ${report.p99_ms.toFixed(1)} ms; the generator took ` +
      `${report.generator_cpu_share.toFixed(2)} of a processor`,
  );
}

/** Load on a fresh shop; answers what the generator found, and the shop. */
async function measure(engine, name, options, { atOnce = true } = {}) {
  const shop = newShop(engine, { atOnce });
  const all = ['--connections', connections, '--seconds', seconds, ...options];
  const report = await withServer(shop, (server) => load(server, all));
  tell(`${engine.name}, ${name}`, report);
  verify(shop);
  return { ...report, shop };
}

/** The main figure, and what an order of it costs. */
async function most(engine) {
  const shop = newShop(engine);
  const before = { bytes: engine.bytes(shop.database), syncs: engine.syncs?.() };
  const found = await withServer(shop, async (server) => {
    const commitsBefore = await commits(server, shop);
    const watched = [server.pid, ...engine.pids].flatMap((pid) => ['--watch', pid]);
    const report = await load(server, [
      ...['--connections', connections, '--seconds', seconds],
      ...watched,
    ]);
    const made = (await commits(server, shop)) - commitsBefore;
    return { ...report, commits: made, mib: mib(server, 'VmHWM'), engineMib: engine.mib?.() };
  });
  tell(`${engine.name}, at most`, found);
  const name = `confirm_${engine.name}`;
  const [server, database] = found.watched_cpu_s.map((s) => (s * 1e6) / found.acknowledged);
  figure(`${name}_server_cpu_us`, server, 0);
  if (database !== undefined) figure(`${name}_database_cpu_us`, database, 0);
  figure(
    `${name}_generator_cpu_us`,
    (found.generator_cpu_share * seconds * 1e6) / found.acknowledged,
    0,
  );
  figure(`${name}_commits`, found.commits / found.made, 4);
  if (engine.syncs) figure(`${name}_fsyncs`, (engine.syncs() - before.syncs) / found.made, 4);
  figure(`server_load_${engine.name}_mib`, found.mib, 0);
  if (engine.mib) figure(`database_load_${engine.name}_mib`, found.engineMib, 0);
  figure(
    `order_${engine.name}_bytes`,
    (engine.bytes(shop.database) - before.bytes) / found.made,
    0,
  );
  verify(shop);
  return { ...found, shop };
}

/** What the store alone could write of the same rows, at the best size of batch. */
function limit(engine, { database }) {
  const targets = batches.flatMap((batch) => [`${batch}`, engine.newDatabase()]);
  const output = `${execFileSync(programs.storeLimit, [database, `${ordersOfLimit}`, ...targets])}`;
  process.stdout.write(output);
  return Number(/^best (\d+)$/m.exec(output)[1]);
}

/** How often the server itself waits for the disk, counted by the system in a run of its own: what
 * counts system calls slows down. */
async function syncsOfServer(engine) {
  const counts = join(folder, 'syncs');
  const strace = '/usr/bin/strace';
  if (!existsSync(strace)) return console.log('no strace: fsyncs are not counted');
  const before = [
    strace,
    '-f',
    '--seccomp-bpf',
    '-qq',
    '-e',
    'trace=fsync,fdatasync',
    '-o',
    counts,
  ];
  const options = ['--connections', connections, '--seconds', Math.min(seconds, 5)];
  const found = await withServer(newShop(engine), (server) => load(server, options), before);
  const calls = readFileSync(counts, 'utf8').match(/f(data)?sync\(/g)?.length ?? 0;
  figure(`confirm_${engine.name}_fsyncs`, calls / found.made, 4);
}

/** From one customer at a time to more than a server of this size is used to. */
async function course(engine) {
  const shop = newShop(engine);
  await withServer(shop, async (server) => {
    for (const count of courses) {
      const options = ['--connections', count, '--seconds', seconds / 3, '--warm-up', 2];
      const report = await load(server, options);
      tell(`${engine.name}, ${count} connections`, report);
      figure(`confirm_${engine.name}_${count}_per_s`, report.orders_per_s, 0);
    }
  });
  verify(shop);
}

export async function confirm(engine) {
  const name = `confirm_${engine.name}`;
  const uniform = await most(engine);
  const best = limit(engine, uniform.shop);
  figure(`${name}_per_s`, uniform.orders_per_s, 0, best);
  figure(`${name}_of_limit`, uniform.orders_per_s / best, 2);
  if (!engine.syncs) await syncsOfServer(engine);
  await course(engine);
  const half = await measure(engine, 'half load', ['--rate', uniform.orders_per_s / 2]);
  figure(`${name}_half_p50_ms`, half.median_ms, 1);
  figure(`${name}_half_p99_ms`, half.p99_ms, 1);
  figure(`${name}_half_p999_ms`, half.p999_ms, 1);
  const hot = await measure(engine, 'one product in every order', ['--hot']);
  const single = await measure(engine, 'single requests', ['--single'], { atOnce: false });
  if (engine.name === 'sqlite') {
    figure('confirm_p99_half_load_ms', half.p99_ms, 1);
    figure('hot_item_of_uniform', hot.orders_per_s / uniform.orders_per_s, 2);
    figure('full_checkout_per_s', single.orders_per_s, 0);
  } else {
    figure(`hot_item_${engine.name}_of_uniform`, hot.orders_per_s / uniform.orders_per_s, 2);
    figure(`full_checkout_${engine.name}_per_s`, single.orders_per_s, 0);
  }
}
