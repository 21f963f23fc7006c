// SPDX-License-Identifier: Apache-2.0
// load_chromium_ms: from the first byte asked of localhost to a core that is loaded and running
// in Chromium with a cold code cache. The package is bundled as a shop's page bundles it. Each of
// the 20 loads has a browser of its own; the median is printed, and beside it as the baseline that
// of a script of a few lines with a module of eight bytes: what a browser takes to fetch anything.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { build } from 'vite';

const loads = 20;
const root = fileURLToPath(new URL('../../', import.meta.url));
const source = join(root, 'build/bench/load-source');
const folder = join(root, 'build/bench/load');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const page = '<!doctype html><title>load</title>';
const nothing = {
  '/nothing/load.js': `globalThis.loadCore = async () =>
    await WebAssembly.instantiateStreaming(fetch('/nothing/nothing.wasm'));`,
  '/nothing/nothing.wasm': new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
};

mkdirSync(source, { recursive: true });
writeFileSync(
  join(source, 'load.js'),
  "import { load } from 'tandem-checkout';\nglobalThis.loadCore = load;\n",
);
await build({
  root: source,
  logLevel: 'error',
  configFile: false,
  build: {
    outDir: folder,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: join(source, 'load.js'),
      output: { entryFileNames: 'load.js' },
    },
  },
});

/** The bundled files as a shop would serve them: packed beforehand, kept by no browser. */
const packed = new Map([['/', brotliCompressSync(page)]]);
for (const [path, bytes] of Object.entries(nothing)) packed.set(path, brotliCompressSync(bytes));
for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!file.isFile()) continue;
  const path = join(file.parentPath, file.name);
  packed.set(`/${relative(folder, path)}`, brotliCompressSync(readFileSync(path)));
}
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  const body = packed.get(path);
  if (!body) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': types[extname(path)] ?? 'text/html',
    'content-encoding': 'br',
    'cache-control': 'no-store',
  });
  response.end(body);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const address = `http://127.0.0.1:${server.address().port}/`;

async function coldLoad(script) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const tab = await browser.newPage();
    await tab.goto(address, { waitUntil: 'networkidle' });
    return await tab.evaluate(async (address) => {
      const before = performance.now();
      await import(address);
      await globalThis.loadCore();
      return performance.now() - before;
    }, script);
  } finally {
    await browser.close();
  }
}

const median = (sorted) => (sorted[loads / 2 - 1] + sorted[loads / 2]) / 2;

await coldLoad('/load.js'); // The disk is warm from here on; the browser never is.
const times = [];
const ofNothing = [];
for (let i = 0; i < loads; i += 1) {
  times.push(await coldLoad('/load.js'));
  ofNothing.push(await coldLoad('/nothing/load.js'));
}
server.close();
for (const all of [times, ofNothing]) all.sort((a, b) => a - b);
const baseline = median(ofNothing).toFixed(1);
console.log(`load_chromium_ms ${median(times).toFixed(1)} baseline ${baseline}`);
console.log(`  fastest ${times[0].toFixed(1)}, slowest ${times.at(-1).toFixed(1)}, loads ${loads}`);
