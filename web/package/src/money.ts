// SPDX-License-Identifier: Apache-2.0
// Amounts and digits as people read them. What a minor unit is comes from the core's ISO 4217
// table; how an amount looks comes from the locale.
import { minorDigits } from './generated/currencies.js';

/** An amount of whole minor units, in the words and digits of a locale. */
export function formatMoney(
  minor: number,
  currency: string,
  locale: string,
  options: Intl.NumberFormatOptions = {},
): string {
  const exponent = minorDigits[currency] ?? 2;
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...options });
  // As a decimal text, so that no amount goes through a fraction that cannot be held exactly.
  const digits = Math.abs(minor)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const part = digits.slice(digits.length - exponent);
  const sign = minor < 0 ? '-' : '';
  return format.format(`${sign}${whole}${part === '' ? '' : `.${part}`}` as `${number}`);
}

const zeros: Readonly<Record<string, number>> = { fa: 0x06f0, ar: 0x0660, ur: 0x06f0 };

/** A text with its ASCII digits in the digits of a locale. */
export function localDigits(text: string, locale: string): string {
  const zero = zeros[locale.split('-', 1)[0] ?? ''];
  if (zero === undefined) return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(zero + Number(digit)));
}
