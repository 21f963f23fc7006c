// SPDX-License-Identifier: Apache-2.0
// The sentence at a line whose price the shop changed while it was in the cart.
import { moneyText, text } from '../app/language.ts';
import { priceChangeOf } from '../app/price-watch.ts';
import { shop } from '../app/shop.ts';

export function priceNote(lineId: string): string | undefined {
  const change = priceChangeOf(lineId);
  if (!change) return undefined;
  return text('cart.price_changed', {
    old: moneyText(change.old, shop.currency),
    now: moneyText(change.now, shop.currency),
  });
}
