// SPDX-License-Identifier: Apache-2.0
// The checkout's form: how much it asks, when it complains, and where its fields live.
import { expect, goods, test } from './customer.ts';

const ownTextFields = [
  'main input:not([type=radio]):not([type=checkbox]):visible',
  'main select:visible',
  'main textarea:visible',
].join(', ');

test.beforeEach(async ({ customer }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
});

for (const country of ['US', 'DE', 'GB', 'FR']) {
  test(`a guest in ${country} sees at most eight fields`, async ({ page }) => {
    await page.locator('#ship-country').selectOption(country);
    const count = await page.locator(ownTextFields).count();
    expect(count).toBeGreaterThan(4);
    expect(count).toBeLessThanOrEqual(8);
  });
}

test('every field has its autofill token and lives in the document', async ({ page }) => {
  await page.locator('#ship-country').selectOption('US');
  const fields = await page
    .locator(ownTextFields)
    .evaluateAll((nodes) =>
      nodes.map((node) => [
        node.id,
        node.getAttribute('autocomplete'),
        node.getRootNode() === document,
      ]),
    );
  expect(fields).toEqual([
    ['email', 'email', true],
    ['ship-country', 'shipping country', true],
    ['ship-name', 'shipping name', true],
    ['ship-line1', 'shipping address-line1', true],
    ['ship-city', 'shipping address-level2', true],
    ['ship-region', 'shipping address-level1', true],
    ['ship-postcode', 'shipping postal-code', true],
    ['ship-phone', 'shipping tel', true],
  ]);
});

test('a field left empty says nothing; a wrong one speaks, and stops when it is right', async ({
  page,
}) => {
  await page.locator('#email').focus();
  await page.locator('#ship-name').focus();
  await expect(page.locator('.field .fault')).toHaveCount(0);
  await page.locator('#email').fill('sara');
  await expect(page.locator('.field .fault')).toHaveCount(0);
  await page.locator('#ship-name').focus();
  await expect(page.locator('#email-fault')).toContainText('no @ sign');
  await page.locator('#email').pressSequentially('@example.com');
  await expect(page.locator('#email-fault')).toHaveCount(0);
});

test('Pay with faults lists them, links to the fields, and marks the title', async ({ page }) => {
  await page.locator('#pay').click();
  const box = page.locator('.fault-summary');
  await expect(box).toBeFocused();
  await expect(box.locator('h2')).toHaveText('Check these 5 fields');
  await expect(page).toHaveTitle(/^Error: /);
  const first = box.locator('a').first();
  await expect(first).toHaveText((await page.locator('#email-fault').innerText()).trim());
  await first.click();
  await expect(page.locator('#email')).toBeFocused();
  await page.locator('#email').fill('sara@example.com');
  await expect(box.locator('h2')).toHaveText('Check these 4 fields');
});

test('a known slip in the email is asked, never a barrier', async ({ page }) => {
  await page.locator('#email').fill('sara@gmial.com');
  await page.getByRole('button', { name: 'Use sara@gmail.com' }).click();
  await expect(page.locator('#email')).toHaveValue('sara@gmail.com');
});

test('digits of any script make a postal code', async ({ page, customer }) => {
  await customer.fillCheckout({ postcode: '۱۰۹ ۶۹' });
  await expect(page.locator('#ship-postcode-fault')).toHaveCount(0);
  await customer.pay();
  await page.waitForURL(/\/pay\/demo\//);
});

test('another country changes delivery and total at once', async ({ page }) => {
  await expect(page.locator('.totals')).toContainText('Delivery to Germany');
  await page.locator('#ship-country').selectOption('US');
  await expect(page.locator('.totals')).toContainText('Delivery to United States');
  await expect(page.locator('.totals')).toContainText('€14.90');
});

test('Enter in a field does not pay', async ({ page, customer }) => {
  await customer.fillCheckout();
  await page.locator('#ship-city').press('Enter');
  await expect(page.locator('#pay')).toBeVisible();
  expect(page.url()).not.toContain('/pay/');
});

test('Pay is never disabled and only the billing box is ticked', async ({ page }) => {
  await expect(page.locator('[disabled]')).toHaveCount(0);
  await expect(page.locator('input[type=checkbox]:checked')).toHaveCount(1);
  await page.locator('input[name=billing-same]').uncheck();
  await expect(page.locator('#bill-line1')).toHaveAttribute(
    'autocomplete',
    'billing address-line1',
  );
});
