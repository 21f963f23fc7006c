// SPDX-License-Identifier: Apache-2.0
// What a checkout uses of its surroundings, so that tests can put something else in its place.
import type { Fetch } from './transport.js';

/** A pending call; what `cancel` takes. */
export type Timer = unknown;

export interface Environment {
  readonly fetch: Fetch;
  /** Milliseconds since any fixed moment, never going back. */
  readonly elapsedMs: () => number;
  /** Milliseconds since 1970, for as long as no server has told the time. */
  readonly wallMs: () => number;
  readonly later: (call: () => void, delayMs: number) => Timer;
  readonly cancel: (timer: Timer) => void;
  /** Whether there is a network, as far as can be known. */
  readonly isOnline: () => boolean;
  /** Random bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

export function browserEnvironment(): Environment {
  return {
    fetch: (address, init) => fetch(address, init),
    elapsedMs: () => performance.now(),
    wallMs: () => Date.now(),
    later: (call, delayMs) => setTimeout(call, delayMs),
    cancel: (timer) => {
      clearTimeout(timer as ReturnType<typeof setTimeout>);
    },
    isOnline: () => (globalThis.navigator as Partial<Navigator> | undefined)?.onLine !== false,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  };
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** @internal 128 random bits as 32 hexadecimal digits. */
export function randomId(environment: Environment): string {
  let id = '';
  for (const byte of environment.random(16)) id += hexOf[byte] ?? '';
  return id;
}
