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

const timeoutMs = 20_000;

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
    return this.#send('POST', `/v1/orders/${order}/commands`, batch, secret);
  }

  events(order: string, secret: string, after: number): Promise<Reply> {
    return this.#send('GET', `/v1/orders/${order}/events?after=${after}`, undefined, secret);
  }

  async #send(method: string, path: string, body?: string, secret?: string): Promise<Reply> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (secret !== undefined) headers.authorization = `Bearer ${secret}`;
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
