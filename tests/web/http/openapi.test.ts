// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document: well-formed by a validator of others, and true of the running program, of
// which every route is called.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { createHmac, randomBytes } from 'node:crypto';
import { document, Judge } from './support/document.ts';
import { HttpShop } from './support/shop.ts';

const judge = new Judge();
let shop: HttpShop;

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

interface Asked {
  readonly bearer?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly status?: number;
}

/** Calls a route of the document and lets the document judge the answer. */
async function ask(method: string, path: string, asked: Asked = {}): Promise<Response> {
  const target = path.replace(/\{(\w+)\}/g, (_, name: string) => asked.values?.[name] ?? '');
  const headers = new Headers(asked.headers);
  if (asked.bearer !== undefined) headers.set('Authorization', `Bearer ${asked.bearer}`);
  const request: RequestInit = { method, headers, redirect: 'manual' };
  if (asked.body !== undefined) {
    if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
    const { body } = asked;
    const as = typeof body === 'string' || body instanceof Blob;
    request.body = as ? body : JSON.stringify(body);
  }
  const answer = await fetch(`${shop.url}${target}${asked.query ?? ''}`, request);
  const type = answer.headers.get('Content-Type') ?? '';
  const streams = type.startsWith('text/event-stream');
  const text = streams ? '' : await answer.clone().text();
  if (streams) await answer.body?.cancel();
  const faults = judge.faults(path, method, answer, text);
  expect({ method, target, faults, text: faults.length > 0 ? text.slice(0, 300) : '' }).toEqual({
    method,
    target,
    faults: [],
    text: '',
  });
  if (asked.status !== undefined) expect([target, answer.status]).toEqual([target, asked.status]);
  return answer;
}

beforeAll(async () => {
  shop = await HttpShop.open();
});

afterAll(async () => {
  await shop.close();
});

describe('the document', () => {
  it('is OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('is what the program serves', async () => {
    const served = await ask('GET', '/v1/openapi.json', { status: 200 });
    expect(await served.json()).toEqual(document);
  });
});

describe('answers', () => {
  const order = { id: hex(16), secret: hex(16) };
  const values = { id: order.id };

  it('are as described for what everybody may read', async () => {
    const rules = (await (await ask('GET', '/v1/rules', { status: 200 })).json()) as {
      rules: object;
      rules_id: string;
    };
    await ask('GET', '/v1/rules/{rules_id}', { values: { rules_id: rules.rules_id }, status: 200 });
    await ask('GET', '/v1/rules/{rules_id}', { values: { rules_id: 'none' }, status: 404 });
    await ask('GET', '/v1/core', { status: 200 });
    await ask('GET', '/core/{path}', { values: { path: 'none' }, status: 404 });
    const offers = await ask('GET', '/v1/offers', { query: '?limit=3', status: 200 });
    const { products } = (await offers.json()) as {
      products: { handle: string; image: string; variants: { offer: { sku: string } }[] }[];
    };
    const [first] = products;
    await ask('GET', '/v1/offers/{handle}', { values: { handle: first?.handle ?? '' } });
    await ask('GET', '/v1/offers/{handle}', { values: { handle: 'none' }, status: 404 });
    const path = (first?.image ?? '').replace('/images/', '');
    await ask('GET', '/images/{path}', { values: { path }, status: 200 });
    await ask('GET', '/v1/images/{path}', { values: { path }, status: 200 });
    await ask('GET', '/healthz', { status: 200 });
    await ask('GET', '/readyz', { status: 200 });
    await ask('POST', '/v1/quote', { body: { format: 9 }, status: 400 });
    const variants = products.flatMap((product) => product.variants);
    await ask('POST', '/v1/quote', {
      body: {
        cart: { lines: [{ quantity: 1, sku: variants[0]?.offer.sku }] },
        format: 1,
        now_ms: 1767225600000,
        offers: variants.map(({ offer }) => offer),
        rules: rules.rules,
      },
      status: 200,
    });
  });

  it('are as described for an order', async () => {
    const { secret: bearer } = order;
    const [offer] = (
      (await (await ask('GET', '/v1/offers')).json()) as {
        products: { variants: { offer: { sku: string } }[] }[];
      }
    ).products.flatMap((product) => product.variants);
    const command = (body: object): object => ({
      base_version: 0,
      commands: [{ command_id: hex(16), command: body }],
    });
    const made = { order: order.id, secret: bearer };
    await ask('POST', '/v1/orders', { body: made, status: 201 });
    await ask('POST', '/v1/orders', { body: { ...made, extra: 1 }, status: 400 });
    await ask('POST', '/v1/orders', { body: '{', status: 400 });
    const addLine = command({ type: 'add_line', sku: offer?.offer.sku, quantity: 1 });
    const commands = '/v1/orders/{id}/commands';
    await ask('POST', commands, { values, bearer, body: addLine, status: 200 });
    await ask('POST', commands, { values, body: addLine, status: 401 });
    const place = command({ type: 'place_order', expected_digest: '0'.repeat(64) });
    await ask('POST', commands, { values, bearer, body: place });
    await ask('GET', '/v1/orders/{id}', { values, bearer, status: 200 });
    await ask('GET', '/v1/orders/{id}', { values, bearer: hex(16), status: 404 });
    await ask('GET', '/v1/orders/{id}/events', { values, bearer, query: '?after=0', status: 200 });
    await ask('GET', '/v1/orders/{id}/events', {
      values,
      bearer,
      headers: { Accept: 'text/event-stream' },
      status: 200,
    });
    await ask('GET', '/v1/orders/{id}/possible', { values, bearer, status: 200 });
    await ask('GET', '/v1/orders/{id}/receipt', { values, bearer, status: 409 });
  });

  it('are as described for staff and an order', async () => {
    const bearer = shop.key;
    await ask('GET', '/v1/staff/orders', { bearer, status: 200 });
    await ask('GET', '/v1/staff/orders', { bearer, query: '?state=none', status: 400 });
    await ask('GET', '/v1/staff/orders', { status: 401 });
    await ask('GET', '/v1/staff/orders/{id}', { values, bearer, status: 200 });
    const note = { command_id: hex(16), command: { type: 'add_note', text: 'Rings twice.' } };
    await ask('POST', '/v1/staff/orders/{id}/commands', {
      values,
      bearer,
      body: { base_version: 0, commands: [note] },
      status: 200,
    });
    await ask('GET', '/v1/staff/orders/{id}/events', { values, bearer, status: 200 });
    await ask('GET', '/v1/staff/orders/{id}/possible', { values, bearer, status: 200 });
    const body = { command: { type: 'cancel_order' } };
    await ask('POST', '/v1/staff/orders/{id}/preview', { values, bearer, body, status: 200 });
    const headers = { Accept: 'text/event-stream' };
    await ask('GET', '/v1/staff/events', { bearer, headers, status: 200 });
    await ask('GET', '/metrics', { bearer, status: 200 });
  });

  it('are as described for the catalogue', async () => {
    const bearer = shop.key;
    const products = await ask('GET', '/v1/staff/products', { bearer, status: 200 });
    const [product] = ((await products.json()) as { products: { handle: string }[] }).products;
    const one = { values: { handle: product?.handle ?? '' }, bearer };
    const read = await ask('GET', '/v1/staff/products/{handle}', { ...one, status: 200 });
    const body: unknown = await read.json();
    const headers = { 'If-Match': '*' };
    await ask('PUT', '/v1/staff/products/{handle}', { ...one, body, status: 428 });
    await ask('PUT', '/v1/staff/products/{handle}', { ...one, body, headers, status: 200 });
    await ask('DELETE', '/v1/staff/products/{handle}', { ...one, headers, status: 204 });
    await ask('PUT', '/v1/staff/products/{handle}', { ...one, body, status: 201 });
    await ask('GET', '/v1/staff/coupons', { bearer, status: 200 });
    const code = { values: { code: 'NONE' }, bearer };
    await ask('PUT', '/v1/staff/coupons/{code}', { ...code, body: { promotion: 'none' } });
    await ask('DELETE', '/v1/staff/coupons/{code}', { ...code, status: 404 });
    const png = new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0)]);
    const picture = {
      values: { path: 'new.png' },
      bearer,
      headers: { 'Content-Type': 'image/png' },
    };
    await ask('PUT', '/v1/staff/images/{path}', { ...picture, body: png, status: 201 });
    await ask('PUT', '/v1/staff/images/{path}', { ...picture, body: png, status: 200 });
    await ask('PUT', '/v1/staff/images/{path}', { ...picture, body: 'none', status: 400 });
    await ask('DELETE', '/v1/staff/images/{path}', { ...picture, status: 204 });
    await ask('DELETE', '/v1/staff/images/{path}', { ...picture, status: 404 });
    const row = { sku: 'NEW-1', on_hand: 3, count: true };
    await ask('POST', '/v1/staff/stock', { bearer, body: [row], status: 200 });
    await ask('POST', '/v1/staff/stock', { bearer, body: row, status: 200 });
    await ask('GET', '/v1/staff/stock/{sku}', { values: { sku: row.sku }, bearer, status: 200 });
    await ask('GET', '/v1/staff/audit', { bearer, status: 200 });
  });

  it.each(['rules', 'settings'])('are as described for %s', async (name) => {
    const bearer = shop.key;
    const base = `/v1/staff/${name}`;
    const now = await ask('GET', base, { bearer, status: 200 });
    const id = (now.headers.get('ETag') ?? '').replaceAll('"', '');
    const headers = { 'If-Match': '*' };
    await ask('PUT', base, { bearer, headers, body: await now.json(), status: 200 });
    await ask('GET', `${base}/versions`, { bearer, status: 200 });
    await ask('GET', `${base}/versions/{id}`, { bearer, values: { id }, status: 200 });
    await ask('GET', `${base}/diff`, { bearer, query: `?from=${id}&to=${id}`, status: 200 });
    await ask('GET', `${base}/diff`, { bearer, status: 400 });
    await ask('POST', `${base}/rollback`, { bearer, headers, body: { id }, status: 200 });
  });

  it('are as described for sessions and endpoints', async () => {
    const bearer = shop.key;
    const session = '/v1/staff/session';
    await ask('GET', session, { status: 401 });
    await ask('POST', session, { body: { email: 'a@shop.example', password: 'b' }, status: 401 });
    await ask('DELETE', session, { status: 401 });
    const all = '/v1/staff/webhooks';
    const url = 'https://shop.example/hook';
    const made = await ask('POST', all, { bearer, body: { url }, status: 201 });
    const { id } = ((await made.json()) as { webhook: { id: string } }).webhook;
    const one = { bearer, values: { id }, headers: { 'If-Match': '*' } };
    await ask('GET', all, { bearer, status: 200 });
    await ask('GET', `${all}/{id}`, { ...one, status: 200 });
    const body = { enabled: false, events: [], url };
    await ask('PUT', `${all}/{id}`, { ...one, body, status: 200 });
    await ask('POST', `${all}/{id}/secret`, { ...one, status: 200 });
    const span = { from_ms: 0, to_ms: 1 };
    await ask('POST', `${all}/{id}/replay`, { ...one, body: span, status: 202 });
    await ask('GET', `${all}/{id}/dead`, { ...one, status: 200 });
    await ask('DELETE', `${all}/{id}`, { ...one, status: 204 });
    await ask('GET', `${all}/{id}`, { ...one, status: 404 });
  });

  it('are as described for a customer who signs in', async () => {
    const text = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const claims = { aud: 'tandem', email: 'ann@example.com', exp: now + 60, iat: now, sub: 'c7' };
    const signed = `${text({ alg: 'HS256', typ: 'JWT' })}.${text(claims)}`;
    const mac = createHmac('sha256', shop.siteKey).update(signed).digest('base64url');
    const identify = '/v1/session/identify';
    await ask('POST', identify, { body: { token: `${signed}.AAAA` }, status: 401 });
    const here = await ask('POST', identify, {
      body: { bearer: true, token: `${signed}.${mac}` },
      status: 200,
    });
    const { token: bearer } = (await here.json()) as { token: string };
    const path = '/v1/customer/addresses/{id}';
    const home = { bearer, values: { id: 'home' } };
    const address = { city: 'Berlin', country: 'DE', line1: 'Linden 1', name: 'Ann' };
    await ask('GET', '/v1/session', { bearer, status: 200 });
    await ask('GET', '/v1/session', { status: 204 });
    await ask('GET', '/v1/session', { bearer: `cs_${'0'.repeat(64)}`, status: 401 });
    await ask('PUT', path, { ...home, body: { ...address, postcode: '10115' }, status: 200 });
    await ask('PUT', path, { ...home, body: { ...address, country: 'ZZ' }, status: 422 });
    await ask('GET', '/v1/customer', { bearer, status: 200 });
    await ask('PUT', '/v1/customer', { bearer, body: { reminders: false }, status: 200 });
    await ask('DELETE', path, { ...home, status: 204 });
    await ask('GET', '/v1/customer/orders', { bearer, status: 200 });
    await ask('GET', '/v1/customer/export', { bearer, status: 200 });
    await ask('POST', '/v1/session/link', { body: { email: 'ann@example.com' }, status: 202 });
    const unknown = { values: { token: 'none' } };
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    await ask('GET', '/v1/session/link/{token}', { ...unknown, status: 410 });
    await ask('POST', '/v1/session/link/{token}', {
      ...unknown,
      headers,
      body: 'a=b',
      status: 410,
    });
    await ask('GET', '/v1/unsubscribe/{token}', { ...unknown, status: 404 });
    await ask('POST', '/v1/unsubscribe/{token}', { ...unknown, headers, body: 'a=b', status: 404 });
    await ask('DELETE', '/v1/customer', { bearer, status: 200 });
    await ask('DELETE', '/v1/session', { bearer, status: 401 });
  });

  it('are as described for payment pages', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const unknown = { values: { token: 'none' } };
    await ask('POST', '/v1/webhooks/demo', { body: {}, status: 401 });
    await ask('GET', '/pay/demo/{token}', { ...unknown, status: 404 });
    await ask('POST', '/pay/demo/{token}', { ...unknown, headers, body: 'outcome=captured' });
    await ask('GET', '/pay/page.css', { status: 200 });
    await ask('GET', '/pay/return/{token}', { ...unknown, status: 404 });
    await ask('POST', '/pay/return/{token}', { ...unknown, headers, body: 'a=b', status: 404 });
    await ask('GET', '/', { status: 404 });
    await ask('GET', '/{path}', { values: { path: 'none' }, status: 404 });
  });

  it('were given by every route but Stripe’s, which the program has not connected', () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    const stripes = new Set(['read_stripe_script']);
    const left = ids.filter((id) => !judge.seen.has(id) && !stripes.has(id));
    expect(left.filter((id) => !id.includes('stripe'))).toEqual([]);
  });
});
