// SPDX-License-Identifier: Apache-2.0
// The cart on the device alone: nothing of it needs a server.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Checkout, Core } from 'tandem-checkout';
import { importPackage, importStaff } from './support/installed.ts';
import { offers, TestShop } from './support/shop.ts';

let core: Core;
let shop: TestShop;
let open: () => Promise<Checkout>;

beforeAll(async () => {
  const { load, Checkout } = await importPackage();
  const { loadStaff } = await importStaff();
  core = await load();
  const staff = await loadStaff();
  open = async () => {
    shop = new TestShop(staff, core.version);
    const checkout = await Checkout.open({
      core,
      storage: 'memory',
      environment: shop.environment,
    });
    checkout.putOffers(offers, { MUG: 5, TEA: null });
    return checkout;
  };
});

describe('a cart that was just opened', () => {
  it('is an empty quotation that cannot be placed', async () => {
    const { state } = await open();
    expect(state.view.axes.order).toBe('quotation');
    expect(state.view.lines).toEqual([]);
    expect(state.view.totals.payableMinor).toBe(0);
    expect(state.place).toMatchObject({
      possible: false,
      rejection: { reason: 'order_is_empty' },
    });
    expect(state).toMatchObject({ pending: 0, version: 0, connection: 'online', unpriced: null });
    expect(state.orderId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has asked for the rules and nothing else', async () => {
    await open();
    expect(shop.requests).toEqual(['GET /v1/rules']);
  });
});

describe('apply', () => {
  it('computes totals at once', async () => {
    const checkout = await open();
    const applied = checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 2 });
    expect(applied).toEqual({ ok: true, state: checkout.state });
    expect(checkout.state.view.lines).toMatchObject([
      { lineId: 'TEA', quantity: 2, unitPriceMinor: 2000, grossMinor: 4760 },
    ]);
    expect(checkout.state.view.totals).toMatchObject({ netMinor: 4000, taxMinor: 760 });
    expect(checkout.state.pending).toBe(1);
  });

  it('keeps the lines that stayed as they were, and follows those that come and go', async () => {
    const checkout = await open();
    checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 2 });
    checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 1 });
    const [tea, mug] = checkout.state.view.lines;
    expect([tea?.lineId, mug?.lineId]).toEqual(['TEA', 'MUG']);
    checkout.apply({ type: 'set_quantity', line: 'MUG', quantity: 3 });
    expect(checkout.state.view.lines[0]).toBe(tea);
    expect(checkout.state.view.lines[1]).toMatchObject({ lineId: 'MUG', quantity: 3 });
    expect(mug?.quantity).toBe(1);
    checkout.apply({ type: 'remove_line', line: 'TEA' });
    expect(checkout.state.view.lines).toMatchObject([{ lineId: 'MUG', quantity: 3 }]);
  });

  it('answers a refusal as a value and changes nothing', async () => {
    const checkout = await open();
    const before = checkout.state;
    const refused = checkout.apply({ type: 'set_quantity', line: 'TEA', quantity: 2 });
    expect(refused).toEqual({
      ok: false,
      rejection: { reason: 'line_unknown', subject: 'TEA', limit: null, also: [], changes: [] },
    });
    expect(checkout.state).toBe(before);
  });

  it('gives no more than there is, and says so', async () => {
    const checkout = await open();
    expect(checkout.apply({ type: 'add_line', sku: 'MUG', quantity: 9 }).ok).toBe(true);
    expect(checkout.state.view.lines[0]?.quantity).toBe(5);
  });

  it('spells what it sends as the wire does', async () => {
    const checkout = await open();
    const applied = checkout.apply({
      type: 'set_address',
      kind: 'ship_to',
      address: { country: 'DE', taxNumber: 'DE123', line1: 'Gasse 1' },
    });
    expect(applied.ok).toBe(true);
    expect(checkout.state.view.shipTo).toMatchObject({ country: 'DE', taxNumber: 'DE123' });
  });

  it.each(['confirm_order', 'payment_captured', 'expire_hold', 'reopen_order'])(
    'does not know %s',
    async (type) => {
      const checkout = await open();
      const refused = checkout.apply({ type } as never);
      expect(refused).toMatchObject({
        ok: false,
        rejection: { reason: 'command_unknown', subject: type },
      });
    },
  );

  it('throws for place_order, which is not a local action', async () => {
    const checkout = await open();
    expect(() => checkout.apply({ type: 'place_order' } as never)).toThrow(TypeError);
  });

  it('never changes a state that was given out', async () => {
    const checkout = await open();
    const states = [checkout.state];
    const end = checkout.subscribe((state) => states.push(state));
    checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 1 });
    end();
    checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 1 });
    expect(states.map((state) => state.view.lines[0]?.quantity)).toEqual([undefined, 1]);
  });
});

describe('what may be chosen', () => {
  it('is priced by the core', async () => {
    const checkout = await open();
    checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 1 });
    expect(checkout.state.shippingOptions).toEqual([
      {
        method: 'parcel',
        label: { en: 'Parcel' },
        available: true,
        grossMinor: 583,
        pickup: false,
        reason: null,
      },
    ]);
    expect(checkout.state.paymentOptions).toEqual([
      {
        method: 'card',
        label: { en: 'Card' },
        provider: 'demo',
        available: true,
        express: false,
        reason: null,
      },
    ]);
  });
});

describe('a code', () => {
  it('waits for the server without changing the totals', async () => {
    const checkout = await open();
    checkout.apply({ type: 'add_line', sku: 'TEA', quantity: 1 });
    const before = checkout.state.view.totals;
    expect(checkout.apply({ type: 'apply_coupon', code: 'hello' }).ok).toBe(true);
    expect(checkout.state.pendingCodes).toEqual(['HELLO']);
    expect(checkout.state.view.totals).toEqual(before);
  });
});

describe('reasons', () => {
  it('are listed with their sentences', () => {
    expect(core.reasons).toContainEqual({
      reason: 'out_of_stock',
      status: 409,
      retry: true,
      sentence: 'Nothing is left of this product.',
    });
  });
});
