// SPDX-License-Identifier: Apache-2.0
// The first visit: what a browser has to download before there is a shop.
import { expect, test } from './customer.ts';

const endings = ['.css', '.js', '.wasm'];

test('the page comes packed', async ({ page, shop, request }) => {
  const files: { path: string; coding: string | undefined }[] = [];
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    if (path !== '/' && !path.startsWith('/assets/')) return;
    files.push({ path, coding: response.headers()['content-encoding'] });
  });
  await page.goto(shop.url);
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect
    .poll(() => endings.filter((ending) => !files.some(({ path }) => path.endsWith(ending))))
    .toEqual([]);
  // What another core on the server would be loaded from.
  const answer = await request.get(`${shop.url}/v1/core`);
  const core = (await answer.json()) as { glue_url: string; wasm_url: string };
  for (const path of [core.glue_url, core.wasm_url]) {
    const sent = await request.get(`${shop.url}${path}`, { headers: { 'accept-encoding': 'br' } });
    files.push({ path, coding: sent.headers()['content-encoding'] });
  }
  const plain = files.filter(({ coding, path }) => coding !== 'br' && !path.endsWith('.woff2'));
  expect(plain).toEqual([]);

  // Without TLS browsers take gzip only.
  for (const { path } of files.filter((file) => !file.path.endsWith('.woff2'))) {
    const headers = { 'accept-encoding': 'gzip, deflate' };
    const answer = await request.get(`${shop.url}${path}`, { headers });
    expect(answer.headers()['content-encoding'], path).toBe('gzip');
  }
});
