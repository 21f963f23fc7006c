// SPDX-License-Identifier: Apache-2.0
// The shop changes something between showing the total and placing the order.
import { aNewEmail, expect, goods, test, type Customer } from './customer.ts';

async function buyWithCode(customer: Customer, email: string): Promise<void> {
  const { page } = customer;
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/cart');
  await customer.applyCoupon('WELCOME10');
  await expect(page.locator('.totals .discount')).toContainText('Welcome');
  await customer.go('#/checkout');
  await customer.fillCheckout({ email });
}

test('a changed price is shown with both amounts and only then paid', async ({
  customer,
  page,
  shop,
}) => {
  await customer.open();
  await customer.add(goods.darjeeling);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.synced();
  expect(await customer.payAmount()).toBe('€17.80');
  shop.setPrice(goods.darjeeling.sku, '12.90', '13.40');
  try {
    const answered = page.waitForResponse((answer) =>
      Boolean(answer.request().postData()?.includes('"place_order"')),
    );
    await customer.pay();
    expect((await answered).status()).toBe(409);
    const told = (await (await answered).json()) as { results: { rejected: object }[] };
    expect(told.results.at(-1)?.rejected).toMatchObject({
      reason: 'quote_changed',
      changes: [{ code: 'price_changed', was: 1290, now: 1340 }],
    });
    const dialog = page.locator('dialog[aria-labelledby=changed-title]');
    await expect(dialog.locator('h2')).toBeFocused();
    await expect(dialog).toContainText('You have not been charged');
    const row = dialog.locator('tbody tr').first();
    await expect(row).toContainText('Darjeeling Second Flush, price');
    await expect(row.locator('td')).toHaveText(['€12.90', '€13.40']);
    await expect(dialog.locator('tr.total td')).toHaveText(['€17.80', '€18.30']);

    await page.keyboard.press('Escape');
    await expect(page.locator('#pay')).toBeFocused();
    expect((await customer.serverOrder()).order.axes.order).toBe('quotation');
    expect(await customer.payAmount()).toBe('€18.30');
    await customer.pay();
    await customer.atProvider('captured');
    await expect(page.locator('h1')).toContainText('confirmed');
    await expect(page.locator('.totals .total dd')).toHaveText('€18.30');
    expect((await customer.agrees()).order.totals.payable_minor).toBe(1830);
  } finally {
    shop.setPrice(goods.darjeeling.sku, '12.90', '12.90');
  }
});

test('the new amount can be confirmed in the dialog itself', async ({ customer, page, shop }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.synced();
  shop.setPrice(goods.assam.sku, '8.90', '7.90');
  try {
    await customer.pay();
    const again = page.locator('dialog[open] .button.primary');
    await expect(again).toHaveText('Pay €12.80');
    await again.click();
    await customer.atProvider('captured');
    await expect(page.locator('.totals .total dd')).toHaveText('€12.80');
  } finally {
    shop.setPrice(goods.assam.sku, '8.90', '8.90');
  }
});

test('a price that changes before Pay is said at its line', async ({ customer, page, shop }) => {
  await customer.open();
  await customer.add(goods.breakfast);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.synced();
  shop.setPrice(goods.breakfast.sku, '7.50', '7.80');
  try {
    await page.locator('input[name=shipping][value=express]').check();
    await expect(page.locator('aside .fault')).toHaveText('The price changed from €7.50 to €7.80.');
    await expect(page.locator('.totals .total dd')).toHaveText('€20.70');
  } finally {
    shop.setPrice(goods.breakfast.sku, '7.50', '7.50');
  }
});

test('a code that this customer has used says so as soon as the email is known', async ({
  customer,
  page,
}) => {
  const email = aNewEmail();
  await buyWithCode(customer, email);
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');

  await buyWithCode(customer, email);
  const fault = page.locator('aside .coupons .fault');
  await expect(fault).toHaveText('You have used the code WELCOME10 as often as allowed.');
  await expect(page.locator('#alert-region')).toContainText('WELCOME10');
  await expect(page.locator('.totals .discount')).toHaveCount(0);
  expect(await customer.payAmount()).toBe('€13.80');
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('.totals .total dd')).toHaveText('€13.80');
});

test('a code that loses its effect while Pay is pressed is named before anything is paid', async ({
  customer,
  page,
}) => {
  const email = aNewEmail();
  await buyWithCode(customer, email);
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');

  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  await customer.open();
  await page.route('**/commands', async (route) => {
    if (route.request().postData()?.includes(email)) await gate;
    await route.continue();
  });
  await buyWithCode(customer, email);
  expect(await customer.payAmount()).toBe('€12.91');
  await customer.pay();
  await expect(page.locator('#pay')).toHaveText('Paying…');
  open();
  const dialog = page.locator('dialog[open]');
  await expect(dialog).toContainText('You have used the code WELCOME10 as often as allowed.');
  await expect(dialog.locator('tr.total td')).toHaveText(['€12.91', '€13.80']);
  await dialog.locator('.button.primary').click();
  await customer.atProvider('captured');
  await expect(page.locator('.totals .total dd')).toHaveText('€13.80');
});
