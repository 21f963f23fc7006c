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
  const plain = files.filter(({ coding, path }) => coding !== 'br' && !path.endsWith('.woff2'));
  expect(plain).toEqual([]);

  // Without TLS browsers take gzip only.
  for (const { path } of files.filter((file) => !file.path.endsWith('.woff2'))) {
    const headers = { 'accept-encoding': 'gzip, deflate' };
    const answer = await request.get(`${shop.url}${path}`, { headers });
    expect(answer.headers()['content-encoding'], path).toBe('gzip');
  }
});
