// SPDX-License-Identifier: Apache-2.0
// What needs no browser: messages, styles, and the checks of what is typed.
import { expect, test } from '@playwright/test';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addressFault, emailFault, foldedPostcode } from '../../../web/store/src/address/faults.ts';
import { fieldsOf } from '../../../web/store/src/address/countries.ts';
import { en } from '../../../web/store/src/messages/en.ts';
import { fa } from '../../../web/store/src/messages/fa.ts';
import { fill, parse, placeholders } from '../../../web/store/src/messages/format.ts';
import { reasonsEn } from '../../../web/store/src/messages/reasons-en.ts';
import { reasonsFa } from '../../../web/store/src/messages/reasons-fa.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const reasonList = readFileSync(`${root}core/tandem/base/reasons.def`, 'utf8');
const reasons = [...reasonList.matchAll(/^TANDEM_REASON\(\d+, (\w+),/gm)].map((row) => row[1]);

const all = { ...en, ...reasonsEn };
const allPersian = { ...fa, ...reasonsFa };

test('every reason of the core has a sentence in both languages, and no other has', () => {
  expect(reasons.length).toBeGreaterThan(100);
  expect(Object.keys(reasonsEn).sort()).toEqual([...reasons].sort());
  expect(Object.keys(reasonsFa).sort()).toEqual([...reasons].sort());
});

test('both languages have the same messages with the same placeholders', () => {
  expect(Object.keys(fa).sort()).toEqual(Object.keys(en).sort());
  for (const [key, message] of Object.entries(all)) {
    const other = (allPersian as Record<string, string>)[key] ?? '';
    expect([key, ...placeholders(other)].sort()).toEqual([key, ...placeholders(message)].sort());
    expect(() => parse(message)).not.toThrow();
  }
});

test('no sentence blames, begs or shouts', () => {
  const forbidden = /\b(invalid|error|failed|oops|please|sorry|submit|cvv)\b|!/i;
  const blamed = Object.entries(all).filter(
    ([key, message]) => key !== 'faults.prefix' && forbidden.test(message),
  );
  expect(blamed).toEqual([]);
});

test('Persian is written in Persian letters, marks and half-spaces', () => {
  const wrong = Object.entries(allPersian).filter(
    ([, message]) =>
      /[\u064a\u0643]/.test(message) || // Arabic ye and kaf
      /[\u0600-\u06ff],| {2}|[\u0600-\u06ff]\?/.test(message) ||
      /(^|\s)(می|نمی) /.test(message) ||
      / (ها|های|هایی)(\s|$)/.test(message),
  );
  expect(wrong).toEqual([]);
});

test('plurals choose their words', () => {
  const say = (n: number): string =>
    fill(en['cart.title'], { n }, 'en', (value) => String(value)).join('');
  expect([say(0), say(1), say(3)]).toEqual(['Cart', 'Cart (1 item)', 'Cart (3 items)']);
});

test('the button says pay and the amount', () => {
  expect(en['pay.button']).toBe('Pay {amount}');
  expect(en['pay.obligation']).toBe('Order with obligation to pay {amount}');
  expect(fa['pay.button']).toBe('پرداخت {amount}');
  expect(fa['pay.obligation']).toBe('ثبت سفارش با تعهد پرداخت {amount}');
});

test('no style names left or right', () => {
  const folder = `${root}web/store/src/styles/`;
  const physical = new RegExp(
    [
      /(?<![-\w])((margin|padding|border)-)?(left|right)(-(width|color|style|radius))?\s*[:;]/,
      /(top|bottom)-(left|right)|(float|clear):|[^-\w](min-|max-)?(width|height):/,
    ]
      .map((part) => part.source)
      .join('|'),
  );
  const found = readdirSync(folder).flatMap((file) =>
    readFileSync(folder + file, 'utf8')
      .split('\n')
      .filter((line) => physical.test(line) && !line.startsWith('@media'))
      .map((line) => `${file}: ${line}`),
  );
  expect(found).toEqual([]);
});

test('an email is checked kindly', () => {
  expect(emailFault('')?.key).toBe('fault.email_missing');
  expect(emailFault('sara')?.key).toBe('fault.email_at');
  expect(emailFault('sara@example')?.key).toBe('fault.email_form');
  expect(emailFault(' sara@example.com ')).toBeUndefined();
});

test('a postal code may be written as people write it', () => {
  for (const code of ['10969', '۱۰۹۶۹', '١٠٩٦٩', '１０９６９', ' 10 969 ', '109-69']) {
    expect(addressFault('DE', 'postcode', code)).toBeUndefined();
  }
  expect(addressFault('DE', 'postcode', '1096')).toEqual({
    key: 'fault.postcode_digits',
    values: { max: 5, n: 4 },
  });
  expect(addressFault('GB', 'postcode', 'sw1a1aa')).toBeUndefined();
  expect(foldedPostcode('۱۱۳۶۹-۳۶۸۱۱')).toBe('1136936811');
  expect(addressFault('AE', 'postcode', '')?.key).toBe('fault.postcode_missing');
  expect(fieldsOf('AE')).not.toContain('postcode');
});
