// SPDX-License-Identifier: Apache-2.0
// What others do meanwhile: another customer takes the last piece, another device pays.
import type { Browser } from '@playwright/test';
import { Customer, expect, goods, test, type Good } from './customer.ts';

const honey: Good = {
  handle: 'linden-honey',
  sku: 'PAN-101',
  price: '8.90',
  name: 'Linden Honey',
};

async function another(browser: Browser, url: string): Promise<Customer> {
  const context = await browser.newContext({ locale: 'en-GB' });
  return new Customer(await context.newPage(), url);
}

test('what another customer took is named before anything is paid', async ({
  browser,
  customer,
  page,
  shop,
}) => {
  await customer.open();
  await customer.add(honey);
  await customer.go('#/cart');
  await page.locator('.stepper input').fill('4');
  await page.locator('.stepper input').press('Enter');
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.synced();

  const other = await another(browser, shop.url);
  await other.open();
  await other.add(honey);
  await other.go('#/checkout');
  await other.fillCheckout();
  await other.pay();
  await other.atProvider('captured');
  await expect(other.page.locator('h1')).toContainText('confirmed');

  await customer.pay();
  const notice = page.locator('#pay-notice');
  await expect(notice).toContainText(`Only 3 of ${honey.name} left`);
  await expect(notice).toContainText('You have not been charged');
  await expect(page.locator('#pay')).toBeFocused();
  expect((await customer.serverOrder()).order.axes.order).toBe('quotation');
  await notice.getByRole('link', { name: 'Edit cart' }).click();
  await expect(page.locator('.line .fault')).toContainText('Only 3');
  await page.getByRole('button', { name: `One less of ${honey.name}` }).click();
  await expect(page.locator('.line .fault')).toHaveCount(0);
  await customer.go('#/checkout');
  await expect(notice).toHaveCount(0);
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
  expect(shop.verify()).toContain(' 0 findings');
});

test('a payment that ends on another device is confirmed on this one', async ({
  browser,
  customer,
  page,
  shop,
}) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.pay();
  await page.waitForURL(/\/pay\/demo\//);
  const other = await another(browser, shop.url);
  await other.page.goto(page.url());
  await customer.go('#/order');
  await expect(page.locator('h1')).toContainText('waits for your payment');
  await other.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
  await customer.agrees();
});

test('another tab shows the same cart', async ({ context, customer, page, shop }) => {
  await customer.open();
  const second = new Customer(await context.newPage(), shop.url);
  await second.open();
  await customer.add(goods.assam);
  await expect(second.page.locator('.cart-link .count')).toHaveText('1');
  await second.go('#/cart');
  await second.page.getByRole('button', { name: 'One more of Assam Gold' }).click();
  await customer.go('#/cart');
  await expect(page.locator('.stepper input')).toHaveValue('2');
  await expect(page.locator('.sum')).toHaveText('€17.80');
});

test('two tabs that open at once hold one cart', async ({ context, customer, page, shop }) => {
  const second = new Customer(await context.newPage(), shop.url);
  await Promise.all([customer.open(), second.open()]);
  await customer.add(goods.assam);
  await second.add(goods.breakfast);
  for (const tab of [page, second.page]) {
    await expect(tab.locator('.cart-link .count')).toHaveText('2');
  }
});

test('a tab that has not seen the goods yet shows them in the cart', async ({
  context,
  customer,
  shop,
}) => {
  await customer.open();
  const second = new Customer(await context.newPage(), shop.url);
  await second.page.route(/\/v1\/offers\?/, () => undefined);
  await second.open();
  await context.route('**/v1/orders/**', (route) => route.abort());
  await customer.add(goods.assam);
  await expect(second.page.locator('.cart-link .count')).toHaveText('1');
});

test('a tab that missed what another did hears of it from the server', async ({
  context,
  customer,
  shop,
}) => {
  await customer.open();
  const second = new Customer(await context.newPage(), shop.url);
  // Such a tab was being opened, or asleep.
  await second.page.addInitScript(() => {
    globalThis.BroadcastChannel = class extends BroadcastChannel {
      override set onmessage(heard: (event: MessageEvent<object>) => void) {
        super.onmessage = (event: MessageEvent<object>): void => {
          if (!('applied' in event.data)) heard(event);
        };
      }
    };
  });
  await second.open();
  await customer.add(goods.assam);
  await expect(second.page.locator('.cart-link .count')).toHaveText('1');
});
