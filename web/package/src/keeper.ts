// SPDX-License-Identifier: Apache-2.0
// Writes orders to the device: the latest state, however often it changed meanwhile, and never two
// writes at once.
import type { LocalOrder } from './local-order.js';
import type { CheckoutStorage } from './storage.js';

/** @internal */
export class Keeper {
  readonly #storage: CheckoutStorage;
  readonly #shop: string;
  #saving: Promise<void> = Promise.resolve();
  #soon: LocalOrder | undefined;

  constructor(storage: CheckoutStorage, shop: string) {
    this.#storage = storage;
    this.#shop = shop;
  }

  /** Resolves when everything is on the device. */
  saved(): Promise<void> {
    return this.#saving;
  }

  /** `current` answers the device's order when it is asked: that may be another one by then. */
  save(local: LocalOrder, current: () => LocalOrder): void {
    if (this.#soon === local) return;
    this.#soon = local;
    this.#saving = this.#saving
      .then(async () => {
        if (this.#soon === local) this.#soon = undefined;
        await this.#storage.writeOrder(this.#shop, local.toKeep());
        if (current() === local) await this.#storage.writeCurrent(this.#shop, local.orderId);
      })
      // A full device must not stop a purchase: the page goes on without keeping it.
      .catch(() => undefined);
  }
}
