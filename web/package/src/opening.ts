// SPDX-License-Identifier: Apache-2.0
// What a checkout is opened with.
import type { Core } from './core.js';
import { browserEnvironment, randomId, type Environment } from './environment.js';
import { load } from './load.js';
import { LocalOrder } from './local-order.js';
import { openStorage, type CheckoutStorage, type KeptOrder, type KeptRules } from './storage.js';
import { Tabs } from './tabs.js';
import { Transport, type CoreAnswer, type RulesAnswer } from './transport.js';

export interface CheckoutOptions {
  /** The core. While it is still on its way the rules are fetched. */
  readonly core: Core | Promise<Core>;
  /** Where the shop's server is; without it, where the page came from. */
  readonly baseUrl?: string;
  readonly storage?: 'indexeddb' | 'memory' | CheckoutStorage;
  /** An order of this device to go on with, instead of its latest one. */
  readonly orderId?: string;
  readonly environment?: Partial<Environment>;
  /** How another core is had when the server runs one; by default from the server. */
  readonly loadCore?: (where: CoreAnswer) => Promise<Core>;
}

/** @internal What a checkout goes on with once it is open. */
export interface CheckoutParts {
  readonly environment: Environment;
  readonly shop: string;
  readonly storage: CheckoutStorage;
  readonly tabs: Tabs;
  readonly transport: Transport;
  readonly options: CheckoutOptions;
}

/** A shop that cannot be opened: never seen before, and not to be reached now. */
export class ShopUnreachableError extends Error {
  override readonly name = 'ShopUnreachableError';
  constructor() {
    super('The shop cannot be reached, and nothing of it is kept on this device.');
  }
}

/** @internal The rules as the server publishes them; nothing when it cannot be reached. */
export async function fetchRules(transport: Transport): Promise<KeptRules | undefined> {
  const reply = await transport.rules();
  if (reply.kind !== 'answer') return undefined;
  const answer = JSON.parse(reply.text) as RulesAnswer;
  return {
    rulesId: answer.rules_id,
    document: JSON.stringify(answer.rules),
    serverTimeMs: answer.server_time_ms,
  };
}

/** @internal The core that the shop's server runs, from that server. */
export async function loadCore(transport: Transport, where: CoreAnswer): Promise<Core> {
  const glue = transport.address(where.glue_url);
  const made = (await import(/* @vite-ignore */ glue)) as { readonly default: unknown };
  const wasmUrl = transport.address(where.wasm_url);
  return await load({ glue: made.default, wasmUrl, version: where.core_version });
}

/** The tabs that share this device's orders; a storage of one's own is shared by none. */
function openTabs(options: CheckoutOptions, shop: string): Tabs {
  const shared = options.storage === undefined || options.storage === 'indexeddb';
  return new Tabs(shared ? `tandem-checkout ${shop}` : undefined);
}

/** @internal The order that is asked for, or this device's; a new one when there is none. */
export async function keptOrder(
  storage: CheckoutStorage,
  shop: string,
  environment: Environment,
  orderId: string | undefined,
): Promise<KeptOrder> {
  const fresh: KeptOrder = {
    orderId: randomId(environment),
    secret: randomId(environment),
    created: false,
    kept: null,
  };
  if (orderId !== undefined) return (await storage.readOrder(shop, orderId)) ?? fresh;
  // A full device must not stop a purchase.
  return await storage.claimCurrent(shop, fresh).catch(() => fresh);
}

/** @internal The order to begin with, and what is kept of it. Throws ShopUnreachableError. */
export async function openParts(
  options: CheckoutOptions,
): Promise<{ parts: CheckoutParts; local: LocalOrder; kept: string | null }> {
  const environment = { ...browserEnvironment(), ...options.environment };
  const shop = options.baseUrl ?? '';
  const transport = new Transport(shop, environment.fetch);
  const [core, storage, published] = await Promise.all([
    options.core,
    openStorage(options.storage ?? 'indexeddb'),
    fetchRules(transport),
  ]);
  const rules = published ?? (await storage.readRules(shop));
  if (!rules) throw new ShopUnreachableError();
  // Before the order is read: nothing that another tab does meanwhile is missed.
  const tabs = openTabs(options, shop);
  const order = await keptOrder(storage, shop, environment, options.orderId);
  const local = new LocalOrder(core, rules, environment, order);
  const parts = { environment, shop, storage, tabs, transport, options };
  return { parts, local, kept: order.kept };
}
