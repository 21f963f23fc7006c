// SPDX-License-Identifier: Apache-2.0
// Nothing is lost: by a reload, by a server that dies, by a network that is gone, by a language.
import { expect, goods, test } from './customer.ts';

test('a reload in mid-cart keeps the cart and its total', async ({ customer, page }) => {
  await customer.open();
  await customer.addThree();
  await customer.go('#/cart');
  const more = page.getByRole('button', { name: 'One more of Darjeeling Second Flush' });
  await more.click();
  // At once, before the server knows of it: the device keeps it.
  const total = await page.locator('.totals .total dd').innerText();
  await page.reload();
  await expect(page.locator('.lines > li')).toHaveCount(3);
  await expect(page.locator('.totals .total dd')).toHaveText(total);
  const kept = async (): Promise<number[]> =>
    (await customer.serverOrder()).order.lines.map((line) => line.quantity);
  await expect.poll(kept).toEqual([1, 1, 2]);
});

test('what is typed in the checkout survives reload, back and the other language', async ({
  customer,
  page,
}) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await page.locator('#email').fill('sara@');
  await page.locator('#ship-line1').fill('Lindenstr');
  await page.reload();
  await expect(page.locator('#email')).toHaveValue('sara@');
  await customer.go('#/cart');
  await page.goBack();
  await expect(page.locator('#ship-line1')).toHaveValue('Lindenstr');
  await page.getByRole('button', { name: 'فارسی' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('#email')).toHaveValue('sara@');
  await expect(page.locator('#ship-line1')).toHaveValue('Lindenstr');
});

test('killing the server in mid-cart loses nothing', async ({ customer, page, shop }) => {
  await customer.open();
  await customer.add(goods.assam);
  await expect.poll(async () => (await customer.serverOrder()).order.lines.length).toBe(1);
  await shop.kill();
  await page.evaluate(() => {
    location.hash = '#/cart';
  });
  await page.getByRole('button', { name: 'One more of Assam Gold' }).click();
  await expect(page.locator('.stepper input')).toHaveValue('2');
  await shop.start();
  await page.reload();
  await expect(page.locator('.stepper input')).toHaveValue('2');
  await expect
    .poll(async () => (await customer.serverOrder()).order.lines[0]?.quantity, { timeout: 60_000 })
    .toBe(2);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
  expect(shop.verify()).toContain(' 0 findings');
});

test('killing the server while the payment waits loses nothing', async ({
  customer,
  page,
  shop,
}) => {
  await customer.open();
  await customer.add(goods.breakfast);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.pay();
  await page.waitForURL(/\/pay\/demo\//);
  const before = await customer.serverOrder();
  await shop.kill();
  await shop.start();
  expect(await customer.serverOrder()).toMatchObject({
    order: { axes: { order: 'quotation_sent' } },
    stream_digest: before.stream_digest,
  });
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
  await customer.agrees();
  expect(shop.verify()).toContain(' 0 findings');
});

test('without a network the cart changes, Pay says why not, and all is sent later', async ({
  customer,
  page,
  context,
}) => {
  await customer.open();
  await customer.add(goods.assam);
  await expect.poll(async () => (await customer.serverOrder()).order.lines.length).toBe(1);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await context.setOffline(true);
  await expect(page.locator('.banner')).toContainText('You are offline');

  await page.evaluate(() => {
    location.hash = '#/cart';
  });
  await page.getByRole('button', { name: 'One more of Assam Gold' }).click();
  await expect(page.locator('.sum')).toHaveText('€17.80');
  await expect(page.locator('.totals .total dd')).toHaveText('€22.70');
  await page.evaluate(() => {
    location.hash = '#/checkout';
  });
  await expect(page.locator('#pay')).toHaveAttribute('aria-disabled', 'true');
  await expect(page.locator('#pay-reason')).toContainText('offline');
  await page.locator('#pay').press('Enter');
  await expect(page.locator('#pay-notice')).toContainText('paying needs a connection');
  await expect(page.locator('#pay')).toBeFocused();
  expect(await customer.payAmount()).toBe('€22.70');

  await context.setOffline(false);
  await expect(page.locator('.banner')).toHaveCount(0);
  await expect.poll(async () => (await customer.serverOrder()).order.lines[0]?.quantity).toBe(2);
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
  await expect(page.locator('.totals .total dd')).toHaveText('€22.70');
  expect((await customer.agrees()).order.totals.payable_minor).toBe(2270);
});

test('an answer that is lost on the way places once', async ({ customer, page, shop }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.synced();
  let placings = 0;
  await page.route('**/commands', async (route) => {
    const isPlacing = route.request().postData()?.includes('"place_order"') ?? false;
    if (isPlacing) placings += 1;
    if (!isPlacing || placings > 1) {
      await route.continue();
      return;
    }
    await route.fetch(); // The server does it; the page never hears of it.
    await route.abort('connectionreset');
  });
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
  expect(placings).toBe(2);
  const { order } = await customer.agrees();
  expect(order.payments).toHaveLength(1);
  expect(shop.verify()).toContain(' 0 findings');
});

test('a page whose core cannot be loaded says so and offers to try again', async ({
  page,
  shop,
}) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(shop.url);
  await expect(page.locator('main h1')).toBeVisible();
  const again = page.getByRole('button', { name: 'Load again' });
  await expect(again).toBeVisible();
  await page.unroute('**/*.wasm');
  await again.click();
  await expect(page.locator('.product-card').first()).toBeVisible();
});
