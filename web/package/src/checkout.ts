// SPDX-License-Identifier: Apache-2.0
// The checkout client. Every action is decided here at once by the core, kept on the device and
// sent when there is a network; what the server answers is folded in beneath what is pending.
import { Account } from './account.js';
import { CheckoutEvents } from './checkout-events.js';
import type { CancelOrder, Command, PlaceOrder, ReturnDemand, ServerCommand } from './commands.js';
import type { Core } from './core.js';
import type { Offer } from './documents.js';
import { randomId, type Environment } from './environment.js';
import { Keeper } from './keeper.js';
import { LocalOrder } from './local-order.js';
import { wireText } from './names.js';
import { fetchRules, loadCore, openParts } from './opening.js';
import type { CheckoutOptions, CheckoutParts } from './opening.js';
import type { Rejection } from './outcome.js';
import type { ApplyResult, PaymentStep, PlaceResult, RequestResult } from './results.js';
import { paymentStep } from './results.js';
import type { Rules } from './rules.js';
import type { CheckoutState, Connection, Notice } from './state.js';
import type { CheckoutStorage, KeptOrder } from './storage.js';
import { Synchronizer, type SyncListener } from './synchronizer.js';
import type { Tabs } from './tabs.js';
import type { CoreAnswer, Transport } from './transport.js';

export class Checkout extends CheckoutEvents {
  readonly #shop: string;
  readonly #environment: Environment;
  readonly #transport: Transport;
  readonly #storage: CheckoutStorage;
  readonly #loadCore: (where: CoreAnswer) => Promise<Core>;
  readonly #listeners = new Set<(state: CheckoutState) => void>();
  readonly #tabs: Tabs;
  readonly #keeper: Keeper;
  /** Who is signed in, and how customers sign in and out. */
  readonly account: Account;
  #local: LocalOrder;
  #synchronizer: Synchronizer;
  #state: CheckoutState;
  #connection: Connection;
  #coreOutdated = false;
  #payment: PaymentStep | null = null;
  #placing: { readonly id: string; readonly digest: string } | undefined;
  /** Requests whose answer was lost, with the ids under which they were sent. */
  readonly #unanswered = new Map<string, string>();

  /** Opens the device's cart, or begins a new one. Sends nothing of it yet. */
  static async open(options: CheckoutOptions): Promise<Checkout> {
    const { parts, local, kept } = await openParts(options);
    const checkout = new Checkout(local, parts);
    const notices = kept === null ? [] : await checkout.#restore(kept);
    checkout.#listenToTabs();
    await parts.storage.writeRules(parts.shop, local.rules).catch(() => undefined);
    checkout.#shown(notices);
    if (checkout.#state.pending > 0) checkout.#synchronizer.soon();
    return checkout;
  }

  private constructor(local: LocalOrder, parts: CheckoutParts) {
    super();
    this.#local = local;
    this.#environment = parts.environment;
    this.#shop = parts.shop;
    this.#storage = parts.storage;
    this.#transport = parts.transport;
    this.#loadCore = parts.options.loadCore ?? ((where) => loadCore(this.#transport, where));
    this.#connection = this.#environment.isOnline() ? 'online' : 'offline';
    this.#state = this.#compose();
    this.#synchronizer = this.#synchronize();
    this.#tabs = parts.tabs;
    this.#keeper = new Keeper(parts.storage, parts.shop);
    this.account = new Account(this, parts, {
      order: () => this.#local,
      goOnWith: (order) => this.#follow(order),
      saved: () => this.#keeper.saved(),
      changed: (state) => {
        this.tell('account', state);
        this.#announce();
      },
    });
  }

  /** What is shown: plain data, another object after each change. */
  get state(): CheckoutState {
    return this.#state;
  }

  /** The shop's rules as they are published now: names of promotions, countries, policies. */
  get rules(): Rules {
    return this.#local.publishedRules;
  }

  /** Where the customer goes on to pay, while an attempt waits. */
  get payment(): PaymentStep | null {
    return this.#payment;
  }

  /** Calls the listener after each change; the answer ends that. */
  subscribe(listener: (state: CheckoutState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the page has shown, so that a cart with it can be computed here. */
  putOffers(
    offers: readonly Offer[],
    availability: Readonly<Record<string, number | null>> = {},
  ): void {
    this.#shown(this.#local.putOffers(offers, availability));
  }

  /** Decides at once. What is accepted is kept on the device and sent soon. */
  apply(command: Command): ApplyResult {
    if ((command as { readonly type: string }).type === 'place_order') {
      throw new TypeError('An order is placed with place().');
    }
    const text = wireText(command);
    const id = randomId(this.#environment);
    const answer = this.#local.apply(text, id);
    if (!answer.ok) return answer;
    this.#shown([]);
    const offers = this.#local.offersIn(text);
    this.#tabs.applied({ orderId: this.#local.orderId, command: text, commandId: id, offers });
    this.#synchronizer.soon();
    return { ok: true, state: this.#state };
  }

  /** Why `apply` would refuse a command now; null when it would not. Changes nothing. */
  refusalOf(command: Command): Rejection | null {
    return this.#local.refusalOf(wireText(command));
  }

  /** Sends what is pending. Resolves when the server has answered or cannot be reached. */
  async sync(): Promise<void> {
    await this.#synchronizer.sync();
  }

  /** Fetches what happened elsewhere: after the return from a payment page, say. */
  async refresh(): Promise<void> {
    const synchronizer = this.#synchronizer;
    if (!this.#local.created) return;
    const ending = await synchronizer.inTurn(() => synchronizer.fetchEvents());
    this.#connect(ending === 'offline' ? 'offline' : 'online');
  }

  /** Places the order as it is shown now. Needs the network, and says so. */
  async place(): Promise<PlaceResult> {
    const digest = this.#state.quoteDigest;
    if (!this.#environment.isOnline()) return { status: 'offline' };
    await this.sync();
    if (this.#state.pending > 0) return { status: 'offline' };
    if (this.#placing) await this.refresh();
    if (this.#placing && this.#state.view.axes.order !== 'quotation') return this.#placed();
    const { rejection } = this.#state.place;
    if (rejection) return { status: 'rejected', rejection };
    if (this.#placing?.digest !== digest) {
      this.#placing = { id: randomId(this.#environment), digest };
    }
    return await this.#sendPlacing(this.#placing.id, digest);
  }

  /** Starts a payment for what is still due on a placed order. Needs the network, as `place`. */
  startPayment(asked: { method?: string; amountMinor?: number } = {}): Promise<RequestResult> {
    return this.#request({ type: 'start_payment', ...asked });
  }

  /** Cancels the order, if the shop's rules still allow it. Moves no money. */
  async cancelOrder(reason?: string): Promise<RequestResult> {
    const command = { type: 'cancel_order', ...(reason === undefined ? {} : { reason }) } as const;
    const rejection = this.refusalOf(command);
    return rejection ? { status: 'rejected', rejection } : await this.#request(command);
  }

  /** Announces goods that come back; `state.view.returns` shows what becomes of them. */
  requestReturn(lines: readonly ReturnDemand[], note?: string): Promise<RequestResult> {
    return this.#request({
      type: 'request_return',
      lines,
      ...(note === undefined ? {} : { note }),
    });
  }

  /** Takes an announced return back, as long as nothing of it has arrived. */
  cancelReturn(number: number): Promise<RequestResult> {
    return this.#request({ type: 'cancel_return', return: number });
  }

  /** Takes the lines of another cart of this customer into this one; that one is canceled. */
  mergeCart(orderId: string): Promise<RequestResult> {
    return this.#request({ type: 'merge_cart', from: orderId });
  }

  /** Adds what an earlier order held, as far as it is still sold. */
  reorder(orderId: string): Promise<RequestResult> {
    return this.#request({ type: 'reorder', from: orderId });
  }

  /** Begins a new order; the one before stays as it is. */
  startOver(): void {
    const orderId = randomId(this.#environment);
    const secret = randomId(this.#environment);
    this.#goOnWith({ orderId, secret, created: false });
    this.#shown([]);
  }

  /** Lets go of everything that would go on: timers, other tabs, the session. */
  async close(): Promise<void> {
    this.#synchronizer.close();
    this.#tabs.close();
    await this.#keeper.saved();
  }

  #listenToTabs(): void {
    this.#tabs.listen({
      applied: ({ orderId, command, commandId, offers }) => {
        if (orderId !== this.#local.orderId) return;
        const notices = this.#local.putOffers(offers, {});
        this.#local.apply(command, commandId);
        this.#shown(notices, { told: true });
      },
      confirmed: (orderId, version) => {
        if (orderId !== this.#local.orderId) return;
        this.#local.created = true;
        if (version > this.#state.version) void this.refresh();
      },
      account: () => void this.account.heard(),
      online: () => void this.sync(),
      offline: () => {
        this.#connect('offline');
      },
    });
  }

  async #sendPlacing(id: string, expectedDigest: string): Promise<PlaceResult> {
    const command = (): PlaceOrder => {
      const { version } = this.#local.state;
      return { type: 'place_order', expectedDigest, expectedVersion: version };
    };
    const verdict = await this.#synchronizer.ask(command, id);
    switch (verdict.kind) {
      case 'accepted':
        return this.#placed();
      case 'rejected':
        return this.#notPlaced(verdict.rejection);
      default:
        return { status: 'unknown' };
    }
  }

  #placed(): PlaceResult {
    this.#placing = undefined;
    return { status: 'placed', state: this.#state, payment: this.#payment };
  }

  #notPlaced(rejection: Rejection): PlaceResult {
    this.#placing = undefined;
    const changed = rejection.reason === 'quote_changed' || rejection.reason === 'version_stale';
    if (changed) return { status: 'changed', rejection, state: this.#state };
    return { status: 'rejected', rejection };
  }

  /** Sends one command by itself, after what is pending, and waits for what becomes of it. */
  async #request(command: ServerCommand | CancelOrder): Promise<RequestResult> {
    if (!this.#environment.isOnline()) return { status: 'offline' };
    await this.sync();
    if (this.#state.pending > 0) return { status: 'offline' };
    const question = wireText(command);
    const id = this.#unanswered.get(question) ?? randomId(this.#environment);
    this.#unanswered.set(question, id);
    const verdict = await this.#synchronizer.ask(() => command, id);
    if (verdict.kind === 'unknown') return { status: 'unknown' };
    this.#unanswered.delete(question);
    if (verdict.kind === 'rejected') return { status: 'rejected', rejection: verdict.rejection };
    return { status: 'accepted', state: this.#state, payment: this.#payment };
  }

  #synchronize(): Synchronizer {
    const listener: SyncListener = {
      shown: (notices) => {
        this.#shown(notices);
        this.#tabs.confirmed(this.#local.orderId, this.#state.version);
      },
      answered: ({ payment }) => {
        this.#payment = paymentStep(payment);
      },
      failed: (rejection) => {
        this.tell('failed', rejection);
      },
      connected: (connection) => {
        this.#connect(connection);
      },
      gone: () => this.#beginAgain(),
      renewCore: () => this.#renewCore(),
      renewRules: () => this.#renewRules(),
      saved: () => this.#keeper.saved(),
    };
    return new Synchronizer(this.#local, this.#transport, this.#environment, listener);
  }

  /** A cart that was left for too long, which the shop has removed: its goods go into a new one. */
  #beginAgain(): boolean {
    const again = this.#local.again();
    if (!again) return false;
    this.startOver();
    this.putOffers(again.offers);
    for (const command of again.commands) this.apply(command);
    return true;
  }

  #goOnWith(order: Omit<KeptOrder, 'kept'>): void {
    const before = this.#local;
    this.#synchronizer.close();
    this.#local = new LocalOrder(before.core, before.rules, this.#environment, order);
    before.handOver(this.#local);
    this.#synchronizer = this.#synchronize();
    this.#payment = null;
    this.#placing = undefined;
    this.#unanswered.clear();
    void this.#keeper.saved().then(() => {
      before.close();
    });
  }

  async #follow(order: KeptOrder): Promise<void> {
    if (order.orderId === this.#local.orderId) return;
    this.#goOnWith(order);
    this.#shown(order.kept === null ? [] : await this.#restore(order.kept));
  }

  async #restore(kept: string): Promise<readonly Notice[]> {
    try {
      return this.#local.restore(kept);
    } catch (fault) {
      // Kept by a page with another core, perhaps a newer one: the server has it.
      if (await this.#renewCore()) return this.#local.restore(kept);
      throw fault;
    }
  }

  async #renewCore(): Promise<boolean> {
    this.#coreOutdated = true;
    this.#state = this.#compose();
    this.tell('core-outdated', this.#state);
    try {
      const reply = await this.#transport.core();
      if (reply.kind !== 'answer') return false;
      const where = JSON.parse(reply.text) as CoreAnswer;
      if (where.core_version === this.#local.core.version) return false;
      const notices = this.#local.changeCore(await this.#loadCore(where));
      this.#coreOutdated = false;
      this.#shown(notices);
      return true;
    } catch {
      return false;
    }
  }

  async #renewRules(): Promise<boolean> {
    const rules = await fetchRules(this.#transport);
    if (!rules) return false;
    this.#shown(this.#local.setRules(rules));
    await this.#storage.writeRules(this.#shop, rules).catch(() => undefined);
    return true;
  }

  #compose(): CheckoutState {
    const { state } = this.#local;
    const connection = this.#connection;
    return { ...state, connection, coreOutdated: this.#coreOutdated };
  }

  /** Shows the state that the core has now, keeps it, and tells everybody. */
  #shown(notices: readonly Notice[], { told = false } = {}): void {
    this.#state = this.#compose();
    if (!told) this.#keeper.save(this.#local, () => this.#local);
    for (const notice of notices) this.tell('rejected', notice);
    this.#announce();
  }

  #announce(): void {
    for (const listener of [...this.#listeners]) listener(this.#state);
    this.tell('changed', this.#state);
  }

  #connect(told: Connection): void {
    // What was asked before the network went may still be answered.
    const connection = this.#environment.isOnline() ? told : 'offline';
    if (connection === this.#connection) return;
    const before = this.#connection;
    this.#connection = connection;
    this.#state = this.#compose();
    if (connection === 'offline') this.tell('offline', this.#state);
    if (before === 'offline' && connection === 'online') this.tell('online', this.#state);
    if (connection === 'online' && this.#state.pending === 0) this.tell('synced', this.#state);
    this.#announce();
  }
}
