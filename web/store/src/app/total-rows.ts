// SPDX-License-Identifier: Apache-2.0
// The rows between the goods and the total, as the core computed them: one list for every place
// that shows them, be it the page or a wallet's sheet.
import { countryName, localized, percent } from './language.ts';
import { shop } from './shop.ts';
import type { MessageKey } from '../messages/en.ts';

export interface TotalRow {
  readonly kind: 'subtotal' | 'discount' | 'delivery' | 'tax' | 'rounding' | 'prepaid';
  readonly name: MessageKey;
  readonly values?: Readonly<Record<string, string>>;
  /// Beneath the name.
  readonly note?: string;
  readonly amountMinor: number;
  /// What is said instead of the amount.
  readonly instead?: MessageKey;
  /// Part of other rows already: taxes that prices include.
  readonly included?: true;
}

export function totalRows(): TotalRow[] {
  const { totals } = shop.view;
  return [
    { kind: 'subtotal', name: 'totals.subtotal', amountMinor: totals.itemsMinor },
    ...discountRow(),
    deliveryRow(),
    ...taxRows(),
    ...amountRow('prepaid', 'totals.prepaid', -totals.prepaidMinor),
    ...amountRow('rounding', 'totals.rounding', totals.roundingMinor),
  ];
}

function amountRow(kind: TotalRow['kind'], name: MessageKey, amountMinor: number): TotalRow[] {
  return amountMinor === 0 ? [] : [{ kind, name, amountMinor }];
}

function discountRow(): TotalRow[] {
  const { totals, lines, shipping } = shop.view;
  if (totals.discountMinor === 0) return [];
  const ids = new Set(
    [...lines.flatMap((line) => line.discounts), ...shipping.discounts].map(
      (discount) => discount.promotion,
    ),
  );
  const row = { kind: 'discount', amountMinor: -totals.discountMinor } as const;
  if (ids.size === 0) return [{ ...row, name: 'totals.discount' }];
  const names = [...ids].map((id) => promotionName(id)).join(', ');
  return [{ ...row, name: 'totals.discount_named', values: { names } }];
}

function deliveryRow(): TotalRow {
  const { shipTo, shipping, totals } = shop.view;
  const option = shop.state.shippingOptions.find((one) => one.method === shipping.method);
  const amountMinor = shop.rules.prices_include_tax ? shipping.grossMinor : shipping.netMinor;
  const isFree = amountMinor === 0 && totals.itemsMinor > 0;
  const instead = shipping.method
    ? isFree && 'totals.delivery_free'
    : shop.needsShipping
      ? 'totals.delivery_open'
      : 'totals.delivery_none';
  return {
    kind: 'delivery',
    ...(shipTo
      ? { name: 'totals.delivery_to', values: { place: countryName(shipTo.country) } }
      : { name: 'totals.delivery' }),
    ...(shipping.method && option ? { note: localized(option.label) } : {}),
    amountMinor,
    ...(instead ? { instead } : {}),
  };
}

function taxRows(): TotalRow[] {
  const isIncluded = shop.rules.prices_include_tax;
  return shop.view.taxSummary.map((tax) => ({
    kind: 'tax',
    name: isIncluded ? 'totals.vat_included' : 'totals.vat',
    values: { rate: percent(tax.ppm) },
    amountMinor: tax.amountMinor,
    ...(isIncluded ? { included: true } : {}),
  }));
}

export function promotionName(id: string): string {
  const promotion = shop.rules.promotions?.find((one) => one.id === id);
  return promotion?.label ? localized(promotion.label) : id;
}
