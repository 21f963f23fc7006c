#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Writes the sample shop's product export and pictures from source/. The same source always gives
// the same bytes; with --check nothing is written and a difference is an error.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { art } from './source/art.mjs';
import { palettes } from './source/palettes.mjs';
import { number, products } from './source/products.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const pictureBytesMax = 2048;

const columns = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Product Category',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Tracker',
  'Variant Inventory Qty',
  'Variant Inventory Policy',
  'Variant Fulfillment Service',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Requires Shipping',
  'Variant Taxable',
  'Variant Barcode',
  'Image Src',
  'Image Position',
  'Image Alt Text',
  'Gift Card',
  'SEO Title',
  'SEO Description',
  'Google Shopping / Google Product Category',
  'Google Shopping / Gender',
  'Google Shopping / Age Group',
  'Google Shopping / MPN',
  'Google Shopping / Condition',
  'Google Shopping / Custom Product',
  'Google Shopping / Custom Label 0',
  'Google Shopping / Custom Label 1',
  'Google Shopping / Custom Label 2',
  'Google Shopping / Custom Label 3',
  'Google Shopping / Custom Label 4',
  'Body (fa) (product.metafields.custom.body_fa)',
  'Options (fa) (product.metafields.custom.options_fa)',
  'Returnable (product.metafields.custom.returnable)',
  'Tax class (product.metafields.custom.tax_class)',
  'Title (fa) (product.metafields.custom.title_fa)',
  'Variant Image',
  'Variant Weight Unit',
  'Variant Tax Code',
  'Cost per item',
  'Included / Germany',
  'Price / Germany',
  'Compare At Price / Germany',
  'Included / International',
  'Price / International',
  'Compare At Price / International',
  'Status',
];

const cell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const money = (cents) => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

const productCells = (product) => ({
  Title: product.title,
  'Body (HTML)': product.body,
  Vendor: product.vendor,
  Type: product.type,
  Tags: product.tags,
  Published: 'true',
  'Option1 Name': product.options[0] ?? 'Title',
  'Option2 Name': product.options[1] ?? '',
  'Image Src': `images/${product.handle}.svg`,
  'Image Position': '1',
  'Image Alt Text': product.title,
  'Gift Card': String(product.giftCard),
  'Body (fa) (product.metafields.custom.body_fa)': product.bodyFa,
  'Options (fa) (product.metafields.custom.options_fa)': product.optionsFa,
  'Returnable (product.metafields.custom.returnable)': String(product.returnable),
  'Tax class (product.metafields.custom.tax_class)': product.taxClass,
  'Title (fa) (product.metafields.custom.title_fa)': product.titleFa,
  Status: 'active',
});

const variantCells = (product, variant) => ({
  Handle: product.handle,
  'Option1 Value': variant.values[0] ?? 'Default Title',
  'Option2 Value': variant.values[1] ?? '',
  'Variant SKU': variant.sku,
  'Variant Grams': `${variant.grams}.0`,
  'Variant Inventory Tracker': variant.stock === null ? '' : 'shopify',
  'Variant Inventory Qty': variant.stock === null ? '' : String(variant.stock),
  'Variant Inventory Policy': variant.policy,
  'Variant Fulfillment Service': product.giftCard ? 'gift_card' : 'manual',
  'Variant Price': money(variant.price),
  'Variant Compare At Price': variant.before === null ? '' : money(variant.before),
  'Variant Requires Shipping': String(!product.digital),
  'Variant Taxable': String(product.taxable),
  'Variant Barcode': variant.barcode && `'${variant.barcode}`,
  'Variant Weight Unit': 'g',
  'Cost per item': money(Math.round(variant.price * 0.45)),
  'Included / Germany': 'true',
  'Included / International': 'true',
});

const csv = () => {
  const rows = products.flatMap((product) =>
    product.variants.map((variant, i) => ({
      ...(i === 0 ? productCells(product) : {}),
      ...variantCells(product, variant),
    })),
  );
  return (
    [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
      .map((cells) => cells.map(cell).join(','))
      .join('\n') + '\n'
  );
};

const picture = (product) => {
  const [ground, soft, main, accent] = palettes[product.palette];
  const shapes = art[product.art](soft, main, accent, number(product.handle));
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">' +
    `<rect width="400" height="400" fill="${ground}"/>` +
    `<rect y="320" width="400" height="80" fill="${soft}" opacity=".6"/>${shapes}</svg>\n`
  );
};

const files = new Map([['products.csv', csv()]]);
for (const product of products) files.set(`images/${product.handle}.svg`, picture(product));

const faults = [];
for (const [path, text] of files)
  if (path.endsWith('.svg') && Buffer.byteLength(text) > pictureBytesMax)
    faults.push(`${path} is larger than ${pictureBytesMax} bytes`);
if (files.size !== products.length + 1) faults.push('two products have the same handle');

mkdirSync(`${folder}images`, { recursive: true });
const stale = readdirSync(`${folder}images`).filter((name) => !files.has(`images/${name}`));
const differs = ([path, text]) =>
  !existsSync(folder + path) || readFileSync(folder + path, 'utf8') !== text;
if (process.argv.includes('--check')) {
  for (const [path] of [...files].filter(differs)) faults.push(`${path} is not as generated`);
  for (const name of stale) faults.push(`images/${name} belongs to no product`);
} else {
  for (const name of stale) rmSync(`${folder}images/${name}`);
  for (const [path, text] of files) writeFileSync(folder + path, text);
  const variants = products.reduce((count, product) => count + product.variants.length, 0);
  console.log(`${products.length} products, ${variants} variants`);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
