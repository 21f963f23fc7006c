// SPDX-License-Identifier: Apache-2.0
// The baseline of `quote`: ten lines, one discount shared over them and one tax, computed by hand
// with dinero.js 2. Prints `dinero_10_us`, the median.
import {
  add,
  allocate,
  dinero,
  EUR,
  halfAwayFromZero,
  multiply,
  subtract,
  toSnapshot,
  transformScale,
} from 'dinero.js';

const prices = Array.from({ length: 10 }, (_, i) => ({
  amount: 990 + 110 * i,
  quantity: 1 + (i % 3),
}));

const toMinor = (money) => transformScale(money, 2, halfAwayFromZero);
const portion = (money, percent) => toMinor(multiply(money, { amount: percent, scale: 2 }));

function total() {
  const lines = prices.map(({ amount, quantity }) =>
    multiply(dinero({ amount, currency: EUR }), quantity),
  );
  const items = lines.reduce(add);
  const shares = allocate(
    portion(items, 10),
    lines.map((line) => toSnapshot(line).amount),
  );
  const nets = lines.map((line, i) => subtract(line, toMinor(shares[i])));
  const taxes = nets.map((net) => portion(net, 19));
  return toSnapshot(add(nets.reduce(add), taxes.reduce(add))).amount;
}

function medianMicroseconds(runs) {
  const taken = [];
  for (let i = 0; i < runs; i += 1) {
    const begin = process.hrtime.bigint();
    total();
    taken.push(Number(process.hrtime.bigint() - begin));
  }
  taken.sort((a, b) => a - b);
  return taken[runs / 2] / 1000;
}

if (!(total() > 0)) throw new Error('dinero.js computed no total');
medianMicroseconds(2000);
console.log(`dinero_10_us ${medianMicroseconds(4000).toFixed(2)}`);
