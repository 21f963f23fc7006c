// SPDX-License-Identifier: Apache-2.0
// The staff's client, as the package ships it, against the real program.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Client from 'tandem-checkout/staff-client';
import { HttpShop, root } from './support/shop.ts';

const stranger = createRequire(resolve(root, 'build/package-test/app/package.json'));
let shop: HttpShop;
let client: Client.StaffClient;

beforeAll(async () => {
  shop = await HttpShop.open();
  const file = pathToFileURL(stranger.resolve('tandem-checkout/staff-client')).href;
  const { staffClient } = (await import(file)) as typeof Client;
  client = staffClient({ origin: shop.url, apiKey: shop.key });
});

afterAll(async () => {
  await shop.close();
});

it('reads a product, changes it and is told when it saw an old one', async () => {
  const list = await client('listProducts', { query: { q: 'tea' } });
  if (!list.ok) throw new Error(list.problem.title);
  const handle = list.value.products[0]?.handle ?? '';
  const read = await client('readProduct', { path: { handle } });
  if (!read.ok) throw new Error(read.problem.title);
  const body: Client.ProductSent = { ...read.value, name: { en: 'Another tea' } };
  const headers = { 'If-Match': read.etag ?? '' };
  const put = await client('putProduct', { path: { handle }, headers, body });
  expect(put).toMatchObject({ ok: true, status: 200, value: { name: { en: 'Another tea' } } });
  const stale = await client('putProduct', {
    path: { handle },
    headers,
    body: { ...body, name: { en: 'A third tea' } },
  });
  expect(stale).toMatchObject({ ok: false, status: 412, problem: { reason: 'version_stale' } });
});

it('sends queries, and answers without content', async () => {
  const orders = await client('listOrders', { query: { state: 'quotation' } });
  expect(orders).toMatchObject({ ok: true, value: { orders: [], cursor: null } });
  const wrong = await client('listOrders', { query: { state: 'none' } });
  expect(wrong).toMatchObject({ ok: false, problem: { reason: 'value_unknown' } });
  const made = await client('makeWebhook', { body: { url: 'https://shop.example/hook' } });
  if (!made.ok) throw new Error(made.problem.title);
  const removed = await client('removeWebhook', {
    path: { id: made.value.webhook.id },
    headers: { 'If-Match': '*' },
  });
  expect(removed).toEqual({ ok: true, status: 204, value: undefined });
});

it('puts a picture up as it is', async () => {
  const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0);
  const body = new Blob([bytes], { type: 'image/png' });
  const made = await client('putImage', { path: { path: 'tea/new.png' }, body });
  expect(made).toMatchObject({ ok: true, status: 201, value: { image: '/images/tea/new.png' } });
  const read = await fetch(`${shop.url}/images/tea/new.png`);
  expect(new Uint8Array(await read.arrayBuffer())).toEqual(bytes);
});
