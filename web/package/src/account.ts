// SPDX-License-Identifier: Apache-2.0
// The customer's account: signing in by a mailed link or by the site's own word, what becomes of
// the cart then, and signing out. Accounts need a shop on the page's own origin: a cookie that no
// script reads stands for the session.
import type {
  AccountResult,
  AccountState,
  BookAddress,
  Customer,
  OwnOrders,
  Settled,
} from './account-state.js';
import type { Checkout } from './checkout.js';
import type { Address } from './commands.js';
import type { LocalOrder } from './local-order.js';
import type { Rejection } from './outcome.js';
import { wireText } from './names.js';
import { keptOrder, type CheckoutParts } from './opening.js';
import type { KeptOrder } from './storage.js';
import type { Reply, Transport } from './transport.js';
import type { OrderView } from './view.js';

/** @internal What an account does with its checkout besides what everybody may. */
export interface AccountHost {
  /** The order at hand. */
  order(): LocalOrder;
  /** Goes on with another order. */
  goOnWith(order: KeptOrder): Promise<void>;
  /** Resolves when everything is on the device. */
  saved(): Promise<void>;
  changed(state: AccountState): void;
}

interface SessionAnswer {
  readonly cart: { readonly order: string | null; readonly refused: Rejection['reason'] | null };
  readonly customer: Customer;
}

interface OrderRow {
  readonly currency: string;
  readonly delivery: string;
  readonly id: string;
  readonly order_no: number;
  readonly payment: string;
  readonly placed_ms: number | null;
  readonly state: string;
  readonly total_minor: number;
  readonly updated_ms: number;
}

interface ProfileAnswer {
  readonly addresses: readonly {
    readonly address: Readonly<Record<string, string>> & { readonly country: string };
    readonly id: string;
    readonly updated_ms: number;
  }[];
  readonly customer: Customer;
}

const guest: AccountState = { status: 'guest', customer: null };

function failed(
  reply: Exclude<Reply, { readonly kind: 'answer' }>,
): Exclude<AccountResult<never>, { readonly status: 'done' }> {
  if (reply.kind === 'lost') return { status: 'offline' };
  const { rejection, retryAfterMs } = reply;
  return { status: 'rejected', rejection, retryAfterMs };
}

function withoutNulls(address: Address): object {
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value !== null));
}

/** Nothing would be missed if it were not shown any more: an empty cart, one that was taken up. */
function isLeft(view: OrderView): boolean {
  if (view.axes.order === 'quotation') return view.lines.length === 0;
  return view.axes.order === 'canceled' && view.payments.length === 0;
}

function goodsOf({ lines, saved }: OrderView): string {
  return JSON.stringify([lines.map(({ lineId, quantity }) => [lineId, quantity]), saved]);
}

export class Account {
  readonly #checkout: Checkout;
  readonly #transport: Transport;
  readonly #parts: CheckoutParts;
  readonly #host: AccountHost;
  #state: AccountState = { status: 'unknown', customer: null };
  #turn: Promise<unknown> = Promise.resolve();

  /** @internal */
  constructor(checkout: Checkout, parts: CheckoutParts, host: AccountHost) {
    this.#checkout = checkout;
    this.#parts = parts;
    this.#transport = parts.transport;
    this.#host = host;
  }

  /** Who is signed in, as far as is known; another object after each change. */
  get state(): AccountState {
    return this.#state;
  }

  /**
   * Asks the shop to mail a link to sign in with; `language` is that of the mail, `en` or `fa`. The
   * answer is the same for every address.
   */
  async askForLink(email: string, language: string): Promise<AccountResult<null>> {
    const reply = await this.#transport.askForLink(email, language);
    return reply.kind === 'answer' ? { status: 'done', value: null } : failed(reply);
  }

  /**
   * Asks who is signed in: after the return from the mail's link, say. The cart of this device and
   * the account's own become one; null when nobody is signed in.
   */
  refresh(): Promise<AccountResult<Settled | null>> {
    return this.#inTurn(() => this.#refresh());
  }

  /** Signs in by a token of the embedding site. */
  identify(token: string): Promise<AccountResult<Settled | null>> {
    return this.#inTurn(async () => {
      await this.#checkout.sync();
      const { orderId, secret } = this.#host.order();
      return await this.#settled(await this.#transport.identify(token, orderId, secret));
    });
  }

  /**
   * Ends the session. The cart stays with the account, and this device begins a new one: whoever
   * uses it next has no right to what was the customer's.
   */
  signOut(): Promise<AccountResult<null>> {
    return this.#inTurn(async () => {
      await this.#checkout.sync();
      const reply = await this.#transport.asCustomer('DELETE', '/v1/session');
      const isGone = reply.kind === 'refused' && reply.rejection.reason === 'unauthorized';
      if (reply.kind !== 'answer' && !isGone) return failed(reply);
      await this.#leave();
      this.#parts.tabs.account();
      return { status: 'done', value: null };
    });
  }

  /** The address book, the entry that was changed last first. */
  async addresses(): Promise<AccountResult<readonly BookAddress[]>> {
    const reply = await this.#transport.asCustomer('GET', '/v1/customer');
    if (reply.kind !== 'answer') return failed(reply);
    const { addresses } = JSON.parse(reply.text) as ProfileAnswer;
    const value = addresses.map(({ address: { tax_number: taxNumber, ...address }, ...entry }) => ({
      id: entry.id,
      address: { ...address, ...(taxNumber === undefined ? {} : { taxNumber }) },
      updatedMs: entry.updated_ms,
    }));
    return { status: 'done', value: value.sort((a, b) => b.updatedMs - a.updatedMs) };
  }

  /**
   * Puts an address into the book, or another one in the place of the entry `id`: 1 to 64 small
   * letters, digits, `-` and `_`. Refused with `address_incomplete` when the country needs a field
   * that is missing, and with `size_exceeded` beyond 50 entries.
   */
  async saveAddress(id: string, address: Address): Promise<AccountResult<null>> {
    return await this.#changeBook('PUT', id, wireText(withoutNulls(address)));
  }

  /** Takes an entry out of the book. */
  async removeAddress(id: string): Promise<AccountResult<null>> {
    return await this.#changeBook('DELETE', id);
  }

  async #changeBook(method: string, id: string, body?: string): Promise<AccountResult<null>> {
    const path = `/v1/customer/addresses/${encodeURIComponent(id)}`;
    const reply = await this.#transport.asCustomer(method, path, body);
    return reply.kind === 'answer' ? { status: 'done', value: null } : failed(reply);
  }

  /** The account's orders and carts, the newest first, 20 a page. */
  async orders(asked: { state?: string; cursor?: string } = {}): Promise<AccountResult<OwnOrders>> {
    const query = new URLSearchParams(asked).toString();
    const path = `/v1/customer/orders${query === '' ? '' : `?${query}`}`;
    const reply = await this.#transport.asCustomer('GET', path);
    if (reply.kind !== 'answer') return failed(reply);
    const told = JSON.parse(reply.text) as { cursor: string | null; orders: OrderRow[] };
    const orders = told.orders.map((row) => ({
      id: row.id,
      orderNo: row.order_no,
      currency: row.currency,
      totalMinor: row.total_minor,
      state: row.state,
      payment: row.payment,
      delivery: row.delivery,
      placedMs: row.placed_ms,
      updatedMs: row.updated_ms,
    }));
    return { status: 'done', value: { cursor: told.cursor, orders } };
  }

  /** @internal Another tab told that somebody signed in or out. */
  async heard(): Promise<void> {
    await this.#inTurn(async () => {
      const { environment, shop, storage } = this.#parts;
      await this.#host.goOnWith(await keptOrder(storage, shop, environment, undefined));
      await this.#refresh({ tells: false });
    });
  }

  async #refresh({ tells = true } = {}): Promise<AccountResult<Settled | null>> {
    return await this.#settled(await this.#transport.session(), tells);
  }

  async #settled(reply: Reply, tells = true): Promise<AccountResult<Settled | null>> {
    if (reply.kind === 'refused' && reply.status === 401) {
      // The session has ended; what this device has only as the account's cannot be had any more.
      if (this.#host.order().secret === '') await this.#leave();
      this.#show(guest);
      if (reply.rejection.reason === 'unauthorized') return { status: 'done', value: null };
    }
    if (reply.kind !== 'answer') return failed(reply);
    const { cart, customer } = JSON.parse(reply.text) as SessionAnswer;
    const isNew = this.#state.customer?.id !== customer.id;
    const before = goodsOf(this.#host.order().state.view);
    const refused = (await this.#settleCart(cart.order)) ?? rejectionOf(cart.refused);
    this.#show({ status: 'signed_in', customer });
    if (isNew && tells) this.#parts.tabs.account();
    const cartChanged = goodsOf(this.#host.order().state.view) !== before;
    return { status: 'done', value: { customer, cartChanged, refused } };
  }

  /** The server has settled the carts that it knew of; this device may have another one. */
  async #settleCart(named: string | null): Promise<Rejection | null> {
    await this.#checkout.sync();
    // Another device may have taken this cart up.
    await this.#checkout.refresh();
    const { orderId, state } = this.#host.order();
    if (named === null || named === orderId) return null;
    if (isLeft(state.view)) await this.#follow(named);
    else if (state.view.axes.order === 'quotation') {
      const result = await this.#checkout.mergeCart(named);
      if (result.status === 'rejected') return result.rejection;
    }
    return null;
  }

  /** This device may have been told the secret of the order, or what happened to it, before. */
  async #follow(orderId: string): Promise<void> {
    const { shop, storage } = this.#parts;
    const unseen = { orderId, secret: '', created: true, kept: null };
    await this.#host.goOnWith((await storage.readOrder(shop, orderId)) ?? unseen);
    await this.#checkout.refresh();
  }

  /** Begins a new order where this one is the account's, and keeps nothing of the account. */
  async #leave(): Promise<void> {
    const { secret, state } = this.#host.order();
    const owner = state.view.customer;
    const customer = this.#state.customer?.id ?? owner;
    const isTheirs = owner !== null && owner === customer;
    if (secret === '' || isTheirs) this.#checkout.startOver();
    await this.#host.saved();
    const { shop, storage } = this.#parts;
    if (customer !== null) await storage.forgetOrders(shop, customer).catch(() => undefined);
    this.#show(guest);
  }

  #show(state: AccountState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#host.changed(state);
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function rejectionOf(reason: Rejection['reason'] | null): Rejection | null {
  return reason && { reason, subject: '', limit: null, also: [], changes: [] };
}
