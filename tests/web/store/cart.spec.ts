// SPDX-License-Identifier: Apache-2.0
// The cart: what it says, and where focus goes.
import { expect, goods, test } from './customer.ts';

test('more than there is becomes what is left, and the line says so', async ({
  customer,
  page,
}) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/cart');
  await page.locator('.stepper input').fill('۸۰');
  await page.locator('.stepper input').press('Enter');
  await expect(page.locator('.line .fault')).toContainText(/Only \d+ left, so we set the quantity/);
  await expect(page.locator('#alert-region')).toContainText('left, so we set the quantity');
});

test('Remove leaves Undo in place and moves focus to the next Remove', async ({
  customer,
  page,
}) => {
  await customer.open();
  await customer.addThree();
  await customer.go('#/cart');
  await page.getByRole('button', { name: 'Remove Assam Gold' }).click();
  await expect(page.getByRole('button', { name: 'Remove English Breakfast' })).toBeFocused();
  await expect(page.locator('.lines > li').first()).toContainText('Assam Gold was removed.');
  await page.getByRole('button', { name: 'Undo, put Assam Gold back' }).click();
  await expect(page.getByRole('button', { name: 'Remove Assam Gold' })).toBeFocused();
  await expect(page.locator('.lines > li .line')).toHaveCount(3);
});

test('ten quick clicks make one announcement and one request', async ({ customer, page }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/cart');
  await expect(page.locator('#status-region')).toContainText('Added');
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const region = document.getElementById('status-region');
    if (!region) return;
    new MutationObserver(() => {
      if (region.textContent !== '') said.push(region.textContent);
    }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await expect.poll(async () => (await customer.serverOrder()).order.lines.length).toBe(1);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/commands')) sent.push(request.postData() ?? '');
  });
  await page.getByRole('button', { name: 'One more of Assam Gold' }).evaluate(async (more) => {
    // Quicker than any clock: between two clicks the page only draws.
    const cart = more.closest<HTMLElement & { updateComplete: Promise<unknown> }>('shop-cart');
    for (let i = 0; i < 9; i += 1) {
      (more as HTMLElement).click();
      await cart?.updateComplete;
    }
  });
  await expect(page.locator('#status-region')).toContainText('quantity 10');
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said).toEqual(['Assam Gold, quantity 10. Total €89.00.']);
  await expect
    .poll(async () => (await customer.serverOrder()).order.lines.map((line) => line.quantity))
    .toEqual([10]);
  expect(sent).toHaveLength(1);
});

test('a code that does not exist is explained at its field', async ({ customer, page }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/cart');
  await customer.applyCoupon('NOSUCH');
  await expect(page.locator('shop-coupon .fault').first()).toContainText('We have no code NOSUCH');
});

test('the list is searched and paged by the server', async ({ customer, page }) => {
  await customer.open();
  await expect(page.locator('.product-card')).toHaveCount(24);
  await page.getByRole('button', { name: 'Show more products' }).click();
  await expect(page.locator('.product-card')).toHaveCount(48);
  await page.locator('#search').fill('earl');
  await expect(page.locator('h1')).toContainText('earl');
  await expect(page.locator('.product-card').first()).toContainText('Earl Grey');
  await page.locator('#search').fill('zzzz');
  await expect(page.locator('.empty')).toContainText('No products match');
});

test('there are exactly two live regions, before anything is said', async ({ page, shop }) => {
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.goto(shop.url);
  const regions = page.locator('[aria-live], [role=status], [role=alert]');
  await expect(regions).toHaveCount(2);
  expect(
    await regions.evaluateAll((nodes) => nodes.map((node) => node.parentElement?.tagName)),
  ).toEqual(['BODY', 'BODY']);
});
