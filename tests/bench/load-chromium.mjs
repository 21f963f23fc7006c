// SPDX-License-Identifier: Apache-2.0
// load_chromium_ms: from the first byte asked of localhost to a core that is loaded and running
// in Chromium with a cold code cache. The package is bundled as a shop's page bundles it. Each of
// the 20 loads has a browser of its own; the median is printed.
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

async function coldLoad() {
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
    return await tab.evaluate(async () => {
      const before = performance.now();
      await import('/load.js');
      await globalThis.loadCore();
      return performance.now() - before;
    });
  } finally {
    await browser.close();
  }
}

await coldLoad(); // The disk is warm from here on; the browser never is.
const times = [];
for (let i = 0; i < loads; i += 1) times.push(await coldLoad());
server.close();
times.sort((a, b) => a - b);
const middle = (times[loads / 2 - 1] + times[loads / 2]) / 2;
console.log(`load_chromium_ms ${middle.toFixed(1)}`);
console.log(`  fastest ${times[0].toFixed(1)}, slowest ${times.at(-1).toFixed(1)}, loads ${loads}`);
