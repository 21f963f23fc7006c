// SPDX-License-Identifier: Apache-2.0
// Placing an order: exactly what was shown, or a named reason why not.
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Checkout, Core } from 'tandem-checkout';
import type { StaffCore } from 'tandem-checkout/staff';
import type * as Package from 'tandem-checkout';
import { importPackage, importStaff } from './support/installed.ts';
import { offers, TestShop } from './support/shop.ts';

let library: typeof Package;
let core: Core;
let staff: StaffCore;
let shop: TestShop;
let checkout: Checkout;

beforeAll(async () => {
  library = await importPackage();
  core = await library.load();
  staff = await (await importStaff()).loadStaff();
});

beforeEach(async () => {
  shop = new TestShop(staff, core.version);
  const { environment } = shop;
  checkout = await library.Checkout.open({ core, storage: 'memory', environment });
  checkout.putOffers(offers, { MUG: 5, TEA: 12 });
  const address = { country: 'DE', name: 'Ada', line1: 'Gasse 1', city: 'Ulm', postcode: '89073' };
  checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 2 });
  checkout.apply({ type: 'set_contact', email: 'ada@example.org' });
  checkout.apply({ type: 'set_address', kind: 'ship_to', address });
  checkout.apply({ type: 'choose_shipping', method: 'parcel' });
});

function choosePayment(): void {
  checkout.apply({ type: 'choose_payment', method: 'card' });
}

describe('place', () => {
  it('says what is missing without asking the server', async () => {
    await checkout.sync();
    const before = shop.requests.length;
    expect(await checkout.place()).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'payment_not_chosen' },
    });
    expect(shop.requests).toHaveLength(before);
  });

  it('places exactly what was shown', async () => {
    choosePayment();
    expect(checkout.state.place).toEqual({ possible: true, rejection: null });
    const { quoteDigest, view } = checkout.state;
    const placed = await checkout.place();
    expect(placed).toMatchObject({
      status: 'placed',
      payment: { attempt: 1, redirectUrl: '/pay/demo/token' },
    });
    expect(checkout.state.view.axes.order).toBe('quotation_sent');
    expect(checkout.state.quoteDigest).toBe(quoteDigest);
    expect(checkout.state.view.totals).toEqual(view.totals);
  });

  it('names a price that changed, and places after a second look', async () => {
    choosePayment();
    await checkout.sync();
    shop.setOffers([
      { sku: 'MUG', unit_price_minor: 1290 },
      { sku: 'TEA', unit_price_minor: 2100 },
    ]);
    expect(await checkout.place()).toMatchObject({
      status: 'changed',
      rejection: {
        reason: 'quote_changed',
        changes: [{ code: 'price_changed', subject: 'TEA', was: 2000, now: 2100 }],
      },
    });
    expect(checkout.state.view.lines[0]?.unitPriceMinor).toBe(2100);
    expect(await checkout.place()).toMatchObject({ status: 'placed' });
    expect(checkout.state.view.totals.itemsMinor).toBe(4200);
  });

  it('sees an address that another device changed', async () => {
    choosePayment();
    await checkout.sync();
    const address = { country: 'DE', name: 'Eve', line1: 'Weg 2', city: 'Ulm', postcode: '89073' };
    shop.elsewhere(checkout.state.orderId, { type: 'set_address', kind: 'ship_to', address });
    expect(await checkout.place()).toMatchObject({
      status: 'changed',
      rejection: { reason: 'version_stale' },
    });
    expect(checkout.state.view.shipTo?.name).toBe('Eve');
    expect(await checkout.place()).toMatchObject({ status: 'placed' });
  });

  it('is refused without a network', async () => {
    choosePayment();
    shop.weather = 'no network';
    expect(await checkout.place()).toEqual({ status: 'offline' });
    expect(checkout.state.view.axes.order).toBe('quotation');
  });

  it('asks the same question again when the answer was lost', async () => {
    choosePayment();
    await checkout.sync();
    shop.weather = 'answers are lost';
    expect(await checkout.place()).toEqual({ status: 'unknown' });
    shop.weather = 'fine';
    expect(await checkout.place()).toMatchObject({ status: 'placed' });
    expect(checkout.state.view.payments).toHaveLength(1);
  });

  it('shows after a return what the provider told the shop', async () => {
    choosePayment();
    await checkout.place();
    const amount = checkout.state.view.totals.payableMinor;
    shop.elsewhere(
      checkout.state.orderId,
      { type: 'payment_captured', attempt: 1, amount_minor: amount },
      '{"class":"provider","provider":"demo"}',
    );
    await checkout.refresh();
    expect(checkout.state.view.axes).toMatchObject({ order: 'order', payment: 'paid' });
  });
});

describe('startOver', () => {
  it('begins another order with the offers already known', async () => {
    choosePayment();
    await checkout.place();
    const first = checkout.state.orderId;
    checkout.startOver();
    expect(checkout.state.orderId).not.toBe(first);
    expect(checkout.state.view.lines).toEqual([]);
    expect(checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 }).ok).toBe(true);
    await checkout.sync();
    expect(checkout.state).toMatchObject({ pending: 0 });
  });
});
