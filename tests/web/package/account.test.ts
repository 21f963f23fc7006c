// SPDX-License-Identifier: Apache-2.0
// Signing in and out: whose cart is gone on with, what proves a change, and what a device forgets.
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
let storage: Package.MemoryStorage;

beforeAll(async () => {
  library = await importPackage();
  core = await library.load();
  staff = await (await importStaff()).loadStaff();
});

beforeEach(() => {
  shop = new TestShop(staff, core.version);
  storage = new library.MemoryStorage();
});

async function open(): Promise<Checkout> {
  const { environment } = shop;
  const checkout = await library.Checkout.open({ core, storage, environment });
  checkout.putOffers(offers, { MUG: 5, TEA: 12 });
  return checkout;
}

function signIn(cart: string | null): void {
  const orders = new Set(cart === null ? [] : [cart]);
  shop.account = { id: 'customer-7', csrfToken: 'first', cart, orders };
}

/** A cart that was begun on another device, with tea in it. */
async function cartElsewhere(): Promise<string> {
  const { environment } = shop;
  const other = await library.Checkout.open({ core, storage: 'memory', environment });
  other.putOffers(offers, { MUG: 5, TEA: 12 });
  other.apply({ type: 'add_line', sku: 'TEA', quantity: 2 });
  await other.sync();
  return other.state.orderId;
}

describe('askForLink', () => {
  it('sends the address and the language', async () => {
    const { account } = await open();
    expect(await account.askForLink('ann@example.org', 'fa')).toEqual({
      status: 'done',
      value: null,
    });
    expect(shop.requests.at(-1)).toBe('POST /v1/session/link');
    expect(account.state.status).toBe('unknown');
  });

  it('answers why nothing was sent', async () => {
    const { account } = await open();
    expect(await account.askForLink('ann', 'en')).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'value_unknown' },
    });
    shop.weather = 'no network';
    expect(await account.askForLink('ann@example.org', 'en')).toEqual({ status: 'offline' });
  });
});

describe('refresh', () => {
  it('finds nobody', async () => {
    const checkout = await open();
    expect(await checkout.account.refresh()).toEqual({ status: 'done', value: null });
    expect(checkout.account.state).toEqual({ status: 'guest', customer: null });
  });

  it('goes on with the cart of this device, which is the account’s now', async () => {
    const checkout = await open();
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    await checkout.sync();
    const { orderId } = checkout.state;
    signIn(orderId);
    shop.adopt(orderId);
    const told: unknown[] = [];
    checkout.addEventListener('account', ({ detail }) => told.push(detail.status));
    expect(await checkout.account.refresh()).toMatchObject({
      status: 'done',
      value: { customer: { email: 'ann@example.org' }, cartChanged: false, refused: null },
    });
    expect(told).toEqual(['signed_in']);
    expect(checkout.state).toMatchObject({ orderId, view: { customer: 'customer-7' } });
    await checkout.account.refresh();
    expect(told).toEqual(['signed_in']);
  });

  it('follows the account’s cart where this device has none', async () => {
    const cart = await cartElsewhere();
    signIn(cart);
    const checkout = await open();
    expect(await checkout.account.refresh()).toMatchObject({ value: { cartChanged: true } });
    expect(checkout.state.orderId).toBe(cart);
    expect(checkout.state.view.lines).toMatchObject([{ sku: 'TEA', quantity: 2 }]);
    checkout.apply({ type: 'set_quantity', line: 'TEA', quantity: 3 });
    await checkout.sync();
    expect(checkout.state).toMatchObject({ pending: 0 });
    await checkout.close();

    // The page is loaded again: nothing but the session says that the order may be changed.
    const again = await open();
    expect(again.state.orderId).toBe(cart);
    again.apply({ type: 'set_quantity', line: 'TEA', quantity: 4 });
    await again.sync();
    expect(again.state.pending).toBe(0);
  });

  it('asks for another token when another tab has signed in since', async () => {
    const cart = await cartElsewhere();
    signIn(cart);
    const checkout = await open();
    await checkout.account.refresh();
    if (shop.account) shop.account.csrfToken = 'second';
    checkout.apply({ type: 'set_quantity', line: 'TEA', quantity: 3 });
    await checkout.sync();
    expect(checkout.state).toMatchObject({ pending: 0, view: { lines: [{ quantity: 3 }] } });
  });

  it('asks the shop to merge where both have goods', async () => {
    signIn(await cartElsewhere());
    const checkout = await open();
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    const { orderId } = checkout.state;
    // Another order is a fact that this stand-in has not; the refusal is told, the cart stays.
    expect(await checkout.account.refresh()).toMatchObject({
      value: { refused: { reason: 'order_unknown' } },
    });
    expect(checkout.state).toMatchObject({ orderId, view: { lines: [{ sku: 'MUG' }] } });
  });

  it('begins anew when a session has ended that gave the right to the cart', async () => {
    const cart = await cartElsewhere();
    signIn(cart);
    const checkout = await open();
    await checkout.account.refresh();
    shop.account = undefined;
    await checkout.account.refresh();
    expect(checkout.account.state.status).toBe('guest');
    expect(checkout.state.orderId).not.toBe(cart);
    expect(checkout.state.view.lines).toEqual([]);
  });

  it('changes nothing without a network', async () => {
    const checkout = await open();
    shop.weather = 'no network';
    expect(await checkout.account.refresh()).toEqual({ status: 'offline' });
    expect(checkout.account.state.status).toBe('unknown');
  });
});

describe('identify', () => {
  it('signs in by the site’s word, and the cart of this device is the account’s', async () => {
    const checkout = await open();
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 2 });
    const { orderId } = checkout.state;
    expect(await checkout.account.identify('good')).toMatchObject({
      status: 'done',
      value: { customer: { id: 'customer-7' }, cartChanged: false, refused: null },
    });
    expect(checkout.account.state.status).toBe('signed_in');
    expect(checkout.state).toMatchObject({
      orderId,
      view: { customer: 'customer-7', lines: [{ sku: 'MUG', quantity: 2 }] },
    });
    expect(shop.account?.orders.has(orderId)).toBe(true);
  });

  it('tells why a token counts for nothing, and leaves everything as it was', async () => {
    const checkout = await open();
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 2 });
    const { orderId } = checkout.state;
    expect(await checkout.account.identify('forged')).toMatchObject({
      status: 'rejected',
      rejection: { reason: 'token_signature_wrong' },
    });
    expect(checkout.state).toMatchObject({ orderId, view: { customer: null } });
    expect(checkout.account.state.status).toBe('guest');
    shop.weather = 'no network';
    expect(await checkout.account.identify('good')).toEqual({ status: 'offline' });
    expect(checkout.account.state.status).toBe('guest');
  });
});

describe('signOut', () => {
  it('keeps nothing of the account on the device', async () => {
    const checkout = await open();
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    await checkout.sync();
    const { orderId } = checkout.state;
    signIn(orderId);
    shop.adopt(orderId);
    await checkout.account.refresh();
    expect(await storage.readOrder('', orderId)).toBeDefined();
    expect(await checkout.account.signOut()).toEqual({ status: 'done', value: null });
    expect(checkout.account.state).toEqual({ status: 'guest', customer: null });
    expect(checkout.state.orderId).not.toBe(orderId);
    expect(await storage.readOrder('', orderId)).toBeUndefined();
    await checkout.close();
    expect((await open()).state.view.lines).toEqual([]);
  });

  it('leaves the cart of a guest alone', async () => {
    const checkout = await open();
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    const { orderId } = checkout.state;
    expect(await checkout.account.signOut()).toEqual({ status: 'done', value: null });
    expect(checkout.state).toMatchObject({ orderId, view: { lines: [{ sku: 'MUG' }] } });
  });

  it('is not done without a network', async () => {
    signIn(null);
    const checkout = await open();
    await checkout.account.refresh();
    shop.weather = 'no network';
    expect(await checkout.account.signOut()).toEqual({ status: 'offline' });
    expect(checkout.account.state.status).toBe('signed_in');
  });
});

it('the address book is spelled as JavaScript spells things', async () => {
  signIn(null);
  shop.book.set('home', { address: { country: 'DE', line1: 'Gasse 1', tax_number: '7' }, at: 1 });
  const { account } = await open();
  expect(await account.addresses()).toEqual({
    status: 'done',
    value: [
      { id: 'home', address: { country: 'DE', line1: 'Gasse 1', taxNumber: '7' }, updatedMs: 1 },
    ],
  });
});

it('the address book takes entries in, under their ids, and gives them up', async () => {
  signIn(null);
  const { account } = await open();
  const address = { country: 'DE', city: 'Berlin', line2: null, taxNumber: '7' };
  expect(await account.saveAddress('a-1', address)).toEqual({ status: 'done', value: null });
  expect(shop.book.get('a-1')?.address).toEqual({ country: 'DE', city: 'Berlin', tax_number: '7' });
  await account.saveAddress('a-2', { country: 'FR' });
  const known = await account.addresses();
  expect(known.status === 'done' && known.value.map(({ id }) => id)).toEqual(['a-2', 'a-1']);
  expect(await account.removeAddress('a-1')).toEqual({ status: 'done', value: null });
  expect([...shop.book.keys()]).toEqual(['a-2']);
  shop.weather = 'no network';
  expect(await account.saveAddress('a-3', address)).toEqual({ status: 'offline' });
});
