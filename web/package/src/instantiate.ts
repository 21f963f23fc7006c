// SPDX-License-Identifier: Apache-2.0
// From a source of WebAssembly to a running core: streamed where that is possible, from a file
// under Node, from bytes, or from a module that somebody else compiled.
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

type Instantiated = WebAssembly.WebAssemblyInstantiatedSource;

async function instantiateUrl(
  address: string | URL,
  imports: WebAssembly.Imports,
): Promise<Instantiated> {
  const url = address instanceof URL ? address : toUrl(address);
  const files = url instanceof URL && url.protocol === 'file:' ? nodeFiles() : undefined;
  if (files && url instanceof URL) {
    return await WebAssembly.instantiate(files.readFileSync(url), imports);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The core could not be fetched: HTTP ${response.status}`);
  if (response.headers.get('content-type') === 'application/wasm') {
    return await WebAssembly.instantiateStreaming(response, imports);
  }
  // Served with another type, it cannot be streamed; it is the same module all the same.
  return await WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

function toUrl(address: string): string | URL {
  return /^[a-z]+:/.test(address) ? new URL(address) : address;
}

async function obtain(source: WasmSource, imports: WebAssembly.Imports): Promise<Instantiated> {
  if (source instanceof WebAssembly.Module) {
    return { module: source, instance: await WebAssembly.instantiate(source, imports) };
  }
  if (typeof source === 'string' || source instanceof URL) {
    return await instantiateUrl(source, imports);
  }
  return await WebAssembly.instantiate(source, imports);
}

/** @internal The glue alone would wait for ever for a module that cannot be had. */
export function instantiate<Raw extends RawCore>(
  glue: Glue<Raw>,
  source: WasmSource,
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const running = glue({
      instantiateWasm: (imports, done) => {
        obtain(source, imports).then(({ instance, module }) => {
          done(instance, module);
        }, reject);
        return {};
      },
    });
    running.then(resolve, reject);
  });
}
