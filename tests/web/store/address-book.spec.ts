// SPDX-License-Identifier: Apache-2.0
// The address book of an account: filled from an order, filling the next one.
import { aNewEmail, expect, goods } from './customer.ts';
import { ask, boughtElsewhere, press, test } from './sign-in.ts';

test('an address is kept from an order, fills the next one, and is removed', async ({
  browser,
  customer,
  mailbox,
  page,
  shop,
}) => {
  const email = aNewEmail();
  const device = await boughtElsewhere(browser, shop, mailbox, email);
  const keep = device.page.getByRole('button', { name: 'Save this address for next time' });
  await device.page.route('**/v1/customer/addresses/*', (route) => route.abort());
  await keep.click();
  await expect(device.page.locator('main .fault')).toContainText('Your addresses are as they were');
  await device.page.unroute('**/v1/customer/addresses/*');
  await keep.press('Enter');
  await expect(device.page.locator('#address-kept')).toBeFocused();
  await expect(keep).toHaveCount(0);
  await device.page.reload();
  await expect(device.page.locator('h1')).toContainText('confirmed');
  await expect(keep).toHaveCount(0);

  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await ask(page, mailbox, email);
  await press(page, shop.url, mailbox, email);
  await expect(page.locator('#ship-city')).toHaveValue('Berlin');
  await customer.go('#/orders');
  const addresses = page.getByRole('region', { name: 'Your addresses' });
  await expect(addresses.getByRole('listitem')).toHaveCount(1);
  await expect(addresses).toContainText('Berlin');
  await addresses.getByRole('button', { name: /^Remove the address .*Berlin$/ }).press('Enter');
  await expect(addresses).toHaveCount(0);
  await expect(page.locator('h1')).toBeFocused();
  await page.reload();
  await expect(page.locator('.own-orders li')).toHaveCount(1);
  await expect(addresses).toHaveCount(0);
  expect(customer.faults).toEqual([]);
});
