// SPDX-License-Identifier: Apache-2.0
// All goods of the sample shop as variants with prices, stock and words, made from the rows of the
// families. What a row may say beside its texts:
//   pal      colors of its picture            art    kind of its picture, if not the family's
//   a, b     options: [name, value...], a value being a text or [text, price in cents]
//   sizes    sold in 100 g and 250 g          grams  weight of one
//   out      sold out: true, or the value     back   sold beyond its stock
//   untracked, returnable, care               as they say

import { createHash } from 'node:crypto';
import { books, ebooks, files, vouchers } from './books.mjs';
import { candles, lighting, living } from './home.mjs';
import { paper, writing } from './stationery.mjs';
import { pantry, tea } from './tea.mjs';
import { teaware } from './teaware.mjs';
import { words } from './words.mjs';

const families = [
  tea,
  teaware,
  pantry,
  paper,
  writing,
  books,
  ebooks,
  files,
  lighting,
  candles,
  living,
  vouchers,
];

/// A number that depends on nothing but the text.
export const number = (text) => createHash('sha256').update(text).digest().readUInt32BE(0);

const persian = (word) => {
  if (!(word in words)) throw new Error(`words.mjs has no Persian for "${word}"`);
  return words[word];
};

// Prices end in 90 cents.
const raised = (cents, percent) => Math.round((cents * percent) / 10000) * 100 - 10;

const ofSizes = (price) => ['Size', ['100 g', price], ['250 g', raised(price, 225)]];

const optionOf = ([name, ...values], price) => ({
  name,
  values: values.map((value) => (Array.isArray(value) ? value : [value, price])),
});

// A thirteen-digit code from the range that is kept for use within a shop.
const barcode = (sku) => {
  const digits = `20${String(number(sku) % 1e10).padStart(10, '0')}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0);
  return digits + ((10 - (sum % 10)) % 10);
};

const letters = (value) =>
  value
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 6)
    .toUpperCase();

const stockOf = (sku, values, row, family) => {
  if (family.digital || row.untracked) return null;
  if (row.out === true || values.includes(row.out)) return 0;
  if (row.back) return number(sku) % 3;
  return 4 + (number(sku) % 57);
};

// The weight in percent of the smallest size.
const weightOfSize = { '250 g': 230, Medium: 160, Large: 220 };

const gramsOf = (values, row, family) => {
  if (family.digital) return 0;
  return Math.round(((row.grams ?? family.grams) * (weightOfSize[values[0]] ?? 100)) / 100);
};

const variantOf = (sku, values, price, row, family) => {
  const onSale = number(`${sku}/sale`) % 11 === 0 && !family.giftCard;
  return {
    sku,
    values,
    price,
    grams: gramsOf(values, row, family),
    stock: stockOf(sku, values, row, family),
    policy: row.back ? 'continue' : 'deny',
    barcode: family.digital ? '' : barcode(sku),
    // Some lines are on sale: the old price stands beside the new one.
    before: onSale ? raised(price, 125) : null,
  };
};

const productOf = (family, [handle, title, titleFa, price, body, bodyFa, row = {}], index) => {
  const options = [];
  if (row.sizes ?? (family.sizes && !row.a)) options.push(optionOf(ofSizes(price), price));
  if (row.a) options.push(optionOf(row.a, price));
  if (row.b) options.push(optionOf(row.b, null));
  const code = `${family.prefix}-${101 + index}`;
  const combinations = options.reduce(
    (all, option) =>
      all.flatMap((one) =>
        option.values.map(([value, cents]) => ({
          values: [...one.values, value],
          price: cents ?? one.price,
        })),
      ),
    [{ values: [], price }],
  );
  const [care, careFa] = row.care ?? family.care;
  return {
    handle,
    title,
    titleFa,
    body: `<p>${body} ${care}</p>`,
    bodyFa: `<p>${bodyFa} ${careFa}</p>`,
    vendor: family.vendor,
    type: family.type,
    tags: family.tags,
    taxClass: family.tax,
    taxable: family.tax !== 'zero',
    returnable: (row.returnable ?? family.returnable ?? true) && !family.digital,
    digital: family.digital ?? false,
    giftCard: family.giftCard ?? false,
    options: options.map((option) => option.name),
    optionsFa: options
      .flatMap((option) => [option.name, ...option.values.map(([value]) => value)])
      .map((word) => `${word}=${persian(word)}`)
      .join('; '),
    variants: combinations.map(({ values, price: cents }) =>
      variantOf([code, ...values.map(letters)].join('-'), values, cents, row, family),
    ),
    art: row.art ?? family.art,
    palette: row.pal,
  };
};

export const products = families.flatMap((family) =>
  family.rows.map((row, index) => productOf(family, row, index)),
);
