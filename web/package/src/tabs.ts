// SPDX-License-Identifier: Apache-2.0
// Several tabs of one shop, and the network that comes and goes. A tab tells the others what it
// applied, with the offers that it needs, and what was confirmed; ids make it harmless that two of
// them send the same command.
import type { Offer } from './documents.js';

/** @internal A command that another tab applied. */
export interface AppliedElsewhere {
  readonly orderId: string;
  readonly command: string;
  readonly commandId: string;
  /** Of the goods that it names: the tab that hears of it may never have shown them. */
  readonly offers: readonly Offer[];
}

type Told =
  | { readonly applied: AppliedElsewhere }
  | { readonly confirmed: { readonly orderId: string; readonly version: number } }
  | { readonly account: true };

/** @internal */
export interface TabListener {
  applied(elsewhere: AppliedElsewhere): void;
  confirmed(orderId: string, version: number): void;
  /** Somebody signed in or out; the device's order may be another one. */
  account(): void;
  online(): void;
  offline(): void;
}

/** @internal */
export class Tabs {
  readonly #channel: BroadcastChannel | undefined;
  readonly #ends = new AbortController();
  #listener: TabListener | undefined;
  #unheard: Told[] = [];

  /** Hears from now on what the others tell; without a name there are no others. */
  constructor(name: string | undefined) {
    if (name === undefined || !('BroadcastChannel' in globalThis)) return;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (this.#listener) hear(this.#listener, data);
      else this.#unheard.push(data);
    };
  }

  /** Tells the listener what was heard so far, and from now on at once. */
  listen(listener: TabListener): void {
    const { signal } = this.#ends;
    const target = globalThis as Partial<Pick<Window, 'addEventListener'>>;
    target.addEventListener?.(
      'online',
      () => {
        listener.online();
      },
      { signal },
    );
    target.addEventListener?.(
      'offline',
      () => {
        listener.offline();
      },
      { signal },
    );
    this.#listener = listener;
    for (const told of this.#unheard) hear(listener, told);
    this.#unheard = [];
  }

  applied(applied: AppliedElsewhere): void {
    this.#tell({ applied });
  }

  confirmed(orderId: string, version: number): void {
    this.#tell({ confirmed: { orderId, version } });
  }

  account(): void {
    this.#tell({ account: true });
  }

  close(): void {
    this.#ends.abort();
    this.#channel?.close();
  }

  #tell(told: Told): void {
    this.#channel?.postMessage(told);
  }
}

function hear(listener: TabListener, told: Told): void {
  if ('applied' in told) listener.applied(told.applied);
  else if ('account' in told) listener.account();
  else listener.confirmed(told.confirmed.orderId, told.confirmed.version);
}
