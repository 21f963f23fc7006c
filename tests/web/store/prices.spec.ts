// SPDX-License-Identifier: Apache-2.0
// What is said beside a price: its unit, the price before a sale with the lowest one of the last 30
// days, and until when the sale holds.
import type { Page } from '@playwright/test';
import { expect, test, type Customer } from './customer.ts';

const dayMs = 24 * 3_600_000;
const day = (fromToday: number): string =>
  new Date(Date.now() + fromToday * dayMs).toISOString().slice(0, 10);

// Tea at 15.90 by the kilogram: 13.90 for a while a fortnight ago, 12.90 today.
const tea = { sku: 'TEA-121', address: '#/product/oolong-tieguanyin' };
const terms = {
  'custom.unit_code': 'KGM',
  'custom.sale_price': '12.90',
  'custom.sale_starts': day(-1),
  'custom.sale_ends': day(3),
  'custom.quantity_prices': '5=11.90',
  'custom.price_history': `${day(-300)}=15.90; ${day(-20)}=13.90; ${day(-10)}=15.90`,
};

test.beforeEach(({ shop }) => {
  shop.setTerms(tea.sku, terms);
});

async function inTheCart(customer: Customer, page: Page): Promise<void> {
  await customer.go(tea.address);
  await page.getByRole('article').getByRole('button').click();
  await customer.go('#/cart');
}

test('a sale says its price, the one before, the lowest of 30 days and its end', async ({
  customer,
  page,
}) => {
  await customer.open();
  await customer.go(tea.address);
  const product = page.locator('article.product');
  await expect(product.locator('.price')).toContainText('€12.90 per 1 kg');
  await expect(product.locator('.price s')).toHaveText('€15.90');
  await expect(product).toContainText('Lowest price of the last 30 days: €13.90');
  const end = new Date(Date.parse(day(3)));
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  await expect(product).toContainText(`Sale price until ${format.format(end)}`);
});

test('the card and the cart line say the same, and the line charges it', async ({
  customer,
  page,
}) => {
  await customer.open();
  await customer.go('#/?q=tieguanyin');
  const card = page.locator('.product-card', { hasText: 'Tieguanyin' });
  await expect(card.locator('s')).toHaveText('€15.90');
  await expect(card).toContainText('Lowest price of the last 30 days: €13.90');
  await inTheCart(customer, page);
  const line = page.locator('shop-cart .line');
  await expect(line.locator('.sum')).toHaveText('€12.90');
  await expect(line).toContainText('1 kg · €12.90 per 1 kg');
  await expect(line).toContainText('Lowest price of the last 30 days: €13.90');
  await page.reload();
  await expect(line).toContainText('Lowest price of the last 30 days: €13.90');
});

test('a price that counts from a quantity on is no sale', async ({ customer, page }) => {
  await customer.open();
  await inTheCart(customer, page);
  await page.locator('.stepper input').fill('5');
  await page.locator('.stepper input').press('Enter');
  const line = page.locator('shop-cart .line');
  await expect(line.locator('.sum')).toHaveText('€59.50');
  await expect(line).toContainText('5 kg · €11.90 per 1 kg');
  await expect(line).not.toContainText('Lowest price');
  await expect(line.locator('s')).toHaveCount(0);
});

test('Persian has its own digits, units and calendar', async ({ customer, page }) => {
  await customer.open();
  await customer.go(tea.address);
  await page.evaluate(() => {
    localStorage.setItem('shop-language', 'fa');
  });
  await page.reload();
  const product = page.locator('article.product');
  await expect(product.locator('.price')).toContainText('۱ کیلوگرم');
  await expect(product).toContainText('کمترین قیمت ۳۰ روز گذشته');
  await expect(product.locator('.sale-terms')).toContainText('۱۳٫۹۰');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
});
