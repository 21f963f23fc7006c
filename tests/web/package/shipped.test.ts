// SPDX-License-Identifier: Apache-2.0
// What is in the tarball, and where it can be loaded.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { app, importPackage, resolved, root, shipped } from './support/installed.ts';

const files = JSON.parse(
  readFileSync(resolve(root, 'build/package-test/files.json'), 'utf8'),
) as readonly string[];

function node(args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args], {
    cwd: app,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return { status, output: stdout + stderr };
}

function write(name: string, text: string): string {
  const path = resolve(app, name);
  writeFileSync(path, text);
  return path;
}

const use = `
  const core = await load();
  console.log(core.reasons.length > 100, core.quoteText('{').status);
`;

describe('the tarball', () => {
  it('holds both builds, their types, and nothing of the sources', () => {
    for (const name of ['index.js', 'index.d.ts', 'staff.js', 'bin.js', 'tandem.wasm']) {
      expect(files).toContain(`dist/${name}`);
    }
    expect(files.filter((path) => !/^(dist\/|package\.json$|README)/.test(path))).toEqual([]);
  });

  it('makes no code from text', () => {
    for (const path of files.filter((name) => name.endsWith('.js'))) {
      const text = readFileSync(resolve(shipped, path), 'utf8');
      expect([path, /\beval\s*\(|new Function\b|\bFunction\s*\(/.exec(text)]).toEqual([path, null]);
    }
  });

  it('says by name what its core is', async () => {
    const core = await (await importPackage()).load();
    const bytes = readFileSync(resolved('tandem-checkout/tandem.wasm'));
    expect(core.version).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

describe('load', () => {
  it('loads one core once, however often it is asked', async () => {
    const { load } = await importPackage();
    expect(await load()).toBe(await load());
  });

  it('takes bytes or a compiled module', async () => {
    const { load } = await importPackage();
    const bytes = readFileSync(resolved('tandem-checkout/tandem.wasm'));
    const fromBytes = await load({ wasmBinary: bytes });
    const fromModule = await load({ wasmModule: await WebAssembly.compile(bytes) });
    expect(fromBytes.quoteText('{')).toEqual(fromModule.quoteText('{'));
  });

  it('forgets a failure', async () => {
    const { load } = await importPackage();
    const missing = { wasmUrl: new URL(`file://${shipped}/dist/missing.wasm`) };
    const first = load(missing);
    await expect(first).rejects.toThrow();
    const second = load(missing);
    expect(second).not.toBe(first);
    await expect(second).rejects.toThrow();
  });

  it('works for a module', () => {
    const path = write('esm.mjs', `import { load } from 'tandem-checkout';${use}`);
    expect(node([path])).toEqual({ status: 0, output: 'true 1\n' });
  });

  it('works for require', () => {
    const path = write(
      'cjs.cjs',
      `const { load } = require('tandem-checkout');(async () => {${use}})();`,
    );
    // Node before 22 wants to be asked for it.
    const asked = process.features.require_module ? [] : ['--experimental-require-module'];
    const { status, output } = node([...asked, '--no-warnings', path]);
    expect({ status, output }).toEqual({ status: 0, output: 'true 1\n' });
  });

  it('works in a worker', () => {
    write('inside.mjs', `import { load } from 'tandem-checkout';${use}`);
    const path = write(
      'worker.mjs',
      `import { Worker } from 'node:worker_threads';
       new Worker(new URL('./inside.mjs', import.meta.url));`,
    );
    expect(node([path])).toEqual({ status: 0, output: 'true 1\n' });
  });

  it('works through a Vite build, which finds the module by itself', () => {
    const site = resolve(app, 'site');
    mkdirSync(site, { recursive: true });
    writeFileSync(resolve(site, 'index.html'), '<script type="module" src="./main.js"></script>');
    writeFileSync(
      resolve(site, 'main.js'),
      `import { load } from 'tandem-checkout'; load().then((core) => console.log(core.version));`,
    );
    const vite = resolve(root, 'node_modules/vite/bin/vite.js');
    const built = node([vite, 'build', site, '--logLevel', 'warn', '--outDir', 'out']);
    expect(built).toEqual({ status: 0, output: '' });
    const assets = readdirSync(resolve(site, 'out/assets'));
    expect(assets.filter((name) => /^tandem-[\w-]+\.wasm$/.test(name))).toHaveLength(1);
    expect(assets.filter((name) => name.includes('staff'))).toEqual([]);
  });
});
