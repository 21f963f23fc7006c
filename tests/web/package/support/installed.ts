// SPDX-License-Identifier: Apache-2.0
// The package as a stranger has it: unpacked from its tarball by tests/package/npm/install.mjs.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Package from 'tandem-checkout';
import type * as Staff from 'tandem-checkout/staff';

export const root = process.cwd();
export const app = resolve(root, 'build/package-test/app');
export const shipped = resolve(app, 'node_modules/tandem-checkout');

if (!existsSync(resolve(shipped, 'dist/index.js'))) {
  throw new Error('The package is not packed; run node tests/package/npm/install.mjs.');
}

const resolver = createRequire(resolve(app, 'package.json'));

/** The file that the package's exports name. */
export function resolved(name: string): string {
  return resolver.resolve(name);
}

export async function importPackage(): Promise<typeof Package> {
  return (await import(pathToFileURL(resolved('tandem-checkout')).href)) as typeof Package;
}

export async function importStaff(): Promise<typeof Staff> {
  return (await import(pathToFileURL(resolved('tandem-checkout/staff')).href)) as typeof Staff;
}
