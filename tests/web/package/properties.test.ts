// SPDX-License-Identifier: Apache-2.0
// What holds of every cart, tried through the packed package on carts that shrink when they fail.
//
//   TANDEM_PROPERTY_SEED   another seed than the usual one
//   TANDEM_PROPERTY_RUNS   carts per property; not set: 500
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Core, Quote, QuoteInput } from 'tandem-checkout';
import type { StaffCore } from 'tandem-checkout/staff';
import { profiles, quoteInput } from './support/carts.ts';
import { importPackage, importStaff } from './support/installed.ts';

const seed = Number(process.env.TANDEM_PROPERTY_SEED ?? 20260101);
const numRuns = Number(process.env.TANDEM_PROPERTY_RUNS ?? 500);

let core: Core;
let staff: StaffCore;

beforeAll(async () => {
  process.stderr.write(`properties: ${numRuns} carts each, seed ${seed}\n`);
  core = await (await importPackage()).load();
  staff = await (await importStaff()).loadStaff();
});

function holds<T>(inputs: fc.Arbitrary<T>, property: (input: T) => void): void {
  fc.assert(fc.property(inputs, property), { seed, numRuns });
}

function quoted(input: QuoteInput): Quote {
  const answer = core.quote(input);
  if (!answer.ok)
    throw new Error(`refused: ${answer.rejection.reason} ${answer.rejection.subject}`);
  return answer.value;
}

type Amounts<Key extends string> = readonly Readonly<Record<Key, number>>[];

const sum = <Key extends string>(parts: Amounts<Key>, key: Key) =>
  parts.reduce((all, part) => all + part[key], 0);

/** Odoo shows lines that it rounds as a whole, medusa rounds nothing before it shows it. */
const adding = profiles.filter((profile) => profile !== 'odoo' && profile !== 'medusa');

describe('the parts', () => {
  it('of a line are its whole', () => {
    holds(quoteInput({ profiles: adding }), (input) => {
      for (const line of quoted(input).lines) {
        expect(line.gross_minor).toBe(line.net_minor + line.tax_minor);
        expect(sum(line.taxes, 'amount_minor')).toBe(line.tax_minor);
        expect(sum(line.discounts, 'amount_minor')).toBe(line.discount_minor);
        if (line.units.length > 0) {
          expect(sum(line.units, 'discount_minor')).toBe(line.discount_minor);
        }
      }
    });
  });

  it('of shipping and fees are their whole', () => {
    holds(quoteInput({ profiles: adding }), (input) => {
      const { fees, shipping } = quoted(input);
      for (const { gross_minor, net_minor, tax_minor, taxes } of [shipping, ...fees]) {
        expect(gross_minor).toBe(net_minor + tax_minor);
        expect(sum(taxes, 'amount_minor')).toBe(tax_minor);
      }
      expect(sum(shipping.discounts, 'amount_minor')).toBe(shipping.discount_minor);
    });
  });

  it('are the totals', () => {
    holds(quoteInput({ profiles: adding }), (input) => {
      const { fees, lines, order_discounts, shipping, totals } = quoted(input);
      const apart = {
        net: sum(order_discounts, 'net_minor'),
        tax: sum(order_discounts, 'tax_minor'),
      };
      expect(totals.items_minor).toBe(sum(lines, 'subtotal_minor'));
      expect(totals.items_net_minor).toBe(sum(lines, 'net_minor') - apart.net);
      expect(totals.items_tax_minor).toBe(sum(lines, 'tax_minor') - apart.tax);
      expect(totals.shipping_net_minor).toBe(shipping.net_minor);
      expect(totals.shipping_tax_minor).toBe(shipping.tax_minor);
      expect(totals.fees_minor).toBe(sum(fees, 'net_minor'));
      expect(totals.tax_minor).toBe(
        totals.items_tax_minor + totals.shipping_tax_minor + sum(fees, 'tax_minor'),
      );
    });
  });

  it('of the totals and of the tax summary add up', () => {
    holds(quoteInput({ profiles: profiles.filter((profile) => profile !== 'medusa') }), (input) => {
      const { tax_summary, totals } = quoted(input);
      expect(totals.net_minor).toBe(
        totals.items_net_minor + totals.fees_minor + totals.shipping_net_minor,
      );
      expect(totals.total_minor).toBe(totals.net_minor + totals.tax_minor);
      expect(totals.tax_minor).toBe(sum(tax_summary, 'amount_minor'));
      expect(totals.payable_minor).toBe(
        totals.total_minor - totals.prepaid_minor + totals.rounding_minor,
      );
    });
  });
});

/** The view of a cart that was filled by a customer's commands, as a page shows it. */
function viewOf({ cart, now_ms, offers, rules }: QuoteInput) {
  const session = core.openSession('0'.repeat(32));
  const text = JSON.stringify(rules);
  session.setRules(text, createHash('sha256').update(text).digest('hex'));
  session.putOffers(JSON.stringify(offers));
  const added = (cart.lines ?? []).map((line) => ({ type: 'add_line', ...line }));
  [...added, { type: 'choose_shipping', method: 'parcel' }].forEach((command, i) => {
    session.apply(JSON.stringify(command), i.toString(16).padStart(32, '0'), now_ms);
  });
  const answer = session.state(now_ms);
  session.close();
  if (!answer.ok) throw new Error(answer.rejection.reason);
  return answer.state.view;
}

describe('what a page shows', () => {
  it('is what a quote answers, and adds up', () => {
    holds(quoteInput({ profiles: adding }), (input) => {
      fc.pre((input.cart.lines ?? []).length > 0);
      const { lines, taxSummary, totals } = viewOf(input);
      const quote = quoted({ ...input, cart: { ...input.cart, fees: [] } });
      expect(totals.totalMinor).toBe(quote.totals.total_minor);
      expect(totals.payableMinor).toBe(quote.totals.payable_minor);
      expect(totals.totalMinor).toBe(totals.netMinor + totals.taxMinor);
      expect(sum(taxSummary, 'amountMinor')).toBe(totals.taxMinor);
      expect(sum(lines, 'subtotalMinor')).toBe(totals.itemsMinor);
      for (const line of lines) expect(line.grossMinor).toBe(line.netMinor + line.taxMinor);
    });
  });
});

describe('shares', () => {
  it('are never negative nor above their base', () => {
    holds(quoteInput(), (input) => {
      const { lines, shipping } = quoted(input);
      for (const line of lines) {
        expect(line.discount_minor).toBeGreaterThanOrEqual(0);
        expect(line.discount_minor).toBeLessThanOrEqual(line.subtotal_minor);
        for (const { amount_minor } of line.discounts)
          expect(amount_minor).toBeGreaterThanOrEqual(0);
        for (const { discount_minor } of line.units) {
          expect(discount_minor).toBeGreaterThanOrEqual(0);
          expect(discount_minor).toBeLessThanOrEqual(line.unit_price_minor);
        }
      }
      expect(shipping.discount_minor).toBeGreaterThanOrEqual(0);
      expect(shipping.discount_minor).toBeLessThanOrEqual(shipping.price_minor);
    });
  });
});

describe('in the default profile', () => {
  const byDefault = { profiles: ['default'] };

  it('the order of lines changes nothing', () => {
    const turned = quoteInput(byDefault).chain((input) => {
      const lines = input.cart.lines ?? [];
      return fc.tuple(
        fc.constant(input),
        fc.shuffledSubarray([...lines], { minLength: lines.length, maxLength: lines.length }),
      );
    });
    holds(turned, ([input, lines]) => {
      const before = quoted(input);
      const after = quoted({ ...input, cart: { ...input.cart, lines } });
      const byId = (quote: Quote) => new Map(quote.lines.map((line) => [line.line_id, line]));
      expect(byId(after)).toEqual(byId(before));
      expect({ ...after, lines: [], quote_digest: '' }).toEqual({
        ...before,
        lines: [],
        quote_digest: '',
      });
    });
  });

  it('a line that costs nothing changes no total', () => {
    holds(quoteInput({ ...byDefault, countsUnits: false }), (input) => {
      const { cart, offers = [] } = input;
      const more = {
        ...input,
        offers: [...offers, { sku: 'ZERO', unit_price_minor: 0 }],
        cart: { ...cart, lines: [...(cart.lines ?? []), { sku: 'ZERO', quantity: 3 }] },
      };
      expect(quoted(more).totals).toEqual(quoted(input).totals);
    });
  });
});

describe('both builds', () => {
  it('answer the same bytes in the same steps', () => {
    holds(quoteInput(), (input) => {
      const text = JSON.stringify(input);
      const answer = core.quoteText(text);
      expect(staff.quoteText(text)).toEqual(answer);
      expect(Number.isSafeInteger((JSON.parse(answer.text) as Quote).steps)).toBe(true);
    });
  });
});

describe('refusals are values', () => {
  it('for any JSON at all', () => {
    holds(fc.jsonValue(), (value) => {
      expect(core.quote(value as never)).toMatchObject({
        ok: false,
        rejection: { reason: expect.any(String) },
      });
    });
  });

  it('for any text at all', () => {
    holds(fc.string({ unit: 'binary' }), (text) => {
      const answer = core.quoteText(text);
      expect(answer.status).toBe(1);
      expect(JSON.parse(answer.text)).toMatchObject({ reason: expect.any(String) });
    });
  });

  it('for a good cart with any value in one place', () => {
    const spoiled = fc.tuple(quoteInput(), fc.jsonValue(), fc.nat());
    holds(spoiled, ([input, value, where]) => {
      const text = JSON.stringify(input);
      const places = [...text.matchAll(/:(-?\d+|"[^"]*"|true|false|null)/g)];
      const place = places[where % places.length];
      if (place === undefined) return;
      const begin = place.index + 1;
      const end = place.index + place[0].length;
      const changed = text.slice(0, begin) + JSON.stringify(value) + text.slice(end);
      const { status, text: told } = core.quoteText(changed);
      const known = status === 0 ? 'totals' : 'reason';
      expect(JSON.parse(told)).toHaveProperty(known);
    });
  });

  it('for amounts that leave the range', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const large = fc.tuple(quoteInput(), fc.integer({ min: most - 1000, max: most }));
    holds(large, ([input, price]) => {
      const offers = [{ sku: 'LARGE', unit_price_minor: price }];
      const cart = { ...input.cart, lines: [{ sku: 'LARGE', quantity: 2 }] };
      expect(core.quote({ ...input, offers, cart })).toMatchObject({
        ok: false,
        rejection: { reason: 'amount_out_of_range' },
      });
    });
  });
});
