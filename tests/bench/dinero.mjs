// SPDX-License-Identifier: Apache-2.0
// The baseline of `quote`: lines, one discount shared over them and one tax, computed by hand with
// dinero.js 2. Prints medians in nanoseconds as one line of JSON, by the number of lines.
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

const pricesOf = (count) =>
  Array.from({ length: count }, (_, i) => ({
    amount: 990 + 110 * (i % 70),
    quantity: 1 + (i % 3),
  }));

const toMinor = (money) => transformScale(money, 2, halfAwayFromZero);
const portion = (money, percent) => toMinor(multiply(money, { amount: percent, scale: 2 }));

function total(prices) {
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

function medianNanoseconds(lines, runs) {
  const prices = pricesOf(lines);
  if (!(total(prices) > 0)) throw new Error('dinero.js computed no total');
  // As long as ours are: the optimizing compiler works beside the program, so only time tells.
  const warmUntil = performance.now() + 1500;
  while (performance.now() < warmUntil) total(prices);
  const taken = [];
  for (let i = 0; i < runs; i += 1) {
    const begin = process.hrtime.bigint();
    total(prices);
    taken.push(Number(process.hrtime.bigint() - begin));
  }
  taken.sort((a, b) => a - b);
  return taken[Math.floor(runs / 2)];
}

const figures = {};
for (const [lines, runs] of [
  [10, 4000],
  [1, 4000],
  [100, 400],
  [1000, 40],
]) {
  figures[`dinero_${lines}_ns`] = medianNanoseconds(lines, runs);
}
console.log(JSON.stringify(figures));
