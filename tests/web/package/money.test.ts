// SPDX-License-Identifier: Apache-2.0
// Amounts, digits and quantities as people read them. Locales put marks and spaces of their own
// into amounts; these tests look at the digits and words, and leave those out.
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type * as Package from 'tandem-checkout';
import { importPackage } from './support/installed.ts';

let shown: typeof Package;

beforeAll(async () => {
  shown = await importPackage();
});

const unspaced = (text: string) => text.replace(/[\s\u200e\u200f\u061c\u00a0\u202f]/g, '');

describe('formatMoney', () => {
  it.each([
    [123456, 'EUR', 'en', '€1,234.56'],
    [123456, 'EUR', 'de', '1.234,56€'],
    [-5, 'EUR', 'en', '-€0.05'],
    [123456, 'JPY', 'en', '¥123,456'],
    [1234567, 'KWD', 'en', 'KWD1,234.567'],
    [9007199254740991, 'EUR', 'en', '€90,071,992,547,409.91'],
  ])('writes %i of %s in %s', (minor, currency, locale, text) => {
    expect(unspaced(shown.formatMoney(minor, currency, locale))).toBe(text);
  });

  it('writes the digits of a locale', () => {
    expect(unspaced(shown.formatMoney(123456, 'EUR', 'fa'))).toContain('۱٬۲۳۴٫۵۶');
  });
});

describe('a format', () => {
  const amounts = () => [
    shown.formatMoney(1290, 'EUR', 'en'),
    shown.formatMoney(1290, 'EUR', 'en', { currencyDisplay: 'code' }),
    shown.formatMoney(1290, 'EUR', 'de'),
    shown.formatMoney(1290, 'USD', 'en'),
    shown.formatMoney(1290, 'IRR', 'fa', { unit: 'toman' }),
    shown.formatQuantity('1.5', 'KGM', 'en'),
    shown.formatQuantity('1.5', 'LTR', 'en'),
  ];

  it('is made once for each locale and its options', () => {
    const first = amounts();
    expect(new Set(first).size).toBe(first.length);
    const making = jest.spyOn(Intl, 'NumberFormat');
    expect(amounts()).toEqual(first);
    expect(making).not.toHaveBeenCalled();
    making.mockRestore();
  });
});

describe('tomans', () => {
  const toman = (minor: number, locale: string) =>
    unspaced(shown.formatMoney(minor, 'IRR', locale, { unit: 'toman' }));

  it('are ten rials', () => {
    expect(toman(1_000, 'en')).toBe('1toman');
    expect(toman(125_000_000, 'en')).toBe('125,000toman');
    expect(toman(125_000_000, 'fa')).toBe('۱۲۵٬۰۰۰تومان');
    expect(toman(-125_000_000, 'fa-IR')).toBe('−۱۲۵٬۰۰۰تومان');
  });

  it('lose no rial and no dinar', () => {
    expect(toman(1_234_500, 'en')).toBe('1,234.5toman');
    expect(toman(1_234_567, 'en')).toBe('1,234.567toman');
    expect(toman(9_007_199_254_740_991, 'en')).toBe('9,007,199,254,740.991toman');
  });

  it('take the options of Intl', () => {
    const options = { unit: 'toman', useGrouping: false } as const;
    expect(unspaced(shown.formatMoney(125_000_000, 'IRR', 'en', options))).toBe('125000toman');
  });

  it('are of rials alone', () => {
    expect(shown.formatMoney(1_000, 'EUR', 'en', { unit: 'toman' })).toBe('€10.00');
    expect(unspaced(shown.formatMoney(1_000, 'IRR', 'en'))).toBe('IRR10');
  });
});

describe('localDigits', () => {
  it.each([
    ['fa', '۱۲۳۴۵۶۷۸۹۰'],
    ['fa-IR', '۱۲۳۴۵۶۷۸۹۰'],
    ['ar', '١٢٣٤٥٦٧٨٩٠'],
    ['de', '1234567890'],
  ])('writes those of %s', (locale, text) => {
    expect(shown.localDigits('1234567890', locale)).toBe(text);
  });
});

describe('formatQuantity', () => {
  it.each([
    [1.5, 'KGM', 'en', '1.5kg'],
    [1.5, 'KGM', 'fa', '۱٫۵کیلوگرم'],
    ['0.000000000001', 'MTR', 'en', '0.000000000001m'],
    [3, 'HUR', 'de', '3Std.'],
    [1_200, 'H87', 'en', '1,200'],
    [2, null, 'fa', '۲'],
  ] as const)('writes %s %s in %s', (quantity, unit, locale, text) => {
    expect(unspaced(shown.formatQuantity(quantity, unit, locale))).toBe(text);
  });

  it('knows which units have a word', () => {
    expect(shown.hasUnitName('LTR')).toBe(true);
    expect(shown.hasUnitName('H87')).toBe(false);
    expect(shown.hasUnitName(undefined)).toBe(false);
  });
});
