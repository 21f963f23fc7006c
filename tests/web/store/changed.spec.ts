// SPDX-License-Identifier: Apache-2.0
// The shop changes something between showing the total and placing the order.
import { expect, goods, test } from './customer.ts';

test('a changed price is shown with both amounts and only then paid', async ({
  customer,
  page,
  shop,
}) => {
  await customer.open();
  await customer.add(goods.darjeeling);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await expect.poll(async () => (await customer.serverOrder()).order.lines.length).toBe(1);
  expect(await customer.payAmount()).toBe('€17.80');
  shop.setPrice(goods.darjeeling.sku, '12.90', '13.40');
  try {
    await customer.pay();
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
    await expect(page.locator('.totals .total dd')).toHaveText('€18.30');
  } finally {
    shop.setPrice(goods.darjeeling.sku, '12.90', '12.90');
  }
});

test('the new amount can be confirmed in the dialog itself', async ({ customer, page, shop }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await expect.poll(async () => (await customer.serverOrder()).order.lines.length).toBe(1);
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
