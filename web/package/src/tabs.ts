// SPDX-License-Identifier: Apache-2.0
// Several tabs of one shop, and the network that comes and goes. A tab tells the others what it
// applied and what was confirmed; ids make it harmless that two of them send the same command.

interface Told {
  readonly orderId: string;
  readonly command?: string;
  readonly commandId?: string;
  readonly version?: number;
}

/** @internal */
export interface TabListener {
  applied(orderId: string, command: string, commandId: string): void;
  confirmed(orderId: string, version: number): void;
  online(): void;
  offline(): void;
}

/** @internal */
export class Tabs {
  readonly #channel: BroadcastChannel | undefined;
  readonly #ends = new AbortController();

  /** Without a name there are no other tabs. */
  constructor(name: string | undefined, listener: TabListener) {
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
    if (name === undefined || !('BroadcastChannel' in globalThis)) return;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<Told>) => {
      const { orderId, command, commandId, version } = data;
      if (command !== undefined && commandId !== undefined) {
        listener.applied(orderId, command, commandId);
      }
      if (version !== undefined) listener.confirmed(orderId, version);
    };
  }

  applied(orderId: string, command: string, commandId: string): void {
    this.#tell({ orderId, command, commandId });
  }

  confirmed(orderId: string, version: number): void {
    this.#tell({ orderId, version });
  }

  close(): void {
    this.#ends.abort();
    this.#channel?.close();
  }

  #tell(told: Told): void {
    this.#channel?.postMessage(told);
  }
}
