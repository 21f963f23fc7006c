// SPDX-License-Identifier: Apache-2.0
// From a source of WebAssembly to a running core: compiled while it streams where that is possible,
// from a file under Node, from bytes, or given as a module that somebody else compiled. Compiling
// needs nothing of the glue, so both are on their way at the same time.
import type { Glue, RawCore } from './raw.js';

/** @internal */
export type WasmSource = string | URL | BufferSource | WebAssembly.Module;

interface NodeFiles {
  readFileSync(path: URL): Uint8Array<ArrayBuffer>;
}
interface NodeProcess {
  getBuiltinModule?(name: 'node:fs'): NodeFiles;
}

/** Node's files without an import, which bundlers would follow. */
function nodeFiles(): NodeFiles | undefined {
  return (globalThis as { process?: NodeProcess }).process?.getBuiltinModule?.('node:fs');
}

async function compileUrl(address: string | URL): Promise<WebAssembly.Module> {
  const url = address instanceof URL ? address : toUrl(address);
  const files = url instanceof URL && url.protocol === 'file:' ? nodeFiles() : undefined;
  if (files && url instanceof URL) return await WebAssembly.compile(files.readFileSync(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The core could not be fetched: HTTP ${response.status}`);
  if (response.headers.get('content-type') === 'application/wasm') {
    return await WebAssembly.compileStreaming(response);
  }
  // Served with another type, it cannot be streamed; it is the same module all the same.
  return await WebAssembly.compile(await response.arrayBuffer());
}

function toUrl(address: string): string | URL {
  return /^[a-z]+:/.test(address) ? new URL(address) : address;
}

/** @internal Begins at once; whoever awaits it hears of a failure. */
export function compile(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return Promise.resolve(source);
  const isAddress = typeof source === 'string' || source instanceof URL;
  const module = isAddress ? compileUrl(source) : WebAssembly.compile(source);
  // The glue may fail first; then nobody asks for the module any more.
  module.catch(() => undefined);
  return module;
}

/** @internal The glue alone would wait for ever for a module that cannot be had. */
export function instantiate<Raw extends RawCore>(
  glue: Glue<Raw>,
  compiling: Promise<WebAssembly.Module>,
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const running = glue({
      instantiateWasm: (imports, done) => {
        compiling
          .then(async (module) => {
            done(await WebAssembly.instantiate(module, imports), module);
          })
          .catch(reject);
        return {};
      },
    });
    running.then(resolve, reject);
  });
}
