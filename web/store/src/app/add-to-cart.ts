// SPDX-License-Identifier: Apache-2.0
// Puts a product into the cart and says so: the drawer on wide screens, a bar on phones.
import { alertUser, announce } from './announce.ts';
import type { Product, Variant } from './catalog.ts';
import { moneyText, text } from './language.ts';
import { reasonText } from './reason-text.ts';
import { shop } from './shop.ts';

export const addedEvent = 'shop-added';

/// Adds one and answers the refusal's sentence, if there is one.
export function addToCart(product: Product, variant: Variant): string | undefined {
  if (!shop.ready) {
    shop.whenReady(() => addToCart(product, variant));
    return undefined;
  }
  const sku = variant.offer.sku;
  const before = quantityOf(sku);
  const refused = shop.add(product, variant);
  if (refused) {
    const sentence = reasonText(refused);
    alertUser(sentence);
    return sentence;
  }
  const now = quantityOf(sku);
  if (now === before) {
    const sentence = text('cart.clamped', { n: now });
    alertUser(sentence);
    return sentence;
  }
  const total = moneyText(shop.view.totals.payableMinor, shop.currency);
  announce(`${text('added.bar')}. ${text('cart.title', { n: shop.itemCount })}, ${total}`);
  if (matchMedia('(min-width: 60rem)').matches) shop.setDrawer(true);
  else dispatchEvent(new Event(addedEvent));
  return undefined;
}

function quantityOf(sku: string): number {
  return shop.cartLines
    .filter((line) => line.sku === sku)
    .reduce((sum, line) => sum + line.quantity, 0);
}
