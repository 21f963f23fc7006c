// SPDX-License-Identifier: Apache-2.0
// Loading the core. Nothing is done at import; `load` is remembered, and forgets a failure.
import { Core } from './core.js';
import { coreVersion } from './core-version.js';
import { compile, instantiate, type WasmSource } from './instantiate.js';
import type { Glue, RawCore } from './raw.js';
// With the rest in one file: a file of its own is asked for later than all others, and that costs
// more than its bytes.
import ownGlue from './tandem.js';

export interface LoadOptions {
  /** Where the WebAssembly file is; without it, beside this package's files. */
  readonly wasmUrl?: string | URL;
  /** Its bytes. */
  readonly wasmBinary?: BufferSource;
  /** Or the compiled module, where compiling at run time is not allowed. */
  readonly wasmModule?: WebAssembly.Module;
  /** The glue that belongs to it, when it is not this package's own. */
  readonly glue?: unknown;
  /** The version to tell servers, when it is not this package's own. */
  readonly version?: string;
}

const loaded = new Map<unknown, Promise<Core>>();

/** Loads the core; the same source is loaded once. */
export function load(options: LoadOptions = {}): Promise<Core> {
  const key = options.wasmModule ?? options.wasmBinary ?? options.wasmUrl?.toString() ?? 'default';
  let core = loaded.get(key);
  if (!core) {
    core = loadAnew(options);
    loaded.set(key, core);
    core.catch(() => loaded.delete(key));
  }
  return core;
}

function sourceOf(options: LoadOptions): WasmSource {
  if (options.wasmModule) return options.wasmModule;
  if (options.wasmBinary) return options.wasmBinary;
  return options.wasmUrl ?? new URL('./tandem.wasm', import.meta.url);
}

async function loadAnew(options: LoadOptions): Promise<Core> {
  const compiling = compile(sourceOf(options));
  const glue = (options.glue ?? ownGlue) as Glue<RawCore>;
  return new Core(await instantiate(glue, compiling), options.version ?? coreVersion);
}
