// SPDX-License-Identifier: Apache-2.0
// What a variant costs now and what must be said beside it: the core's answer about this offer
// alone. A price before a sale is never shown without the lowest one of the last 30 days where the
// core knows it (Directive 98/6/EC, article 6a).
import type { Offer, OrderView } from 'tandem-checkout';
import { knownSku, type Variant } from './catalog.ts';
import { shop } from './shop.ts';

export interface Price {
  readonly unitMinor: number;
  /// The price before, where a sale is announced.
  readonly wasMinor: number | undefined;
  readonly lowestMinor: number | undefined;
  /// When the sale ends, if it does.
  readonly untilMs: number | undefined;
  readonly unitCode: string | undefined;
}

const minuteMs = 60_000;
let kept = new WeakMap<Offer, Map<number, Price>>();
let keptMinute = 0;

/// Most offers have one price for everybody, at all times: nothing to ask.
function isPlain(offer: Offer): boolean {
  return !offer.prices && !offer.price_history && !offer.unit_price_exact;
}

function priceOfPlain(offer: Offer, compareAt: number | null): Price {
  const unitMinor = offer.unit_price_minor ?? 0;
  return {
    unitMinor,
    wasMinor: compareAt !== null && compareAt > unitMinor ? compareAt : undefined,
    lowestMinor: undefined,
    untilMs: undefined,
    unitCode: offer.unit_code ?? undefined,
  };
}

function ask(offer: Offer, compareAt: number | null, quantity: number): Price {
  const plain = priceOfPlain(offer, compareAt);
  if (!shop.ready) return plain;
  const quoted = shop.quoteOf(offer, quantity);
  const line = quoted?.lines[0];
  if (!line) return plain;
  const own = offer.unit_price_minor ?? 0;
  const before = Math.max(own, compareAt ?? 0);
  const unitMinor = line.unit_price_minor;
  const isReduced = unitMinor < before && line.lowest_30_days_minor !== undefined;
  const isAnnounced = isReduced || (compareAt ?? 0) > unitMinor;
  return {
    unitMinor,
    wasMinor: isAnnounced ? before : undefined,
    lowestMinor: isAnnounced ? line.lowest_30_days_minor : undefined,
    untilMs: unitMinor < own ? quoted.valid_until_ms : undefined,
    unitCode: plain.unitCode,
  };
}

/// The price of an offer for everybody when so much of it is in the cart.
export function priceOfOffer(offer: Offer, compareAt: number | null, quantity = 1): Price {
  if (isPlain(offer)) return priceOfPlain(offer, compareAt);
  const minute = Math.floor(Date.now() / minuteMs);
  if (minute !== keptMinute) kept = new WeakMap();
  keptMinute = minute;
  const known = kept.get(offer)?.get(quantity);
  if (known) return known;
  const price = ask(offer, compareAt, quantity);
  if (!shop.ready) return price;
  kept.set(offer, (kept.get(offer) ?? new Map<number, Price>()).set(quantity, price));
  return price;
}

export function priceOf(variant: Variant): Price {
  return priceOfOffer(variant.offer, variant.compare_at_minor);
}

/// The price of a line with what must be said beside it. Nothing where the page does not know the
/// offer, or the line's price is another one: of the customer's group, or of an older offer.
export function lineTerms(line: OrderView['lines'][number]): Price | undefined {
  const known = knownSku(line.sku);
  if (!known?.offer) return undefined;
  const same = shop.cartLines.filter((one) => one.sku === line.sku);
  const quantity = same.reduce((sum, one) => sum + one.quantity, 0);
  const price = priceOfOffer(known.offer, known.compare_at ?? null, quantity);
  return price.unitMinor === line.unitPriceMinor ? price : undefined;
}
