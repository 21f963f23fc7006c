// SPDX-License-Identifier: Apache-2.0
// What a checkout keeps on the device: the order's id and secret, its confirmed events and pending
// commands, and the rules, so that a page opens and computes without a network.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface KeptOrder {
  readonly orderId: string;
  /** Empty: the order is read and changed as the account of who is signed in. */
  readonly secret: string;
  /** The account that the order belongs to; none: nobody's, as far as is known. */
  readonly customer?: string | null;
  /** Whether the server has the order. */
  readonly created: boolean;
  /** Confirmed events and pending commands, as the core wrote them; null while there are none. */
  readonly kept: string | null;
}

export interface KeptRules {
  readonly rulesId: string;
  readonly document: string;
  readonly serverTimeMs: number;
}

/** Where it is kept; `shop` tells several shops on one origin apart. */
export interface CheckoutStorage {
  readOrder(shop: string, orderId: string): Promise<KeptOrder | undefined>;
  writeOrder(shop: string, order: KeptOrder): Promise<void>;
  /** Removes the orders of an account: whoever uses the device next has no right to them. */
  forgetOrders(shop: string, customer: string): Promise<void>;
  /**
   * The order of this device. Without one `fresh` becomes it, in one step: of two tabs that open at
   * once both hold the same order.
   */
  claimCurrent(shop: string, fresh: KeptOrder): Promise<KeptOrder>;
  writeCurrent(shop: string, orderId: string): Promise<void>;
  readRules(shop: string): Promise<KeptRules | undefined>;
  writeRules(shop: string, rules: KeptRules): Promise<void>;
}

/** Keeps nothing beyond the page; tests and servers use it. */
export class MemoryStorage implements CheckoutStorage {
  readonly #rows = new Map<string, unknown>();

  readOrder(shop: string, orderId: string): Promise<KeptOrder | undefined> {
    return this.#read(`order ${shop} ${orderId}`);
  }
  writeOrder(shop: string, order: KeptOrder): Promise<void> {
    return this.#write(`order ${shop} ${order.orderId}`, order);
  }
  forgetOrders(shop: string, customer: string): Promise<void> {
    for (const [key, row] of this.#rows) {
      const isTheirs = (row as Partial<KeptOrder>).customer === customer;
      if (key.startsWith(`order ${shop} `) && isTheirs) this.#rows.delete(key);
    }
    return Promise.resolve();
  }
  claimCurrent(shop: string, fresh: KeptOrder): Promise<KeptOrder> {
    const current = this.#rows.get(`current ${shop}`) as string | undefined;
    const order = this.#rows.get(`order ${shop} ${current ?? ''}`) as KeptOrder | undefined;
    if (order) return Promise.resolve(order);
    this.#rows.set(`order ${shop} ${fresh.orderId}`, fresh);
    this.#rows.set(`current ${shop}`, fresh.orderId);
    return Promise.resolve(fresh);
  }
  writeCurrent(shop: string, orderId: string): Promise<void> {
    return this.#write(`current ${shop}`, orderId);
  }
  readRules(shop: string): Promise<KeptRules | undefined> {
    return this.#read(`rules ${shop}`);
  }
  writeRules(shop: string, rules: KeptRules): Promise<void> {
    return this.#write(`rules ${shop}`, rules);
  }

  #read<Row>(key: string): Promise<Row | undefined> {
    return Promise.resolve(this.#rows.get(key) as Row | undefined);
  }
  #write(key: string, row: unknown): Promise<void> {
    this.#rows.set(key, row);
    return Promise.resolve();
  }
}

interface Schema extends DBSchema {
  orders: { key: [string, string]; value: KeptOrder & { readonly shop: string } };
  current: { key: string; value: string };
  rules: { key: string; value: KeptRules };
}

/** @internal */
export class IndexedDbStorage implements CheckoutStorage {
  readonly #database: IDBPDatabase<Schema>;

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  static async open(): Promise<IndexedDbStorage> {
    const database = await openDB<Schema>('tandem-checkout', 1, {
      upgrade(fresh) {
        fresh.createObjectStore('orders', { keyPath: ['shop', 'orderId'] });
        fresh.createObjectStore('current');
        fresh.createObjectStore('rules');
      },
    });
    return new IndexedDbStorage(database);
  }

  async readOrder(shop: string, orderId: string): Promise<KeptOrder | undefined> {
    return await this.#database.get('orders', [shop, orderId]);
  }
  async writeOrder(shop: string, order: KeptOrder): Promise<void> {
    await this.#database.put('orders', { ...order, shop });
  }
  async forgetOrders(shop: string, customer: string): Promise<void> {
    const step = this.#database.transaction('orders', 'readwrite');
    for (const order of await step.store.getAll(IDBKeyRange.bound([shop], [shop, []]))) {
      if (order.customer === customer) await step.store.delete([shop, order.orderId]);
    }
    await step.done;
  }
  async claimCurrent(shop: string, fresh: KeptOrder): Promise<KeptOrder> {
    const step = this.#database.transaction(['current', 'orders'], 'readwrite');
    const orders = step.objectStore('orders');
    const current = await step.objectStore('current').get(shop);
    const order = current === undefined ? undefined : await orders.get([shop, current]);
    if (!order) {
      await orders.put({ ...fresh, shop });
      await step.objectStore('current').put(fresh.orderId, shop);
    }
    await step.done;
    return order ?? fresh;
  }
  async writeCurrent(shop: string, orderId: string): Promise<void> {
    await this.#database.put('current', orderId, shop);
  }
  async readRules(shop: string): Promise<KeptRules | undefined> {
    return await this.#database.get('rules', shop);
  }
  async writeRules(shop: string, rules: KeptRules): Promise<void> {
    await this.#database.put('rules', rules, shop);
  }
}

/** @internal IndexedDB where there is one; private windows may refuse it. */
export async function openStorage(
  wanted: 'indexeddb' | 'memory' | CheckoutStorage,
): Promise<CheckoutStorage> {
  if (typeof wanted === 'object') return wanted;
  if (wanted === 'memory' || !('indexedDB' in globalThis)) return new MemoryStorage();
  try {
    return await IndexedDbStorage.open();
  } catch {
    return new MemoryStorage();
  }
}
