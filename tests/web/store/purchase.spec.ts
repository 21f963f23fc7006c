// SPDX-License-Identifier: Apache-2.0
// The purchase from the first product to the confirmed order, and the ways its payment can go.
import { aNewEmail, expect, goods, test } from './customer.ts';

test('three products, a coupon, an address, the demo payment: confirmed, same digests', async ({
  customer,
  page,
  shop,
}) => {
  await customer.open();
  await customer.addThree();
  await customer.go('#/cart');
  await expect(page.locator('.lines > li')).toHaveCount(3);
  await customer.applyCoupon('welcome10');
  await expect(page.locator('.totals .discount')).toContainText('Welcome');

  await page.locator('a[href="#/checkout"]').click();
  await customer.fillCheckout({ email: aNewEmail() });
  await page.locator('input[name=shipping][value=express]').check();
  await expect(page.locator('.totals')).toContainText('€12.90');
  const amount = await customer.payAmount();
  await expect(page.locator('.totals .total dd')).toHaveText(amount);
  await customer.pay();
  await page.waitForURL(/\/pay\/demo\//);
  await expect(page.locator('.amount')).toContainText(amount.replace('€', ''));
  await customer.atProvider('captured');

  await expect(page.locator('h1')).toContainText('confirmed');
  await expect(page.locator('h1')).toBeFocused();
  await expect(page.locator('.totals .total dd')).toHaveText(amount);
  const stored = await customer.agrees();
  expect(stored.order.axes).toMatchObject({ order: 'order', payment: 'paid' });
  expect(`€${(stored.order.totals.payable_minor / 100).toFixed(2)}`).toBe(amount);
  expect(customer.faults).toEqual([]);
  expect(shop.verify()).toContain(' 0 findings');
});

test('the confirmed order stays, and the next cart is a new one', async ({ customer, page }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
  await expect(page.locator('.cart-link .count')).toHaveCount(0);
  await page.reload();
  await expect(page.locator('h1')).toContainText('confirmed');
  await customer.add(goods.assam);
  await customer.go('#/cart');
  await expect(page.locator('.lines > li')).toHaveCount(1);
  await expect(page.locator('.lines')).toContainText('Assam Gold');
  await expect(page.locator('.line .fault')).toHaveCount(0);
});

test('a declined payment returns to the same cart, and the next one goes through', async ({
  customer,
  page,
}) => {
  await customer.open();
  await customer.addThree();
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.synced();
  const amount = await customer.payAmount();
  const before = (await customer.serverOrder()).order;
  await customer.pay();
  await customer.atProvider('declined');

  const told = page.locator('#declined');
  await expect(told).toBeFocused();
  await expect(told).toContainText('You have not been charged');
  await expect(page.locator('#alert-region')).toContainText('You have not been charged');
  await expect(page.locator('#email')).toHaveValue('sara@example.com');
  await expect(page.locator('#ship-line1')).toHaveValue('Lindenstr. 4');
  await expect(page.locator('input[name=payment]:checked')).toHaveValue('card');
  await expect(page.locator('aside .mini')).toHaveCount(3);
  expect(await customer.payAmount()).toBe(amount);
  const after = (await customer.serverOrder()).order;
  expect(after.axes.order).toBe('quotation');
  expect([after.quote_digest, after.lines]).toEqual([before.quote_digest, before.lines]);

  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
});

test('a payment that takes time says not to pay again and resolves by itself', async ({
  customer,
  page,
}) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.pay();
  await customer.atProvider('pending');
  await expect(page.locator('.result')).toContainText(/do not pay again/i);
  await expect(page.locator('h1')).toContainText('confirmed', { timeout: 30_000 });
});

test('a bank transfer waits, can be canceled, and says what is owed', async ({
  customer,
  page,
}) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await page.locator('input[name=payment][value=wire]').check();
  await expect(page.locator('#pay')).toContainText('Order with obligation to pay');
  await customer.pay();
  await expect(page.locator('h1')).toContainText('is placed');
  await expect(page.locator('main')).toContainText('not reserved yet');
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await page.locator('dialog[open]').getByRole('button', { name: 'Cancel order' }).click();
  await expect(page.locator('h1')).toContainText('canceled');
  await expect.poll(async () => (await customer.serverOrder()).order.axes.order).toBe('canceled');
});

test('leaving the payment page leads to a page that continues or changes the order', async ({
  customer,
  page,
}) => {
  await customer.open();
  await customer.add(goods.darjeeling);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.pay();
  await page.waitForURL(/\/pay\/demo\//);
  await customer.go('#/order');
  await expect(page.getByRole('link', { name: 'Continue to payment' })).toBeVisible();
  await page.getByRole('button', { name: 'Change the order' }).click();
  await expect(page.locator('#email')).toHaveValue('sara@example.com');
  await expect(page.locator('#pay')).toContainText('Pay');
});

test('pressing Pay twice places one order', async ({ customer, page }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  let placings = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes('"place_order"')) placings += 1;
  });
  await page.locator('#pay').dblclick();
  await page.waitForURL(/\/pay\/demo\//);
  expect(placings).toBe(1);
});
