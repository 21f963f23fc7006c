// SPDX-License-Identifier: Apache-2.0
// Prices that changed under a cart that is being looked at: the shop answered a change with newer
// offers. Nothing on the page may become dearer without a word, so each line keeps what it was.
import type { OrderView } from 'tandem-checkout';

export interface PriceChange {
  readonly old: number;
  readonly now: number;
}

interface Seen {
  readonly order: string;
  readonly price: number;
}

const seen = new Map<string, Seen>();
const changed = new Map<string, PriceChange>();

/// Compares the lines with what was shown before; answers whether a price changed just now.
export function watchPrices(order: string, view: OrderView): boolean {
  let isNew = false;
  for (const { lineId, unitPriceMinor } of view.lines) {
    const before = seen.get(lineId);
    seen.set(lineId, { order, price: unitPriceMinor });
    if (before?.order !== order || before.price === unitPriceMinor) continue;
    const old = changed.get(lineId)?.old ?? before.price;
    if (old === unitPriceMinor) changed.delete(lineId);
    else changed.set(lineId, { old, now: unitPriceMinor });
    isNew = true;
  }
  return isNew;
}

export function priceChangeOf(lineId: string): PriceChange | undefined {
  return changed.get(lineId);
}

/// A price that depends on the destination is no change by the shop.
export function forgetPrices(): void {
  seen.clear();
  changed.clear();
}
