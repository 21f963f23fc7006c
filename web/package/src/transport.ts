// SPDX-License-Identifier: Apache-2.0
// The requests to a shop's server. Nothing here throws: a refusal is a value, and so is a request
// whose answer was lost.
import type { Rejection } from './outcome.js';
import type { Reason } from './generated/reasons.js';

/** As much of `fetch` as is used. */
export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

/** @internal */
export type Reply =
  | { readonly kind: 'answer'; readonly text: string }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly rejection: Rejection;
      readonly retryAfterMs: number | null;
    }
  /** No answer came; whether the request arrived is not known. */
  | { readonly kind: 'lost' };

/** What the published rules come as. */
export interface RulesAnswer {
  readonly core_version: string;
  readonly rules: object;
  readonly rules_id: string;
  readonly server_time_ms: number;
}

/** Where the core that the server runs can be had. */
export interface CoreAnswer {
  readonly core_version: string;
  readonly glue_url: string;
  readonly wasm_url: string;
}

/** What of a session's answer changes by its cookie need. */
interface SessionHead {
  readonly csrf_token: string;
}

const timeoutMs = 20_000;
const csrfTries = 2;
const nobody: Reply = {
  kind: 'refused',
  status: 401,
  rejection: { reason: 'unauthorized', subject: '', limit: null, also: [], changes: [] },
  retryAfterMs: null,
};

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}

async function refusal(response: Response): Promise<Reply> {
  let told: Partial<Rejection> & { readonly results?: unknown } = {};
  const text = await response.text();
  try {
    told = JSON.parse(text) as typeof told;
  } catch {
    // A proxy answered instead of the shop; its status says enough.
  }
  // The shop carried the batch out and refused to place the order: an answer like any other.
  if (Array.isArray(told.results)) return { kind: 'answer', text };
  const reason: Reason = told.reason ?? (response.status >= 500 ? 'internal' : 'request_malformed');
  const { subject = '', limit = null, also = [], changes = [] } = told;
  return {
    kind: 'refused',
    status: response.status,
    rejection: { reason, subject, limit, also, changes },
    retryAfterMs: retryAfter(response),
  };
}

/** @internal */
export class Transport {
  readonly #baseUrl: string;
  readonly #fetch: Fetch;
  /** Of the session, once it is known. */
  #csrfToken: string | undefined;

  constructor(baseUrl: string, fetch: Fetch) {
    this.#baseUrl = baseUrl.replace(/\/$/, '');
    this.#fetch = fetch;
  }

  /** The address of something that the server named. */
  address(path: string): string {
    return /^[a-z]+:\/\//.test(path) ? path : `${this.#baseUrl}${path}`;
  }

  rules(): Promise<Reply> {
    return this.#send('GET', '/v1/rules');
  }

  core(): Promise<Reply> {
    return this.#send('GET', '/v1/core');
  }

  create(order: string, secret: string): Promise<Reply> {
    return this.#send('POST', '/v1/orders', JSON.stringify({ order, secret }));
  }

  commands(order: string, secret: string, batch: string): Promise<Reply> {
    return this.#ofOrder('POST', `/v1/orders/${order}/commands`, secret, batch);
  }

  events(order: string, secret: string, after: number): Promise<Reply> {
    return this.#ofOrder('GET', `/v1/orders/${order}/events?after=${after}`, secret);
  }

  askForLink(email: string, language: string): Promise<Reply> {
    return this.#send('POST', '/v1/session/link', JSON.stringify({ email, language }));
  }

  /** Signs in by the site's token; `secret` proves that the cart is this browser's. */
  async identify(token: string, cart: string, secret: string): Promise<Reply> {
    const body = JSON.stringify({ token, cart });
    const headers = secret === '' ? {} : { 'tandem-other-secret': secret };
    return this.#heard(await this.#send('POST', '/v1/session/identify', body, headers));
  }

  async session(): Promise<Reply> {
    const reply = await this.#send('GET', '/v1/session');
    const isNobody = reply.kind === 'answer' && reply.text === '';
    return this.#heard(isNobody ? nobody : reply);
  }

  /** What the cookie of who is signed in gives the right to. */
  async asCustomer(method: string, path: string, body?: string): Promise<Reply> {
    if (method === 'GET') return await this.#send(method, path);
    for (let tries = 1; ; tries += 1) {
      if (this.#csrfToken === undefined) {
        const reply = await this.session();
        if (reply.kind !== 'answer') return reply;
      }
      const token = this.#csrfToken ?? '';
      const reply = await this.#send(method, path, body, { 'x-csrf-token': token });
      const isStale = reply.kind === 'refused' && reply.rejection.reason === 'csrf_token_invalid';
      if (!isStale || tries === csrfTries) return reply;
      // Another tab has signed in since.
      this.#csrfToken = undefined;
    }
  }

  #heard(reply: Reply): Reply {
    if (reply.kind === 'answer') {
      this.#csrfToken = (JSON.parse(reply.text) as SessionHead).csrf_token;
    } else if (reply.kind === 'refused') {
      this.#csrfToken = undefined;
    }
    return reply;
  }

  /** An order without a secret on this device is read and changed as its account. */
  #ofOrder(method: string, path: string, secret: string, body?: string): Promise<Reply> {
    if (secret === '') return this.asCustomer(method, path, body);
    return this.#send(method, path, body, { authorization: `Bearer ${secret}` });
  }

  async #send(
    method: string,
    path: string,
    body?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const headers: Record<string, string> = { accept: 'application/json', ...more };
    if (body !== undefined) headers['content-type'] = 'application/json';
    try {
      const response = await this.#fetch(this.address(path), {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        // A bearer is all that another origin's shop is told; at home the cookie is set besides.
        credentials: this.#baseUrl === '' ? 'same-origin' : 'omit',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok) return await refusal(response);
      return { kind: 'answer', text: await response.text() };
    } catch {
      return { kind: 'lost' };
    }
  }
}
