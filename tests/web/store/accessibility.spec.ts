// SPDX-License-Identifier: Apache-2.0
// axe finds nothing on any view, in both languages, light and dark; and what axe does not see:
// reflow at 320 pixels, targets, motion, forced colors.
import { findings } from './axe.ts';
import { expect, goods, test, type Customer } from './customer.ts';

/// Every view and state, one after the other, in one purchase.
async function walk(customer: Customer, look: (view: string) => Promise<void>): Promise<void> {
  const { page } = customer;
  await customer.open();
  await expect(page.locator('.product-card').first()).toBeVisible();
  await look('list');
  await page.locator('#search').fill('zzzz');
  await expect(page.locator('.empty')).toBeVisible();
  await look('list, nothing found');
  await customer.go('#/cart');
  await expect(page.locator('.empty')).toBeVisible();
  await look('empty cart');
  await customer.go('#/product/assam-gold');
  await page.locator('.product .button.primary').click();
  await expect(page.locator('dialog.drawer')).toBeVisible();
  await look('product with drawer');
  await page.keyboard.press('Escape');
  await look('product');
  await customer.add(goods.breakfast);
  await customer.go('#/cart');
  await page.locator('.stepper input').first().fill('999');
  await page.locator('.stepper input').first().press('Enter');
  await expect(page.locator('.line .fault').first()).toBeVisible();
  await page.locator('[data-remove]').nth(1).click();
  await page.locator('shop-coupon summary').click();
  await page.locator('shop-coupon button[type=submit]').click();
  await look('cart with clamp, undo and coupon');
  // The other tests want to buy some, too.
  await page.locator('.stepper input').first().fill('1');
  await page.locator('.stepper input').first().press('Enter');
  await expect(page.locator('.line .fault')).toHaveCount(0);
  await customer.go('#/checkout');
  await customer.pay();
  await expect(page.locator('.fault-summary')).toBeVisible();
  await look('checkout with faults');
  await page.locator('input[name=billing-same]').uncheck();
  await look('checkout with billing address');
  await page.locator('input[name=billing-same]').check();
  await customer.fillCheckout();
  await customer.pay();
  await customer.atProvider('declined');
  await expect(page.locator('#declined')).toBeVisible();
  await look('declined');
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('.result:not(.waits)')).toBeVisible();
  await look('confirmed');
  await customer.go('#/terms');
  await look('terms');
}

for (const language of ['en', 'fa'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in ${language}, ${colorScheme}`, async ({ customer, page }) => {
      test.setTimeout(300_000);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await customer.speak(language);
      await walk(customer, async (view) => {
        expect.soft(await findings(page), view).toEqual([]);
      });
    });
  }
}

test('nothing scrolls sideways at 320 pixels, and nothing moves', async ({ customer, page }) => {
  test.setTimeout(300_000);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ reducedMotion: 'reduce', contrast: 'more', forcedColors: 'active' });
  await customer.speak('fa');
  const check = async (view: string): Promise<void> => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(wide, `${view} is no wider than the screen`).toBeLessThanOrEqual(320);
    const moving = await page.evaluate(
      () =>
        document.getAnimations().filter((one) => Number(one.effect?.getTiming().duration) > 0)
          .length,
    );
    expect.soft(moving, `${view} does not move`).toBe(0);
  };
  await customer.open();
  await check('list');
  await customer.add(goods.assam);
  await check('product');
  await customer.go('#/cart');
  await check('cart');
  await customer.go('#/checkout');
  await customer.pay();
  await expect(page.locator('.fault-summary')).toBeVisible();
  await check('checkout');
});

test('wider spaced text loses nothing', async ({ customer, page }) => {
  await customer.open();
  await customer.add(goods.darjeeling);
  for (const view of ['#/', '#/cart', '#/checkout']) {
    await customer.go(view);
    await expect(page.locator('main h1')).toBeVisible();
    const lost = await page.evaluate(() => {
      // Set by script: the page's policy allows no style of a stranger.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; ' +
          'word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
      );
      document.adoptedStyleSheets = [sheet];
      const clipped = [...document.querySelectorAll<HTMLElement>('main *, header *')].filter(
        (one) =>
          getComputedStyle(one).overflow !== 'visible' &&
          !one.closest('.visually-hidden') &&
          !one.matches('input, select') &&
          one.scrollHeight > one.clientHeight + 1 &&
          getComputedStyle(one).overflowY === 'hidden',
      );
      const wide = document.documentElement.scrollWidth > innerWidth;
      return [...clipped.map((one) => one.outerHTML.slice(0, 120)), ...(wide ? ['wide'] : [])];
    });
    expect.soft(lost, view).toEqual([]);
  }
});

test('targets are 44 pixels high', async ({ customer, page }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/cart');
  await expect(page.locator('.stepper')).toBeVisible();
  const small = await page
    .locator('main button:visible, main a.button:visible, main summary:visible, header a:visible')
    .evaluateAll((nodes) =>
      nodes
        .filter((node) => node.getBoundingClientRect().height < 44)
        .map((node) => node.outerHTML),
    );
  expect(small).toEqual([]);
});
