// SPDX-License-Identifier: Apache-2.0
// A shop's server in the test's own process: the staff's build of the core decides and records, and
// a function answers requests as the server does. Networks fail here when a test says so.
import type { Environment, Offer, Rules } from 'tandem-checkout';
import type { StaffCore } from 'tandem-checkout/staff';

export const rules: Rules = {
  pricing_version: 1,
  currency: 'EUR',
  home: { country: 'DE' },
  taxes: [{ id: 'vat19', ppm: 190000 }],
  zones: [{ id: 'home', countries: ['DE'] }],
  tax_classes: [{ id: 'standard', default: true, taxes: { home: ['vat19'] } }],
  promotions: [{ id: 'welcome', coupon: true, then: [{ kind: 'percent_off_order', ppm: 100000 }] }],
  shipping_methods: [
    { id: 'parcel', label: { en: 'Parcel' }, price: { kind: 'flat', amount_minor: 490 } },
  ],
  payment_methods: [{ id: 'card', label: { en: 'Card' }, provider: 'demo' }],
};

export const offers: readonly Offer[] = [
  { sku: 'MUG', name: { en: 'Mug' }, unit_price_minor: 1290 },
  { sku: 'TEA', name: { en: 'Tea' }, unit_price_minor: 2000 },
];

/** The calls of the staff's build that play a server; they are no part of the public types. */
interface ServerCalls {
  digest(bytes: Uint8Array): string;
  openHost(orderId: string, rules: string, rulesId: string): number;
  setHostOffers(host: number, offers: string): boolean;
  setHostFacts(host: number, facts: string): boolean;
  answerBatch(host: number, batch: string, actor: string, nowMs: number): Uint8Array;
}

const text = new TextDecoder();
const customer = '{"class":"customer"}';

interface Sent {
  readonly base_version: number;
  readonly commands: readonly { readonly command: { readonly type: string } }[];
  readonly core_version: string;
}

interface Answered {
  readonly results: readonly { readonly rejected?: object }[];
}

function json(body: unknown, status = 200): Response {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(content, { status, headers: { 'content-type': 'application/json' } });
}

function problem(reason: string, status: number): Response {
  return json({ reason, status, subject: '', limit: null }, status);
}

/** What becomes of the next requests to an order. */
type Weather = 'fine' | 'no network' | 'answers are lost';

/** An account as a test sets it up; `csrfToken` belongs to its session. */
export interface TestAccount {
  readonly id: string;
  csrfToken: string;
  /** The cart that the server names. */
  cart: string | null;
  readonly orders: Set<string>;
}

export class TestShop {
  weather: Weather = 'fine';
  nowMs = 1_767_225_600_000;
  coreVersion: string;
  readonly requests: string[] = [];
  readonly #core: ServerCalls;
  readonly #hosts = new Map<string, { readonly host: number; readonly secret: string }>();
  #rules: Rules;
  #offers: readonly Offer[] = offers;
  /** Who is signed in by the cookie of this test's only browser. */
  account: TestAccount | undefined;
  /** The account's address book, as the wire spells it. */
  readonly book = new Map<string, { readonly address: object; readonly at: number }>();
  #facts: object = { availability: { MUG: 5, TEA: 12 } };

  constructor(staff: StaffCore, coreVersion: string, published: Rules = rules) {
    this.#core = (staff as unknown as { readonly raw: ServerCalls }).raw;
    this.coreVersion = coreVersion;
    this.#rules = published;
  }

  get rulesId(): string {
    return this.#core.digest(new TextEncoder().encode(JSON.stringify(this.#rules)));
  }

  publish(published: Rules): void {
    this.#rules = published;
  }

  setOffers(changed: readonly Offer[]): void {
    this.#offers = changed;
    for (const { host } of this.#hosts.values()) {
      this.#core.setHostOffers(host, JSON.stringify(changed));
    }
  }

  setFacts(facts: object): void {
    this.#facts = facts;
    for (const { host } of this.#hosts.values()) {
      this.#core.setHostFacts(host, JSON.stringify(facts));
    }
  }

  /** Removes an order as the shop does with carts that nobody came back to. */
  forget(orderId: string): void {
    this.#hosts.delete(orderId);
  }

  /** A command from another device of the customer, or from whoever `actor` names. */
  elsewhere(orderId: string, command: object, actor = customer): void {
    const known = this.#hosts.get(orderId);
    if (!known) throw new Error('no such order');
    const commands = [{ command, command_id: `elsewhere ${(this.nowMs += 1)}` }];
    this.#answer(known.host, { base_version: 0, commands, core_version: '' } as Sent, actor);
  }

  readonly environment: Partial<Environment> = {
    fetch: (address, init) => this.fetch(address, init),
    elapsedMs: () => 0,
    wallMs: () => this.nowMs,
    isOnline: () => true,
    // Tests call sync() themselves; nothing happens behind their backs.
    later: () => 0,
    cancel: () => undefined,
  };

  async fetch(address: string, init: RequestInit = {}): Promise<Response> {
    this.requests.push(`${init.method ?? 'GET'} ${address.replace(/[0-9a-f]{32}/, 'ID')}`);
    if (this.weather === 'no network') throw new TypeError('no network');
    const response = this.#route(address, init);
    if (this.weather === 'answers are lost') throw new TypeError('the answer was lost');
    return await Promise.resolve(response);
  }

  #route(address: string, init: RequestInit): Response {
    const [, path = '', after = ''] = /^([^?]*)(?:\?after=(\d+))?$/.exec(address) ?? [];
    const body = typeof init.body === 'string' ? init.body : '';
    if (path === '/v1/rules') {
      const { coreVersion, rulesId, nowMs } = this;
      const head = { core_version: coreVersion, rules_id: rulesId, server_time_ms: nowMs };
      return json({ ...head, rules: this.#rules });
    }
    if (path === '/v1/core') {
      const where = { glue_url: '/core/glue.js', wasm_url: '/core/tandem.wasm' };
      return json({ core_version: this.coreVersion, ...where });
    }
    if (path === '/v1/orders') return this.#create(body);
    if (/^\/v1\/(session|customer)/.test(path)) return this.#ofAccount(path, init, body);
    const [, orderId = '', what] = /^\/v1\/orders\/([0-9a-f]+)\/(\w+)$/.exec(path) ?? [];
    const known = this.#hosts.get(orderId);
    const bearer = new Headers(init.headers).get('authorization');
    if (bearer === null) {
      const refused = this.#refusedAsAccount(init);
      if (refused) return refused;
    }
    const may = bearer === null ? this.account?.orders.has(orderId) : known?.secret;
    if (!known || (may !== true && bearer !== `Bearer ${known.secret}`)) {
      return problem('order_unknown', 404);
    }
    if (what === 'events') {
      const base = { base_version: Number(after), commands: [], core_version: '' };
      return json(this.#answer(known.host, base, customer));
    }
    const sent = JSON.parse(body) as Sent;
    if (sent.core_version !== this.coreVersion) return problem('core_outdated', 409);
    const answer = JSON.parse(this.#answer(known.host, sent, customer)) as Answered;
    const asks = ['place_order', 'start_payment'];
    const placing = sent.commands.some(({ command }) => asks.includes(command.type));
    const refused = placing && answer.results.at(-1)?.rejected !== undefined;
    const payment = placing && !refused ? { attempt: 1, redirect_url: '/pay/demo/token' } : null;
    return json({ ...answer, payment, order_no: 7 }, refused ? 409 : 200);
  }

  #refusedAsAccount(init: RequestInit): Response | undefined {
    if (!this.account) return problem('unauthorized', 401);
    const token = new Headers(init.headers).get('x-csrf-token');
    const changes = (init.method ?? 'GET') !== 'GET';
    const isWrong = changes && token !== this.account.csrfToken;
    return isWrong ? problem('csrf_token_invalid', 403) : undefined;
  }

  #ofAccount(path: string, init: RequestInit, body: string): Response {
    if (path === '/v1/session/link') {
      const { email } = JSON.parse(body) as { email: string };
      return email.includes('@') ? json({ sent: true }, 202) : problem('value_unknown', 422);
    }
    if (path === '/v1/session/identify') {
      return this.#identify(init, body) ?? this.#settledAnswer();
    }
    if (path === '/v1/session' && !this.account && (init.method ?? 'GET') === 'GET') {
      return new Response(null, { status: 204 });
    }
    const refused = this.#refusedAsAccount(init);
    if (refused) return refused;
    if (path === '/v1/session' && init.method === 'DELETE') {
      this.account = undefined;
      return new Response(null, { status: 204 });
    }
    if (path === '/v1/customer') {
      const addresses = [...this.book].map(([entry, { address, at }]) => ({
        address,
        id: entry,
        updated_ms: at,
      }));
      return json({ addresses, customer: this.#customer });
    }
    if (path.startsWith('/v1/customer/addresses/')) {
      const entry = path.slice('/v1/customer/addresses/'.length);
      if (init.method === 'DELETE') this.book.delete(entry);
      else this.book.set(entry, { address: JSON.parse(body) as object, at: this.book.size + 1 });
      return init.method === 'DELETE' ? new Response(null, { status: 204 }) : json(body);
    }
    return this.#settledAnswer();
  }

  get #customer(): object {
    const id = this.account?.id ?? '';
    return { email: 'ann@example.org', group: null, id, name: 'Ann', reminders: true };
  }

  #settledAnswer(): Response {
    const { cart = null, csrfToken = '' } = this.account ?? {};
    const settled = { merged: null, order: cart, refused: null };
    return json({
      cart: settled,
      csrf_token: csrfToken,
      customer: this.#customer,
      ends_ms: this.nowMs + 1,
    });
  }

  /** The site's word for customer 7 is "good"; a cart is taken up from who has its secret. */
  #identify(init: RequestInit, body: string): Response | undefined {
    const { token, cart } = JSON.parse(body) as { token: string; cart: string };
    if (token !== 'good') return problem('token_signature_wrong', 401);
    this.account = { id: 'customer-7', csrfToken: 'first', cart, orders: new Set() };
    const secret = new Headers(init.headers).get('tandem-other-secret');
    if (secret !== null && secret === this.#hosts.get(cart)?.secret) this.adopt(cart);
    return undefined;
  }

  /** Makes an order of nobody the account's, as the server does with the cart of who signs in. */
  adopt(orderId: string): void {
    const customer = this.account?.id ?? '';
    this.elsewhere(orderId, { type: 'attach_customer', customer }, '{"class":"system"}');
    this.account?.orders.add(orderId);
  }

  #create(body: string): Response {
    const { order, secret } = JSON.parse(body) as { order: string; secret: string };
    const known = this.#hosts.get(order);
    if (known && known.secret !== secret) return problem('order_unknown', 404);
    if (!known) {
      const host = this.#core.openHost(order, JSON.stringify(this.#rules), this.rulesId);
      this.#core.setHostOffers(host, JSON.stringify(this.#offers));
      this.#core.setHostFacts(host, JSON.stringify(this.#facts));
      this.#hosts.set(order, { host, secret });
    }
    return json({ order, server_time_ms: this.nowMs, version: 0 }, known ? 200 : 201);
  }

  #answer(host: number, batch: Sent, actor: string): string {
    this.nowMs += 1;
    return text.decode(this.#core.answerBatch(host, JSON.stringify(batch), actor, this.nowMs));
  }
}
