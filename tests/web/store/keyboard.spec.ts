// SPDX-License-Identifier: Apache-2.0
// The purchase by keyboard alone: every step by Tab, arrows, Space and Enter.
import type { Page } from '@playwright/test';
import { expect, goods, test } from './customer.ts';

/// The focused element is outlined, and nothing that sticks to an edge lies upon it.
async function expectSeen(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return 'nothing has focus';
    // A product's link leaves its outline to the whole card.
    const outlined = [element, element.closest('.product-card')].some(
      (one) => one !== null && getComputedStyle(one).outlineStyle !== 'none',
    );
    const { x, y, width, height } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    const covered = top === null || !(element.contains(top) || top.contains(element));
    return [outlined ? '' : 'no outline', covered ? 'covered' : ''].join('');
  });
  expect(seen).toBe('');
}

/// Presses Tab until the focused element matches; fails when it would go round.
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 80; i += 1) {
    const there = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) ?? false,
      selector,
    );
    if (there) {
      await expect(page.locator(selector).first()).toBeInViewport();
      await expectSeen(page);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${selector}`);
}

test('a purchase by keyboard alone', async ({ customer, page }) => {
  await customer.open();
  await tabTo(page, '#search');
  await page.keyboard.type('assam gold');
  await page.keyboard.press('Enter');
  await expect(page.locator('.product-card h2 a').first()).toHaveText('Assam Gold');
  await tabTo(page, '.product-card h2 a');
  await page.keyboard.press('Enter');
  await expect(page.locator('.product h1')).toBeFocused();
  await tabTo(page, 'input[name=variant]');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.price').first()).toContainText('€19.90');
  await tabTo(page, '.product .button.primary');
  await page.keyboard.press('Enter');
  await expect(page.locator('#drawer-title')).toBeFocused();
  await tabTo(page, '.drawer a[href="#/checkout"]');
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText('Check out');
  await expect(page.locator('h1')).toBeFocused();

  await tabTo(page, '#email');
  await page.keyboard.type('sara@example.com');
  await tabTo(page, '#ship-name');
  await page.keyboard.type('Sara Rad');
  await tabTo(page, '#ship-line1');
  await page.keyboard.type('Lindenstr. 4');
  await tabTo(page, '#ship-postcode');
  await page.keyboard.type('10969');
  await tabTo(page, '#ship-city');
  await page.keyboard.type('Berlin');
  await tabTo(page, 'input[name=shipping]');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('input[name=shipping][value=express]')).toBeChecked();
  await tabTo(page, '#pay');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/pay\/demo\//);
  await tabTo(page, 'button[value=captured]');
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toContainText('confirmed');
});

test('the order of Tab is the reading order', async ({ customer, page }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await expect(page.locator('#email')).toBeVisible();
  await page.locator('#email').focus();
  const stops: string[] = [];
  for (let i = 0; i < 30; i += 1) {
    stops.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        return element?.id ?? element?.getAttribute('name') ?? '';
      }),
    );
    if (stops.at(-1) === 'pay') break;
    await page.keyboard.press('Tab');
  }
  const named = stops.filter((stop) => stop !== '');
  expect(named).toEqual([
    'email',
    'ship-country',
    'ship-name',
    'ship-line1',
    'ship-postcode',
    'ship-city',
    'ship-phone',
    'pay',
  ]);
});
