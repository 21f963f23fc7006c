// SPDX-License-Identifier: Apache-2.0
// A device and a server that disagree, lose each other and find together again.
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Checkout, CheckoutStorage, Core, Notice, Rules } from 'tandem-checkout';
import type { StaffCore } from 'tandem-checkout/staff';
import type * as Package from 'tandem-checkout';
import { importPackage, importStaff } from './support/installed.ts';
import { offers, rules, TestShop } from './support/shop.ts';

let library: typeof Package;
let core: Core;
let staff: StaffCore;
let shop: TestShop;
let storage: CheckoutStorage;
let checkout: Checkout;
let notices: Notice[];

async function open(): Promise<Checkout> {
  const opened = await library.Checkout.open({ core, storage, environment: shop.environment });
  opened.putOffers(offers, { MUG: 5, TEA: 12 });
  opened.addEventListener('rejected', (event) => notices.push(event.detail));
  return opened;
}

beforeAll(async () => {
  library = await importPackage();
  core = await library.load();
  staff = await (await importStaff()).loadStaff();
});

beforeEach(async () => {
  shop = new TestShop(staff, core.version);
  storage = new library.MemoryStorage();
  notices = [];
  checkout = await open();
});

const addTea = { type: 'add_line', sku: 'TEA', quantity: 2 } as const;

describe('sync', () => {
  it('sends what is pending in one batch and shows what the server confirmed', async () => {
    checkout.apply(addTea);
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    const { quoteDigest } = checkout.state;
    await checkout.sync();
    expect(checkout.state).toMatchObject({ pending: 0, orderNo: 7, connection: 'online' });
    expect(checkout.state.version).toBeGreaterThan(0);
    expect(checkout.state.quoteDigest).toBe(quoteDigest);
    expect(shop.requests.slice(1)).toEqual(['POST /v1/orders', 'POST /v1/orders/ID/commands']);
  });

  it('sends nothing when nothing is pending', async () => {
    await checkout.sync();
    expect(shop.requests).toEqual(['GET /v1/rules']);
  });

  it('stays offline when an answer arrives after the network has gone', async () => {
    let online = true;
    const environment = {
      ...shop.environment,
      isOnline: () => online,
      fetch: async (address: string, init?: RequestInit) => {
        const answer = await shop.fetch(address, init);
        online = false;
        return answer;
      },
    };
    const device = await library.Checkout.open({ core, storage: 'memory', environment });
    online = true;
    device.putOffers(offers, { TEA: 12 });
    device.apply(addTea);
    await device.sync();
    expect(device.state).toMatchObject({ pending: 0, connection: 'offline' });
    online = true;
    await device.sync();
    expect(device.state.connection).toBe('online');
  });

  it('keeps composing without a network and catches up', async () => {
    shop.weather = 'no network';
    checkout.apply(addTea);
    await checkout.sync();
    expect(checkout.state).toMatchObject({ connection: 'offline', pending: 1 });
    checkout.apply({ type: 'set_quantity', line: 'TEA', quantity: 3 });
    expect(checkout.state.view.totals.totalMinor).toBe(7140);
    shop.weather = 'fine';
    await checkout.sync();
    expect(checkout.state).toMatchObject({ connection: 'online', pending: 0 });
    expect(checkout.state.view.totals.totalMinor).toBe(7140);
  });

  it('counts a command once when its answer was lost', async () => {
    await checkout.sync();
    checkout.apply(addTea);
    shop.weather = 'answers are lost';
    await checkout.sync();
    shop.weather = 'fine';
    await checkout.sync();
    await checkout.sync();
    expect(checkout.state.view.lines).toMatchObject([{ sku: 'TEA', quantity: 2 }]);
    expect(checkout.state.pending).toBe(0);
    expect(notices).toEqual([]);
  });

  it('decides what is pending again on what happened elsewhere', async () => {
    checkout.apply(addTea);
    await checkout.sync();
    shop.elsewhere(checkout.state.orderId, { type: 'remove_line', line: 'TEA' });
    checkout.apply({ type: 'set_quantity', line: 'TEA', quantity: 4 });
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    await checkout.sync();
    expect(checkout.state.view.lines).toMatchObject([{ sku: 'MUG', quantity: 1 }]);
    expect(notices).toMatchObject([
      {
        by: 'server',
        rejection: { reason: 'line_unknown', subject: 'TEA' },
        sent: { command: { type: 'set_quantity', line: 'TEA', quantity: 4 } },
      },
    ]);
  });

  it('tells by name what the server refused', async () => {
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    shop.setFacts({ availability: { MUG: 0, TEA: 12 } });
    await checkout.sync();
    expect(notices).toMatchObject([{ by: 'server', rejection: { reason: 'out_of_stock' } }]);
    expect(checkout.state.view.lines).toEqual([]);
  });

  it('applies a code when the server knows it', async () => {
    shop.setFacts({
      availability: { MUG: 5, TEA: 12 },
      coupons: { HELLO: { promotion: 'welcome' } },
    });
    checkout.apply(addTea);
    checkout.apply({ type: 'apply_coupon', code: 'hello' });
    expect(checkout.state.view.totals.totalMinor).toBe(4760);
    await checkout.sync();
    expect(checkout.state.view.totals.totalMinor).toBe(4284);
    expect(checkout.state.view.coupons).toMatchObject([{ code: 'HELLO', state: 'applied' }]);
  });

  it('follows rules that were published meanwhile', async () => {
    checkout.apply(addTea);
    const cheaper: Rules = { ...rules, taxes: [{ id: 'vat19', ppm: 70000 }] };
    shop.publish(cheaper);
    await checkout.sync();
    expect(checkout.state.view.totals.totalMinor).toBe(4280);
    expect(checkout.rules.taxes).toMatchObject([{ id: 'vat19', ppm: 70000 }]);
  });
});

describe('a page that is opened again', () => {
  it('finds the cart as it was, pending commands included', async () => {
    checkout.apply(addTea);
    await checkout.sync();
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    const { state } = checkout;
    await checkout.close();
    const again = await open();
    expect(again.state.orderId).toBe(state.orderId);
    expect(again.state.view.totals).toEqual(state.view.totals);
    expect(again.state.pending).toBe(1);
    await again.sync();
    expect(again.state).toMatchObject({ pending: 0, quoteDigest: state.quoteDigest });
  });

  it('opens without a network once it has been opened with one', async () => {
    checkout.apply(addTea);
    await checkout.close();
    shop.weather = 'no network';
    const again = await open();
    expect(again.state.view.lines).toMatchObject([{ sku: 'TEA', quantity: 2 }]);
  });

  it('is one order for two pages that open at the same time', async () => {
    storage = new library.MemoryStorage();
    const [one, other] = await Promise.all([open(), open()]);
    one.apply(addTea);
    await one.sync();
    await other.sync();
    other.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    await other.sync();
    await one.refresh();
    expect(one.state.view.lines).toMatchObject([{ sku: 'TEA' }, { sku: 'MUG' }]);
  });

  it('begins a new cart with the same goods when the shop has removed its own', async () => {
    checkout.apply(addTea);
    await checkout.sync();
    const { orderId } = checkout.state;
    await checkout.close();
    shop.forget(orderId);
    const again = await open();
    await again.refresh();
    expect(again.state.orderId).not.toBe(orderId);
    expect(again.state.view.lines).toMatchObject([{ sku: 'TEA', quantity: 2 }]);
    await again.sync();
    expect(again.state).toMatchObject({ pending: 0, connection: 'online' });
    expect(again.state.version).toBeGreaterThan(0);
  });

  it('fills it with what was configured and with the codes too', async () => {
    shop.setFacts({
      availability: { MUG: 5, TEA: 12 },
      coupons: { HELLO: { promotion: 'welcome' } },
    });
    storage = new library.MemoryStorage();
    const cart = await open();
    cart.apply({ type: 'add_line', sku: 'MUG', quantity: 1, configuration: 'engraved: Ann' });
    cart.apply({ type: 'add_line', sku: 'MUG', quantity: 2, configuration: 'engraved: Bob' });
    cart.apply(addTea);
    cart.apply({ type: 'apply_coupon', code: 'HELLO' });
    await cart.sync();
    const { lines, totals, coupons } = cart.state.view;
    expect(lines).toHaveLength(3);
    expect(coupons).toHaveLength(1);
    const { orderId } = cart.state;
    shop.forget(orderId);
    await cart.refresh();
    await cart.sync();
    expect(cart.state.orderId).not.toBe(orderId);
    expect(cart.state.view.lines).toEqual(lines);
    expect(cart.state.view.totals).toEqual(totals);
    expect(cart.state.view.coupons).toMatchObject([{ code: 'HELLO' }]);
  });

  it('fills it with configured goods that the shop never heard of', async () => {
    const gift = { id: 'free', then: [{ kind: 'gift', sku: 'MUG', quantity: 1 }] } as const;
    shop.publish({ ...rules, promotions: [gift] });
    storage = new library.MemoryStorage();
    const cart = await open();
    const mug = { type: 'add_line', sku: 'MUG', quantity: 1 } as const;
    cart.apply({ ...mug, configuration: 'engraved: Ann' });
    await cart.sync();
    const { orderId } = cart.state;
    shop.weather = 'no network';
    cart.apply({ ...mug, configuration: 'engraved: Bob' });
    cart.apply({ ...mug, configuration: 'engraved: Ann' });
    cart.apply(mug);
    const { lines } = cart.state.view;
    expect(lines).toHaveLength(4);
    shop.weather = 'fine';
    shop.forget(orderId);
    await cart.refresh();
    await cart.sync();
    expect(cart.state.orderId).not.toBe(orderId);
    expect(cart.state.pending).toBe(0);
    const goods = (of: typeof lines) =>
      of.map(({ lineId, quantity }) => `${quantity} ${lineId}`).sort();
    expect(goods(cart.state.view.lines)).toEqual(goods(lines));
  });

  it('does not put the gifts of the old cart into the new one as goods', async () => {
    const gift = { id: 'free', then: [{ kind: 'gift', sku: 'MUG', quantity: 1 }] } as const;
    shop.publish({ ...rules, promotions: [gift] });
    storage = new library.MemoryStorage();
    const cart = await open();
    cart.apply(addTea);
    await cart.sync();
    expect(cart.state.view.lines).toMatchObject([{ sku: 'TEA' }, { sku: 'MUG' }]);
    const total = cart.state.view.totals.totalMinor;
    shop.forget(cart.state.orderId);
    await cart.refresh();
    expect(cart.state.view.lines).toMatchObject([{ sku: 'TEA' }, { sku: 'MUG' }]);
    expect(cart.state.view.totals.totalMinor).toBe(total);
  });

  it('does not begin again beside an order that was placed', async () => {
    const failures: string[] = [];
    checkout.apply(addTea);
    await checkout.sync();
    const { orderId } = checkout.state;
    shop.elsewhere(orderId, { type: 'cancel_order' });
    await checkout.refresh();
    checkout.addEventListener('failed', (event) => failures.push(event.detail.reason));
    shop.forget(orderId);
    await checkout.refresh();
    expect(failures).toEqual(['order_unknown']);
    expect(checkout.state.orderId).toBe(orderId);
  });

  it('asks for the rules while the core is still on its way', async () => {
    let arrive: (arrived: Core) => void = () => undefined;
    const coming = new Promise<Core>((resolve) => {
      arrive = resolve;
    });
    const asked = shop.requests.length;
    const { environment } = shop;
    const opening = library.Checkout.open({ core: coming, storage: 'memory', environment });
    expect(shop.requests.slice(asked)).toEqual(['GET /v1/rules']);
    arrive(core);
    expect((await opening).rules).toMatchObject(rules);
  });

  it('does not open without a core', async () => {
    const { environment } = shop;
    const core = Promise.reject(new Error('no core'));
    const opening = library.Checkout.open({ core, storage: 'memory', environment });
    await expect(opening).rejects.toThrow('no core');
  });

  it('cannot open a shop that it never saw', async () => {
    shop.weather = 'no network';
    storage = new library.MemoryStorage();
    await expect(open()).rejects.toThrow(library.ShopUnreachableError);
  });
});

describe('another core on the server', () => {
  it('is fetched, and what is pending is decided again by it', async () => {
    const fetched: string[] = [];
    const opened = await library.Checkout.open({
      core,
      storage: 'memory',
      environment: shop.environment,
      loadCore: async (where) => {
        fetched.push(where.core_version);
        return await library.load({ wasmUrl: wasmFile(), version: where.core_version });
      },
    });
    opened.putOffers(offers);
    opened.apply(addTea);
    shop.coreVersion = 'f'.repeat(64);
    const told: boolean[] = [];
    opened.addEventListener('core-outdated', (event) => told.push(event.detail.coreOutdated));
    await opened.sync();
    expect(fetched).toEqual([shop.coreVersion]);
    expect(told).toEqual([true]);
    expect(opened.state).toMatchObject({ pending: 0, coreOutdated: false });
    expect(opened.state.view.lines).toMatchObject([{ sku: 'TEA', quantity: 2 }]);
  });

  it('keeps everything pending when it cannot be fetched', async () => {
    const opened = await library.Checkout.open({
      core,
      storage: 'memory',
      environment: shop.environment,
      loadCore: () => Promise.reject(new Error('not to be had')),
    });
    opened.putOffers(offers);
    opened.apply(addTea);
    shop.coreVersion = 'e'.repeat(64);
    await opened.sync();
    expect(opened.state).toMatchObject({ pending: 1, coreOutdated: true });
  });
});

function wasmFile(): URL {
  return new URL(
    `file://${process.cwd()}/build/package-test/app/node_modules/tandem-checkout/dist/tandem.wasm`,
  );
}
