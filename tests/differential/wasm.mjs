// SPDX-License-Identifier: Apache-2.0
// The staff build of the core as it comes out of the compiler, without the package around it.
import { readFileSync } from 'node:fs';

const folder = process.env.TANDEM_WASM ?? new URL('../../build/wasm/wasm/', import.meta.url);

export async function loadStaffCore() {
  const { default: glue } = await import(new URL('tandem-staff.mjs', folder));
  const bytes = readFileSync(new URL('tandem-staff.wasm', folder));
  return await glue({
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(bytes, imports).then(({ instance, module }) =>
        done(instance, module),
      );
      return {};
    },
  });
}
