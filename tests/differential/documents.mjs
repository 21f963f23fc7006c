// SPDX-License-Identifier: Apache-2.0
// Random documents for the two verbs: shops with every kind of rule, carts, and scripts of commands
// by every actor, sensible ones and nonsense.

const skus = ['A', 'B', 'C', 'D', 'E'];
const zones = ['DE', 'AT', 'CH', 'US'];
const now = 1767225600000;

const moneyKeys = {
  tax_rounding: ['unit', 'line', 'group', 'document_carry', 'none'],
  rounding: [
    'half_away',
    'half_even',
    'half_ceiling',
    'half_floor',
    'half_zero',
    'up',
    'down',
    'ceiling',
    'floor',
  ],
  rounding_included: ['half_away', 'half_even', 'half_ceiling', 'down'],
  included_tax_rounds: ['tax', 'net'],
  discount_base: ['before_tax', 'undiscounted_tax'],
  fixed_discount_is: ['as_prices', 'net', 'gross'],
  discount_sharing: [
    'largest_remainder',
    'first_lines',
    'last_line',
    'truncate_from_last',
    'even_per_unit',
    'unrounded',
  ],
  discount_weights: ['line_amount', 'line_gross'],
  negative_sharing: ['mirror', 'floor'],
  zero_weights: ['even', 'nothing', 'refuse'],
  order_discount_covers_shipping: [true, false],
  order_discount_tax: ['shared', 'apart'],
  percent_of: ['as_prices', 'gross', 'net'],
  line_rounding: ['line', 'document'],
  percentages: ['sequential', 'parallel', 'original_within_promotion', 'best'],
  threshold_base: ['reduced', 'original'],
  shipping_tax: ['own_class', 'proportional', 'weighted_mean', 'highest', 'predominant', 'none'],
  shipping_price_includes_tax: [null, true, false],
  foreign_gross_prices: ['rebase', 'keep'],
  unit_price_rounding: ['minor', 'none'],
  payable_rounding_minor: [0, 5, 10],
  payable_rounding: ['half_away', 'half_even', 'down'],
};
const profiles = [
  'default',
  'odoo',
  'odoo_per_line',
  'sylius',
  'vendure',
  'saleor',
  'solidus',
  'woocommerce',
  'magento',
  'commercetools',
  'peppol',
  'medusa',
];

function money(random) {
  const keys = { profile: random.pick(profiles) };
  for (const [key, values] of Object.entries(moneyKeys)) {
    if (random.chance(15)) keys[key] = random.pick(values);
  }
  return keys;
}

function tax(random, id) {
  const kind = random.pick(['percent', 'percent', 'percent', 'fixed', 'division']);
  const row = {
    id,
    kind,
    compound: random.chance(20),
    included: random.pick([null, null, true, false]),
  };
  if (kind === 'fixed') row.amount_exact = random.pick(['10', '2.5', '0.125']);
  else row.ppm = random.pick([0, 50000, 70000, 190000, 200000, 210000, 77000]);
  return row;
}

const target = (random) =>
  random.chance(50)
    ? {}
    : { skus: random.some(skus, 50), limit_units: random.chance(30) ? 2 : undefined };

function condition(random, depth = 0) {
  const kinds = [
    'subtotal_at_least',
    'quantity_at_least',
    'contains',
    'country',
    'first_order',
    'between',
  ];
  if (depth === 0) kinds.push('any', 'not');
  const kind = random.pick(kinds);
  switch (kind) {
    case 'subtotal_at_least':
      return { kind, amount_minor: random.between(0, 9000) };
    case 'quantity_at_least':
      return { kind, quantity: random.between(1, 6) };
    case 'contains':
      return { kind, target: { skus: [random.pick(skus)] } };
    case 'country':
      return { kind, countries: random.some(zones, 50) };
    case 'between':
      return { kind, from_ms: now - 1000, to_ms: now + random.between(-500, 500) };
    case 'first_order':
      return { kind };
    default:
      return { kind, of: [condition(random, 1), condition(random, 1)] };
  }
}

function action(random) {
  const ppm = random.pick([50000, 100000, 333333, 500000, 1000000]);
  const amount = random.between(1, 3000);
  return random.pick([
    { kind: 'percent_off_order', ppm, maximum_minor: random.chance(30) ? amount : undefined },
    { kind: 'amount_off_order', amount_minor: amount, covers_shipping: random.chance(30) },
    {
      kind: 'percent_off_lines',
      ppm,
      target: target(random),
      rounds: random.pick(['discount', 'price']),
    },
    {
      kind: 'amount_off_lines',
      amount_minor: amount,
      per: random.pick(['unit', 'line']),
      target: target(random),
    },
    { kind: 'percent_off_cheapest', ppm, target: target(random) },
    { kind: 'nth_off', n: random.between(1, 4), ppm, target: target(random) },
    {
      kind: 'buy_x_get_y',
      buy: { quantity: random.between(1, 3), target: target(random) },
      get: { quantity: 1, target: target(random) },
      ppm,
      take: random.pick(['dearest', 'cheapest']),
      times: random.pick([null, 1]),
    },
    { kind: 'percent_off_shipping', ppm },
    { kind: 'free_shipping' },
    {
      kind: 'tiered_price',
      tiers: [{ from: random.between(1, 4), unit_price_minor: amount }],
      target: target(random),
    },
  ]);
}

export function rules(random) {
  const taxes = ['t1', 't2', 't3'].map((id) => tax(random, id));
  const classTaxes = () =>
    Object.fromEntries(
      ['home', 'near', '*'].map((zone) => [zone, random.some(['t1', 't2', 't3'], 40)]),
    );
  return {
    pricing_version: 1,
    currency: random.pick(['EUR', 'JPY', 'KWD', 'USD', 'CHF']),
    prices_include_tax: random.chance(50),
    home: { country: 'DE' },
    money: money(random),
    taxes,
    zones: [
      { id: 'home', countries: ['DE'] },
      { id: 'near', countries: ['AT', 'CH'] },
    ],
    tax_classes: [
      { id: 'standard', default: true, taxes: classTaxes() },
      { id: 'other', taxes: classTaxes() },
    ],
    promotions: ['p1', 'p2', 'p3', 'p4'].slice(0, random.between(0, 4)).map((id) => ({
      id,
      priority: random.between(0, 3),
      exclusive_group: random.chance(20) ? 'g' : null,
      coupon: id === 'p1',
      when: random.chance(50) ? [condition(random)] : [],
      then: [action(random)],
      limits: random.chance(30) ? { uses: random.between(1, 3) } : undefined,
    })),
    shipping_methods: [
      {
        id: 'parcel',
        price: { kind: 'flat', amount_minor: random.between(0, 900) },
        free_from_minor: 7000,
      },
      {
        id: 'slow',
        zones: ['home'],
        price: { kind: 'per_unit', amount_minor: random.between(1, 90) },
      },
    ],
    payment_methods: [
      { id: 'card', provider: 'demo' },
      { id: 'wire', provider: 'wire_transfer' },
    ],
    policies: random.chance(30) ? { short_stock: random.pick(['clamp', 'refuse']) } : undefined,
  };
}

export const offers = (random) =>
  skus.map((sku) => ({
    sku,
    unit_price_minor: random.between(0, 4999),
    kind: random.pick(['goods', 'goods', 'digital']),
    stock_policy: random.pick(['deny', 'backorder', 'untracked']),
    backorder_limit: random.pick([undefined, 2]),
    tax_class: random.pick([undefined, 'other']),
  }));

const destination = (random) => ({ country: random.pick(zones), region: null, postcode: '10115' });

export function quoteDocument(random) {
  const shop = rules(random);
  const known = shop.promotions.length > 0 || random.chance(5);
  return {
    format: 1,
    now_ms: now,
    rules: shop,
    offers: offers(random),
    facts: {
      first_order: random.chance(50),
      coupons: known ? { X: { promotion: 'p1', verdict: 'ok' } } : {},
    },
    cart: {
      lines: random.some(skus, 60).map((sku) => ({ sku, quantity: random.between(-1, 12) })),
      coupons: random.chance(40) ? ['X'] : [],
      ship_to: random.chance(80) ? destination(random) : undefined,
      shipping_method: random.pick([undefined, 'parcel', 'slow']),
    },
  };
}

function command(random) {
  const quantity = random.chance(5) ? random.between(-3, 20000) : random.between(0, 6);
  const customer = [
    { type: 'add_line', sku: random.pick(skus), quantity },
    {
      type: 'add_line',
      sku: random.pick(skus),
      quantity: 1,
      configuration: random.pick(['red', 'blue']),
    },
    { type: 'set_quantity', line: random.pick(skus), quantity },
    { type: 'remove_line', line: random.pick(skus) },
    { type: 'set_contact', email: random.pick(['a@example.com', 'nobody']) },
    {
      type: 'set_address',
      kind: random.pick(['ship_to', 'bill_to']),
      address: { ...destination(random), name: 'سارا' },
    },
    { type: 'choose_shipping', method: random.pick(['parcel', 'slow', 'none']) },
    { type: 'choose_payment', method: random.pick(['card', 'card', 'wire']) },
    { type: 'apply_coupon', code: random.pick(['x', 'Y']) },
    { type: 'remove_coupon', code: 'X' },
    { type: 'place_order', expected_digest: 'current' },
    { type: 'place_order', expected_digest: 'current' },
    { type: 'place_order', expected_digest: { after: 0 } },
    { type: 'cancel_order', reason: 'because' },
    { type: 'renew_hold' },
  ];
  const provider = [
    { type: 'payment_captured', attempt: random.between(1, 2), amount_minor: 'due' },
    {
      type: 'payment_captured',
      attempt: 1,
      amount_minor: random.between(0, 9000),
      reference: 'r1',
    },
    { type: 'payment_authorized', attempt: 1, amount_minor: 'due' },
    { type: 'payment_pending', attempt: 1 },
    { type: 'payment_failed', attempt: random.between(1, 2), reason: 'declined' },
    { type: 'payment_canceled', attempt: 1 },
  ];
  const staff = [{ type: 'confirm_order' }, { type: 'reopen_order' }, { type: 'cancel_order' }];
  if (random.chance(3))
    return { actor: { class: 'customer' }, command: random.pick([...provider, ...staff]) };
  if (random.chance(70)) return { actor: { class: 'customer' }, command: random.pick(customer) };
  if (random.chance(75))
    return { actor: { class: 'provider', provider: 'demo' }, command: random.pick(provider) };
  return {
    actor: { class: 'staff', role: random.pick(['sales', 'warehouse', 'admin']) },
    command: random.pick(staff),
  };
}

function entry(random, at) {
  if (random.chance(8)) {
    return random.pick([
      {
        at_ms: at,
        set: { offers: [{ sku: random.pick(skus), unit_price_minor: random.between(0, 4999) }] },
      },
      {
        at_ms: at,
        set: {
          stock: [
            { sku: random.pick(skus), on_hand: random.between(-1, 9), count: random.chance(50) },
          ],
        },
      },
      { at_ms: at, set: { rules: { prices_include_tax: random.chance(50) } } },
      { at_ms: at },
    ]);
  }
  return { at_ms: at, order: random.pick(['o1', 'o1', 'o2']), ...command(random) };
}

/** Commands that lead to a placed order when nothing stands in the way. */
function checkout(random, tick) {
  return [
    { type: 'add_line', sku: random.pick(skus), quantity: random.between(1, 3) },
    { type: 'add_line', sku: random.pick(skus), quantity: 1 },
    { type: 'set_contact', email: 'sara@example.com', name: 'سارا' },
    { type: 'set_address', kind: 'ship_to', address: destination(random) },
    { type: 'choose_shipping', method: 'parcel' },
    { type: 'choose_payment', method: random.pick(['card', 'wire']) },
    { type: 'place_order', expected_digest: 'current' },
  ].map((command) => ({ at_ms: tick(), order: 'o1', actor: { class: 'customer' }, command }));
}

export function replayDocument(random) {
  let at = now;
  const tick = () => (at += random.chance(10) ? random.between(0, 5_000_000) : 1000);
  const begin = random.chance(80) ? checkout(random, tick) : [];
  const rest = Array.from({ length: random.between(5, 30) }, () => entry(random, tick()));
  const script = [...begin, ...rest];
  return {
    format: 1,
    rules: rules(random),
    settings: {
      confirmation_ppm: random.pick([1000000, 500000]),
      late_money: random.pick(['backorder', 'refund', 'person']),
      shipping_policy: random.pick(['as_available', 'all_at_once']),
    },
    offers: offers(random),
    stock: skus.map((sku) => ({ sku, on_hand: random.between(0, 9) })),
    coupons: [{ code: 'X', promotion: 'p1' }],
    script,
  };
}
