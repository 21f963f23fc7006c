// SPDX-License-Identifier: Apache-2.0
// Goods that this device has never shown: another one put them into the cart of the account. Their
// names and pictures are asked for once.
import type { OrderView } from 'tandem-checkout';
import { fetchPage, knownSku, rememberVariant, type Product } from './catalog.ts';

const asked = new Set<string>();

async function productOf(sku: string): Promise<Product | undefined> {
  const { products } = await fetchPage({ q: sku, category: '' });
  for (const product of products) {
    const variant = product.variants.find(({ offer }) => offer.sku === sku);
    if (!variant) continue;
    rememberVariant(product, variant);
    return product;
  }
  return undefined;
}

/// Calls `found` with each product that is learned of.
export function learnUnseen(view: OrderView, found: (product: Product) => void): void {
  for (const { sku } of [...view.lines, ...view.saved]) {
    if (asked.has(sku) || knownSku(sku)) continue;
    asked.add(sku);
    productOf(sku)
      .then((product) => {
        if (product) found(product);
      })
      // Without a network its number has to do until the next time.
      .catch(() => asked.delete(sku));
  }
}
