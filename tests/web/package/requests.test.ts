// SPDX-License-Identifier: Apache-2.0
// What a customer asks of a placed order: the server decides it, and the device waits for that.
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Checkout, Core } from 'tandem-checkout';
import type { StaffCore } from 'tandem-checkout/staff';
import type * as Package from 'tandem-checkout';
import { importPackage, importStaff } from './support/installed.ts';
import { offers, rules, TestShop } from './support/shop.ts';

let library: typeof Package;
let core: Core;
let staff: StaffCore;
let shop: TestShop;
let checkout: Checkout;

const provider = '{"class":"provider","provider":"demo"}';
const warehouse = '{"class":"staff","role":"warehouse"}';

beforeAll(async () => {
  library = await importPackage();
  core = await library.load();
  staff = await (await importStaff()).loadStaff();
});

beforeEach(async () => {
  shop = new TestShop(staff, core.version, {
    ...rules,
    payment_methods: [
      { id: 'card', label: { en: 'Card' }, provider: 'demo' },
      { id: 'wire', label: { en: 'Wire' }, provider: 'wire_transfer' },
    ],
  });
  const { environment } = shop;
  checkout = await library.Checkout.open({ core, storage: 'memory', environment });
  checkout.putOffers(offers, { MUG: 5, TEA: 12 });
});

async function place(method: 'card' | 'wire'): Promise<void> {
  const address = { country: 'DE', name: 'Ada', line1: 'Gasse 1', city: 'Ulm', postcode: '89073' };
  checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 2 });
  checkout.apply({ type: 'set_contact', email: 'ada@example.org' });
  checkout.apply({ type: 'set_address', kind: 'ship_to', address });
  checkout.apply({ type: 'choose_shipping', method: 'parcel' });
  checkout.apply({ type: 'choose_payment', method });
  expect(await checkout.place()).toMatchObject({ status: 'placed' });
}

async function pay(): Promise<void> {
  const { orderId, view } = checkout.state;
  const amount_minor = view.totals.payableMinor;
  shop.elsewhere(orderId, { type: 'payment_captured', attempt: 1, amount_minor }, provider);
  await checkout.refresh();
  expect(checkout.state.view.axes).toMatchObject({ order: 'order', payment: 'paid' });
}

async function deliver(): Promise<void> {
  const tracking = '00340434161094015902';
  const command = { type: 'complete_transfer', transfer: 1, tracking };
  shop.elsewhere(checkout.state.orderId, command, warehouse);
  await checkout.refresh();
  expect(checkout.state.view.axes.delivery).toBe('delivered');
}

describe('cancelOrder', () => {
  it('cancels an order that is not confirmed', async () => {
    await place('wire');
    expect(checkout.refusalOf({ type: 'cancel_order' })).toBeNull();
    expect(await checkout.cancelOrder('changed my mind')).toMatchObject({ status: 'accepted' });
    expect(checkout.state.view.axes.order).toBe('canceled');
  });

  it('is refused for a confirmed order without asking the server', async () => {
    await place('card');
    await pay();
    const before = shop.requests.length;
    expect(await checkout.cancelOrder()).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'already_confirmed' },
    });
    expect(shop.requests).toHaveLength(before);
  });

  it('does nothing without a network', async () => {
    await place('wire');
    shop.weather = 'no network';
    expect(await checkout.cancelOrder()).toEqual({ status: 'unknown' });
    expect(checkout.state).toMatchObject({ pending: 0 });
    expect(checkout.state.view.axes.order).toBe('quotation_sent');
  });
});

describe('refusalOf', () => {
  it('tells why a command would be refused and changes nothing', () => {
    const { state } = checkout;
    expect(checkout.refusalOf({ type: 'add_line', sku: 'TEA', quantity: 2 })).toBeNull();
    expect(checkout.refusalOf({ type: 'remove_line', line: 'TEA' })).toMatchObject({
      reason: 'line_unknown',
      subject: 'TEA',
    });
    expect(checkout.state).toBe(state);
  });

  it('decides on what is pending too', () => {
    checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 2 });
    expect(checkout.refusalOf({ type: 'remove_line', line: 'TEA' })).toBeNull();
    expect(checkout.state.view.lines).toHaveLength(1);
  });
});

describe('startPayment', () => {
  it('leads to the payment of what is due', async () => {
    await place('wire');
    const started = await checkout.startPayment({ method: 'card' });
    expect(started).toMatchObject({
      status: 'accepted',
      payment: { redirectUrl: '/pay/demo/token' },
    });
    expect(checkout.state.view.payments.at(-1)).toMatchObject({
      method: 'card',
      amountMinor: checkout.state.view.money.dueMinor,
    });
  });

  it('is refused when nothing is due', async () => {
    await place('card');
    await pay();
    expect(await checkout.startPayment()).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'nothing_due' },
    });
  });
});

describe('requestReturn', () => {
  const lines = [{ line: 'TEA', quantity: 1, reason: 'broken' }];

  it('is announced, and taken back', async () => {
    await place('card');
    await pay();
    await deliver();
    expect(checkout.state.view.deliveries[0]?.tracking).toBe('00340434161094015902');
    expect(await checkout.requestReturn(lines, 'by post')).toMatchObject({ status: 'accepted' });
    expect(checkout.state.view.returns).toMatchObject([
      { return: 1, state: 'requested', lines: [{ lineId: 'TEA', requested: 1 }] },
    ]);
    expect(await checkout.cancelReturn(1)).toMatchObject({ status: 'accepted' });
    expect(checkout.state.view.returns).toMatchObject([{ return: 1, state: 'canceled' }]);
  });

  it('asks the same question again when the answer was lost', async () => {
    await place('card');
    await pay();
    await deliver();
    await checkout.sync();
    shop.weather = 'answers are lost';
    expect(await checkout.requestReturn(lines)).toEqual({ status: 'unknown' });
    shop.weather = 'fine';
    expect(await checkout.requestReturn(lines)).toMatchObject({ status: 'accepted' });
    expect(checkout.state.view.returns).toHaveLength(1);
  });

  it('is refused before anything was shipped', async () => {
    await place('card');
    await pay();
    expect(await checkout.requestReturn(lines)).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'not_shipped', subject: 'TEA' },
    });
  });
});

describe('mergeCart and reorder', () => {
  it.each(['mergeCart', 'reorder'] as const)('%s names an order it does not know', async (ask) => {
    checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 1 });
    expect(await checkout[ask]('f'.repeat(32))).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'order_unknown' },
    });
    expect(checkout.state.view.lines).toMatchObject([{ sku: 'TEA', quantity: 1 }]);
  });
});
