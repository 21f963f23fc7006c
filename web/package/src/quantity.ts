// SPDX-License-Identifier: Apache-2.0
// Quantities as people read them: a number with its unit in the words of a locale.
import { numberFormat } from './number-format.js';

/** Units of UN/ECE Recommendation 20 that locales have words for. */
const units: Readonly<Record<string, string>> = {
  CMT: 'centimeter',
  DAY: 'day',
  FOT: 'foot',
  GRM: 'gram',
  HUR: 'hour',
  INH: 'inch',
  KGM: 'kilogram',
  KMT: 'kilometer',
  LBR: 'pound',
  LTR: 'liter',
  MIN: 'minute',
  MLT: 'milliliter',
  MMT: 'millimeter',
  MON: 'month',
  MTR: 'meter',
  ONZ: 'ounce',
  WEE: 'week',
};

/**
 * A quantity in the digits and words of a locale: `formatQuantity('1.5', 'KGM', 'en')` is "1.5 kg".
 * A decimal text keeps every digit. Without a unit, or with one that is counted in pieces or has no
 * word, it is the number alone.
 */
export function formatQuantity(
  quantity: number | `${number}`,
  unitCode: string | null | undefined,
  locale: string,
): string {
  const unit = units[unitCode ?? ''];
  const style = unit === undefined ? {} : ({ style: 'unit', unit } as const);
  return numberFormat(locale, { maximumFractionDigits: 12, ...style }).format(quantity);
}

/** Whether formatQuantity() has a word for this unit. */
export function hasUnitName(unitCode: string | null | undefined): boolean {
  return units[unitCode ?? ''] !== undefined;
}
