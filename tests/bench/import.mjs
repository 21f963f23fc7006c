// SPDX-License-Identifier: Apache-2.0
// How long an import of 100,000 variants takes, how much memory at most, and how long the same file
// takes again with one price changed, on SQLite.
//
//   VARIANTS=100000 node tests/bench/import.mjs
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tandem = process.env.TANDEM ?? join(root, 'build/bench/server/tandem');
const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
const database = join(folder, 'shop.db');
const variants = Number(process.env.VARIANTS ?? 100_000);
const variantsOfProduct = 5;

const figure = (name, value, digits) => console.log(`${name} ${value.toFixed(digits)}`);

/** Goods as Shopify exports them; the first one costs `price`. */
function goods(price) {
  const rows = [
    'Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,' +
      'Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Image Src',
  ];
  for (let i = 0; i < variants; i += 1) {
    const product = Math.floor(i / variantsOfProduct);
    const size = i % variantsOfProduct;
    const own =
      size === 0
        ? `Product ${product},"<p>A product of the ${product}th kind, made for measuring.</p>",` +
          `House ${product % 40},Type ${product % 30},"tag ${product % 90}, new",Size`
        : ',,,,,';
    const cost = i === 0 ? price : `${10 + (i % 90)}.${10 + (i % 89)}`;
    rows.push(
      `product-${product},${own},Size ${size},SKU-${i},${100 + size},shopify,${i % 50},${cost},` +
        (size === 0 ? `images/${product}.svg` : ''),
    );
  }
  return `${rows.join('\n')}\n`;
}

/** Imports the goods; answers the seconds it took, the most memory, and what it said. */
async function run(text) {
  const products = join(folder, 'products.csv');
  writeFileSync(products, text);
  const rules = join(root, 'examples/shop/rules.json');
  const began = performance.now();
  const child = spawn(
    tandem,
    ['import', '--db', database, '--rules', rules, '--products', products],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (data) => (said += data));
  let mib = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      mib = Math.max(mib, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It has ended.
    }
  }, 20);
  const code = await new Promise((done) => child.once('close', done));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the import ended with ${code}: ${said}`);
  return { seconds: (performance.now() - began) / 1000, mib, said };
}

try {
  const first = await run(goods('10.00'));
  console.log(first.said.trim());
  figure('import_100k_s', first.seconds, 1);
  figure('import_100k_mib', first.mib, 0);
  const again = await run(goods('9.00'));
  console.log(again.said.trim());
  if (!again.said.includes('variants: 0 new, 1 changed')) throw new Error('more than one changed');
  figure('import_100k_again_s', again.seconds, 1);
  execFileSync(tandem, ['verify', '--db', database, '--quiet'], { stdio: 'inherit' });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
