// SPDX-License-Identifier: Apache-2.0
// Stripe cannot be reached from a test. This stands in for it as its documentation describes it:
// PaymentIntents over HTTP with idempotency keys, and what its script asks of it.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext } from '@playwright/test';
import { stripeScript } from './stripe-script.ts';

interface PaymentIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  amount_received: number;
  readonly currency: string;
  readonly capture_method: string;
  status: 'requires_payment_method' | 'succeeded';
  readonly client_secret: string;
  readonly latest_charge: null;
  readonly last_payment_error: null;
  readonly metadata: Readonly<Record<string, string>>;
}

/// What was shown before the intent was made has to be the intent's.
function isShown(intent: PaymentIntent, asked: URLSearchParams): boolean {
  const shown = (['amount', 'currency', 'capture_method'] as const).filter((key) => asked.has(key));
  return shown.every((key) => asked.get(key) === String(intent[key]));
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}

export class StripeStandIn {
  static readonly keys = {
    TANDEM_STRIPE_SECRET_KEY: 'sk_test_stand_in',
    TANDEM_STRIPE_PUBLISHABLE_KEY: 'pk_test_stand_in',
    TANDEM_STRIPE_WEBHOOK_SECRETS: 'whsec_stand_in',
  };

  readonly intents: PaymentIntent[] = [];
  readonly #made = new Map<string, PaymentIntent>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then((intent) => {
        response.writeHead(intent ? 200 : 404, { 'Content-Type': 'application/json' });
        const unknown = { error: { type: 'invalid_request_error', code: 'resource_missing' } };
        response.end(JSON.stringify(intent ?? unknown));
      });
    });
  }

  static async open(): Promise<StripeStandIn> {
    const standIn = new StripeStandIn();
    await new Promise<void>((done) => {
      standIn.#server.listen(0, '127.0.0.1', done);
    });
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise((done) => {
      this.#server.close(done);
      this.#server.closeAllConnections();
    });
  }

  /// Gives the browser Stripe.js and what that script asks of Stripe, in a browser with a wallet
  /// or without.
  async serve(context: BrowserContext, { wallet = true } = {}): Promise<void> {
    await context.addInitScript((has) => {
      Object.assign(window, { standInWallet: has });
    }, wallet);
    await context.route(/^https:\/\/js\.stripe\.com\/v3\/?$/, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: stripeScript }),
    );
    await context.route('https://api.stripe.com/**', (route) => {
      const asked = new URL(route.request().url()).searchParams;
      const secret = asked.get('client_secret');
      const intent = this.intents.find(({ client_secret }) => client_secret === secret);
      const known = asked.get('key') === StripeStandIn.keys.TANDEM_STRIPE_PUBLISHABLE_KEY;
      const taken = intent !== undefined && known && isShown(intent, asked);
      if (taken) {
        intent.status = 'succeeded';
        intent.amount_received = intent.amount;
      }
      return route.fulfill({
        status: taken ? 200 : 400,
        headers: { 'Access-Control-Allow-Origin': '*' },
      });
    });
  }

  async #answer(request: IncomingMessage): Promise<PaymentIntent | undefined> {
    const id = /^\/v1\/payment_intents\/([a-z0-9_]+)(\?|$)/.exec(request.url ?? '')?.[1];
    if (id !== undefined) return this.intents.find((intent) => intent.id === id);
    if (request.method !== 'POST' || request.url !== '/v1/payment_intents') return undefined;
    const form = await formOf(request);
    const key = String(request.headers['idempotency-key']);
    return this.#made.get(key) ?? this.#create(key, form);
  }

  #create(key: string, form: URLSearchParams): PaymentIntent {
    const id = `pi_${this.intents.length + 1}`;
    const intent: PaymentIntent = {
      id,
      object: 'payment_intent',
      amount: Number(form.get('amount')),
      amount_received: 0,
      currency: form.get('currency') ?? '',
      capture_method: form.get('capture_method') ?? 'automatic',
      status: 'requires_payment_method',
      client_secret: `${id}_secret_${this.intents.length}`,
      latest_charge: null,
      last_payment_error: null,
      metadata: { intent: form.get('metadata[intent]') ?? '' },
    };
    this.intents.push(intent);
    this.#made.set(key, intent);
    return intent;
  }
}
