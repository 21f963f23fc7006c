// SPDX-License-Identifier: Apache-2.0
// What a million stored orders cost: the latency of a confirmation at 1,000 orders a second, the
// staff's first list page and its page 1,000, on one database before and after it is filled. On the
// empty one there is no page 1,000; its first page, just as long, stands for it.
//
// The filled database is verified with VERIFY=1 only: that reads and folds every order again, which
// takes longer than all the rest, and what it holds are copies of orders that were verified.
import { execFileSync } from 'node:child_process';
import { figure, programs, seconds } from './setting.mjs';
import { load, newShop, verify, withServer } from './shop.mjs';

const orders = Number(process.env.ORDERS ?? 1_000_000);
const rate = Number(process.env.RATE ?? 1_000);
const path = '/v1/staff/orders';

/** The address of a page, walked to as staff do. */
async function addressOf(page, { port }, { key }) {
  let address = path;
  for (let i = 1; i < page; i += 1) {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await (await fetch(`http://127.0.0.1:${port}${address}`, { headers })).json();
    if (!answer.cursor) throw new Error(`there is no page ${page}`);
    address = `${path}?cursor=${answer.cursor}`;
  }
  return address;
}

async function look(shop, { page }) {
  return await withServer(shop, async (server) => {
    const confirm = await load(server, [
      '--connections',
      128,
      '--seconds',
      seconds,
      '--rate',
      rate,
    ]);
    const time = async (address) => {
      const options = ['--ask', address, '--secret', shop.key, '--seconds', Math.min(seconds, 5)];
      return (await load(server, options)).median_ms;
    };
    const first = await time(path);
    const far = page === 1 ? first : await time(await addressOf(page, server, shop));
    return { confirm: confirm.median_ms, first, far };
  });
}

export async function million(engine) {
  const shop = newShop(engine);
  const before = await look(shop, { page: 1 });
  verify(shop);
  const filled = execFileSync(programs.storeFill, [shop.database, `${orders}`]);
  process.stdout.write(`${engine.name}: ${filled}`);
  // What the database and the system still do about so many new rows is not what is measured.
  engine.settle(shop.database);
  execFileSync('sync');
  const after = await look(shop, { page: 1_000 });
  const name = engine.name === 'sqlite' ? 'million_orders' : `million_orders_${engine.name}`;
  const ratios = ['confirm', 'first', 'far'].map((what) => {
    figure(`${name}_${what}_ms`, after[what], 2, before[what]);
    return after[what] / before[what];
  });
  figure(`${name}_growth`, Math.max(...ratios), 2);
  if (process.env.VERIFY === '1') verify(shop);
}
