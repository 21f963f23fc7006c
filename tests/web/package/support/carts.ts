// SPDX-License-Identifier: Apache-2.0
// Carts and shops as fast-check makes them: small ones, so that what fails can be read.
import fc from 'fast-check';
import type { Action, CartLine, Offer, Promotion, QuoteInput, Rules } from 'tandem-checkout';

export const profiles = [
  ...['commercetools', 'default', 'magento', 'medusa', 'odoo', 'odoo_per_line', 'peppol'],
  ...['saleor', 'solidus', 'sylius', 'vendure', 'woocommerce'],
] as const;

const skus = ['Q', 'A', 'Z', 'W', 'S', 'X', 'E', 'D'] as const;

const ppm = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths * 1000);
const amount = fc.integer({ min: 0, max: 30_000 });
const target = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...skus).map((sku) => ({ skus: [sku] })),
);

/** Promotions that do not look at how many units there are. */
const plainAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('percent_off_order' as const), ppm }),
  fc.record({ kind: fc.constant('amount_off_order' as const), amount_minor: amount, target }),
  fc.record({ kind: fc.constant('percent_off_lines' as const), ppm, target }),
  fc.record({
    kind: fc.constant('amount_off_lines' as const),
    amount_minor: amount,
    per: fc.constantFrom('unit' as const, 'line' as const),
    target,
  }),
  fc.record({
    kind: fc.constant('percent_off_order' as const),
    ppm,
    covers_shipping: fc.constant(true),
    maximum_minor: fc.constant(1000),
  }),
);

const countingAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant('nth_off' as const),
    n: fc.integer({ min: 1, max: 3 }),
    ppm,
    target,
  }),
  fc.record({ kind: fc.constant('percent_off_cheapest' as const), ppm, target }),
);

const promotionsOf = (action: fc.Arbitrary<Action>): fc.Arbitrary<readonly Promotion[]> =>
  fc
    .array(fc.record({ then: fc.tuple(action), priority: fc.integer({ min: 0, max: 2 }) }), {
      maxLength: 3,
    })
    .map((list) => list.map((promotion, i) => ({ ...promotion, id: `p${i}` })));

interface LineNumbers {
  readonly price: number;
  readonly quantity: number;
  readonly taxClass: string;
}

const line: fc.Arbitrary<LineNumbers> = fc.record({
  price: fc.integer({ min: 0, max: 20_000 }),
  quantity: fc.integer({ min: 1, max: 6 }),
  taxClass: fc.constantFrom('none', 'full', 'reduced', 'both'),
});

const taxes = [
  { id: 'n', ppm: 190_000 },
  { id: 'r', ppm: 70_000 },
  { id: 'city', ppm: 8_875 },
];
const taxClasses = [
  { id: 'full', default: true, taxes: { '*': ['n'] } },
  { id: 'none', taxes: { '*': [] } },
  { id: 'reduced', taxes: { '*': ['r'] } },
  { id: 'both', taxes: { '*': ['n', 'city'] } },
];

interface Numbers {
  readonly lines: readonly LineNumbers[];
  readonly promotions: readonly Promotion[];
  readonly profile: string;
  readonly included: boolean;
  readonly shipping: number;
  readonly fee: number;
}

function inputOf({ lines, promotions, profile, included, shipping, fee }: Numbers): QuoteInput {
  const rules: Rules = {
    pricing_version: 1,
    currency: 'EUR',
    home: { country: 'DE' },
    prices_include_tax: included,
    money: { profile },
    taxes,
    tax_classes: taxClasses,
    promotions,
    shipping_methods: [{ id: 'parcel', price: { kind: 'flat', amount_minor: shipping } }],
  };
  const offers: readonly Offer[] = lines.map(({ price, taxClass }, i) => ({
    sku: skus[i] ?? '',
    unit_price_minor: price,
    tax_class: taxClass,
  }));
  const wanted: readonly CartLine[] = lines.map(({ quantity }, i) => ({
    sku: skus[i] ?? '',
    quantity,
  }));
  const fees = fee === 0 ? [] : [{ id: 'fee', amount_minor: fee }];
  return {
    format: 1,
    now_ms: 1_767_225_600_000,
    rules,
    offers,
    cart: { lines: wanted, fees, shipping_method: 'parcel' },
  };
}

interface Choice {
  readonly profiles?: readonly string[];
  /** Whether promotions may look at how many units there are; true unless given. */
  readonly countsUnits?: boolean;
}

/** The input of `quote`: up to eight lines, three promotions, shipping, perhaps a fee. */
export function quoteInput(choice: Choice = {}): fc.Arbitrary<QuoteInput> {
  const { profiles: chosen = profiles, countsUnits = true } = choice;
  const action = countsUnits ? fc.oneof(plainAction, countingAction) : plainAction;
  return fc
    .record({
      lines: fc.array(line, { maxLength: skus.length }),
      promotions: promotionsOf(action),
      profile: fc.constantFrom(...chosen),
      included: fc.boolean(),
      shipping: fc.constantFrom(0, 490, 1999),
      fee: fc.constantFrom(0, 0, 250, -125),
    })
    .map(inputOf);
}
