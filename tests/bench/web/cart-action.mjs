// SPDX-License-Identifier: Apache-2.0
// cart_action_10_us: one action on a cart of ten lines in the package, from the command to the new
// view as a JavaScript object: decided, priced, with every shipping method priced besides.
import { Checkout, load } from '../../../web/package/dist/index.js';

const cartLines = 10;
const carts = 30;
const actionsPerCart = 50;
const warmUpMs = 3000;

const rules = {
  pricing_version: 1,
  currency: 'EUR',
  home: { country: 'DE' },
  taxes: [
    { id: 'vat19', ppm: 190000 },
    { id: 'vat7', ppm: 70000 },
  ],
  zones: [{ id: 'home', countries: ['DE'] }],
  tax_classes: [
    { id: 'standard', default: true, taxes: { home: ['vat19'] } },
    { id: 'reduced', taxes: { home: ['vat7'] } },
  ],
  promotions: [
    {
      id: 'big-cart',
      when: [{ kind: 'subtotal_at_least', amount_minor: 10000 }],
      then: [{ kind: 'percent_off_order', ppm: 50000 }],
    },
  ],
  shipping_methods: [
    { id: 'parcel', price: { kind: 'flat', amount_minor: 490 }, free_from_minor: 50000 },
    { id: 'express', price: { kind: 'flat', amount_minor: 990 }, zones: ['home'] },
  ],
  payment_methods: [{ id: 'card', provider: 'demo' }],
};

const offers = Array.from({ length: cartLines }, (_, i) => ({
  sku: `SKU-${i}`,
  unit_price_minor: 990 + 110 * i,
  tax_class: i % 2 === 0 ? 'standard' : 'reduced',
}));

const published = JSON.stringify({
  core_version: '',
  rules,
  rules_id: '0'.repeat(64),
  server_time_ms: 1767225600000,
});
const environment = { fetch: async () => new Response(published), later: () => 0 };

async function cart(core) {
  const checkout = await Checkout.open({ core, storage: 'memory', environment });
  checkout.putOffers(offers);
  for (const { sku } of offers) checkout.apply({ type: 'add_line', sku, quantity: 2 });
  const address = { country: 'DE', name: 'A', line1: 'B 1', city: 'Ulm', postcode: '89073' };
  checkout.apply({ type: 'set_contact', email: 'a@example.org' });
  checkout.apply({ type: 'set_address', kind: 'ship_to', address });
  checkout.apply({ type: 'choose_shipping', method: 'parcel' });
  checkout.apply({ type: 'choose_payment', method: 'card' });
  if (!checkout.state.place.possible) throw new Error('the cart should be ready to be placed');
  return checkout;
}

/** What each action on one cart took, in microseconds. */
async function measureCart(core) {
  const checkout = await cart(core);
  const taken = [];
  for (let j = 0; j < actionsPerCart; j += 1) {
    const began = performance.now();
    const result = checkout.apply({ type: 'set_quantity', line: 'SKU-3', quantity: 2 + (j % 5) });
    taken.push((performance.now() - began) * 1000);
    if (!result.ok || result.state.view.lines.length !== cartLines) throw new Error('wrong answer');
  }
  await checkout.close();
  return taken;
}

const core = await load();
// The optimizing compiler works beside the program, so only time tells when it is done.
const warmUntil = performance.now() + warmUpMs;
while (performance.now() < warmUntil) await measureCart(core);
const times = [];
for (let i = 0; i < carts; i += 1) times.push(...(await measureCart(core)));
times.sort((a, b) => a - b);
const at = (part) => times[Math.floor(part * (times.length - 1))].toFixed(1);
console.log(`cart_action_10_us ${at(0.5)} (p99 ${at(0.99)}, ${times.length} actions)`);
