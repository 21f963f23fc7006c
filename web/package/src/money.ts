// SPDX-License-Identifier: Apache-2.0
// Amounts and digits as people read them. What a minor unit is comes from the core's ISO 4217
// table; how an amount looks comes from the locale.
import { minorDigits } from './generated/currencies.js';
import { numberFormat } from './number-format.js';

/**
 * The unit in which an amount is shown. A toman is ten Iranian rials: prices in Iran are said in
 * tomans while the currency's code, and every stored amount, is the rial.
 */
export type MoneyUnit = 'currency' | 'toman';

export interface MoneyFormat extends Intl.NumberFormatOptions {
  /** 'currency' unless given; 'toman' counts for amounts in IRR alone. */
  readonly unit?: MoneyUnit | undefined;
}

/** An amount of minor units as a decimal text, so that no amount goes through a fraction. */
function decimal(minor: number, exponent: number): `${number}` {
  const digits = Math.abs(minor)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const part = digits.slice(digits.length - exponent);
  const sign = minor < 0 ? '-' : '';
  return `${sign}${whole}${part === '' ? '' : `.${part}`}` as `${number}`;
}

const tomanNames: Readonly<Record<string, string>> = { fa: 'تومان', ar: 'تومان', ur: 'تومان' };

const tongue = (locale: string) => locale.split('-', 1)[0] ?? '';

/** The locale's own way to write money, with the toman's name in the currency's place. */
function formatToman(minor: number, locale: string, options: Intl.NumberFormatOptions): string {
  const rialDigits = minorDigits.IRR ?? 2;
  const tomans = decimal(minor, rialDigits + 1);
  // A fraction is shown only where there is one: a toman has no smaller coin to name.
  const digits = { minimumFractionDigits: 0, maximumFractionDigits: rialDigits + 1, ...options };
  const name = tomanNames[tongue(locale)] ?? 'toman';
  const format = numberFormat(locale, {
    style: 'currency',
    currency: 'IRR',
    ...digits,
    currencyDisplay: 'name',
  });
  return format
    .formatToParts(tomans)
    .map(({ type, value }) => (type === 'currency' ? name : value))
    .join('');
}

/** An amount of whole minor units, in the words and digits of a locale. */
export function formatMoney(
  minor: number,
  currency: string,
  locale: string,
  { unit = 'currency', ...options }: MoneyFormat = {},
): string {
  if (unit === 'toman' && currency === 'IRR') return formatToman(minor, locale, options);
  const format = numberFormat(locale, { style: 'currency', currency, ...options });
  return format.format(decimal(minor, minorDigits[currency] ?? 2));
}

const zeros: Readonly<Record<string, number>> = { fa: 0x06f0, ar: 0x0660, ur: 0x06f0 };

/** A text with its ASCII digits in the digits of a locale. */
export function localDigits(text: string, locale: string): string {
  const zero = zeros[tongue(locale)];
  if (zero === undefined) return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(zero + Number(digit)));
}
