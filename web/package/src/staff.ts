// SPDX-License-Identifier: Apache-2.0
// The staff's build of the core: every command, and the verb `replay`.
import { Core, outcomeOf, verbText, type VerbText } from './core.js';
import { staffCoreVersion } from './core-version.js';
import { compile, instantiate } from './instantiate.js';
import type { Outcome } from './outcome.js';
import type { RawStaffCore } from './raw.js';
import type { ReplayAnswer, ReplayScript } from './replay.js';

export type * from './events.js';
export type * from './outside-commands.js';
export type * from './replay.js';
export type * from './staff-commands.js';

export class StaffCore extends Core {
  /** @internal */
  readonly raw: RawStaffCore;

  /** @internal */
  constructor(raw: RawStaffCore, version: string) {
    super(raw, version);
    this.raw = raw;
  }

  /** Plays a script of commands and facts on a shop in memory. */
  replay(script: ReplayScript): Outcome<ReplayAnswer> {
    return outcomeOf(this.replayText(JSON.stringify(script)));
  }

  /** The same on text, byte for byte what the command line answers. */
  replayText(script: string): VerbText {
    return verbText(this.raw.replay(script));
  }

  /** @internal A verb on the bytes of a file, which need not be text at all. */
  verb(name: 'quote' | 'replay', input: Uint8Array): VerbText {
    return verbText(this.raw[name](input));
  }
}

let loaded: Promise<StaffCore> | undefined;

/** Loads the staff's build; once. */
export function loadStaff(): Promise<StaffCore> {
  loaded ??= loadAnew().catch((fault: unknown) => {
    loaded = undefined;
    throw fault;
  });
  return loaded;
}

async function loadAnew(): Promise<StaffCore> {
  const compiling = compile(new URL('./tandem-staff.wasm', import.meta.url));
  const glue = (await import('./tandem-staff.js')).default;
  const raw = await instantiate(glue, compiling);
  return new StaffCore(raw, staffCoreVersion);
}
