// SPDX-License-Identifier: Apache-2.0
// The purchase in Persian, from right to left.
import { expect, goods, test } from './customer.ts';

test('a purchase in Persian, from right to left', async ({ customer, page }) => {
  await customer.speak('fa');
  await customer.open();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('h1')).toHaveText('همه کالاهای فروشگاه');
  await customer.add(goods.assam);
  await customer.go('#/cart');
  await expect(page.locator('.line .name')).toHaveText('چای آسام طلایی');
  await expect(page.locator('.totals .total dd')).toContainText('۱۳٫۸۰');
  await customer.go('#/checkout');
  await customer.fillCheckout({ name: 'سارا راد', postcode: '۱۰۹۶۹' });
  await expect(page.locator('#pay')).toContainText('پرداخت');
  const box = await page.locator('.checkout-form').boundingBox();
  const aside = await page.locator('aside').boundingBox();
  expect(box?.x ?? 0).toBeGreaterThan(aside?.x ?? 0);
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('تأیید شد');
  await expect(page.locator('h1')).toContainText('سارا راد');
  const stored = await customer.serverOrder();
  expect(stored.order.axes.order).toBe('order');
});

test('codes and mail stay left to right inside Persian', async ({ customer, page }) => {
  await customer.speak('fa');
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  for (const id of ['email', 'ship-postcode', 'ship-phone']) {
    await expect(page.locator(`#${id}`)).toHaveCSS('direction', 'ltr');
  }
  await expect(page.locator('#ship-name')).toHaveAttribute('dir', 'auto');
});
