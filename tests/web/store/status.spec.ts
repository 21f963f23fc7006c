// SPDX-License-Identifier: Apache-2.0
// The page of a placed order: every part of its state in words, and canceling while the core allows
// it. What staff do is played by the staff's build of the core in the server's place.
import { expect, goods, test, type Customer } from './customer.ts';
import { playShop } from './played-shop.ts';

const staff = (role: string): string => `{"class":"staff","role":"${role}"}`;

async function orderByWire(customer: Customer): Promise<void> {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.page.locator('input[name=payment][value=wire]').check();
  await customer.pay();
  await expect(customer.page.locator('#status-order')).toBeVisible();
}

test('canceling asks once, by keyboard, and says what became of it', async ({ customer, page }) => {
  await orderByWire(customer);
  await expect(page.locator('#status-order')).toHaveText('Placed, not confirmed yet');
  await expect(page.locator('#status')).toContainText('Still to pay');
  const button = page.getByRole('button', { name: 'Cancel order' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#cancel-title')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await expect(page.locator('#status-order')).toHaveText('Placed, not confirmed yet');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').getByRole('button', { name: 'Cancel order' }).click();
  await expect(page.locator('#status-order')).toHaveText('Canceled');
  await expect(page.locator('main h1')).toBeFocused();
  await expect(page.locator('#status-region')).toContainText('Order: Canceled.');
  await expect(button).toHaveCount(0);
});

test('without a network nothing is canceled, and the page says so', async ({ customer, page }) => {
  await orderByWire(customer);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await page.locator('dialog[open]').getByRole('button', { name: 'Cancel order' }).click();
  await expect(page.locator('#alert-region')).toContainText('not canceled');
  await page.context().setOffline(false);
  await page.reload();
  await expect(page.locator('#status-order')).toHaveText('Placed, not confirmed yet');
});

test('a confirmed order says why it cannot be canceled', async ({ customer, page }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('#status-order')).toHaveText('Confirmed');
  await expect(page.locator('#status-payment')).toHaveText('Paid');
  await expect(page.locator('#status-delivery')).toHaveText('Ready to be sent');
  await expect(page.locator('shop-cancel')).toContainText('This order is confirmed');
  await expect(page.getByRole('button', { name: 'Cancel order' })).toHaveCount(0);
});

test('tells parcels, what follows, what comes back and what is given back', async ({
  customer,
  page,
  shop,
}) => {
  const played = await playShop(page, shop.url, goods.assam.handle);
  await customer.open();
  for (let n = 0; n < 3; n += 1) await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await page.locator('input[name=payment][value=card]').check();
  await customer.pay();
  await expect(page.locator('#status-order')).toBeVisible();
  const accounting = staff('accounting');
  const warehouse = staff('warehouse');
  const demo = '{"class":"provider","provider":"demo"}';
  const sku = goods.assam.sku;
  played.tell({ type: 'payment_captured', attempt: 1, amount_minor: played.payable() }, demo);
  played.tell(
    {
      type: 'complete_transfer',
      transfer: 1,
      lines: [{ line: sku, quantity: 2 }],
      backorder: true,
      tracking: '00340434161094015902',
    },
    warehouse,
  );
  await page.reload();
  await expect(page.locator('#status-delivery')).toHaveText('Sent in part');
  await expect(page.locator('#status .tracking bdi')).toHaveText('00340434161094015902');
  await expect(page.locator('#status')).toContainText('Follows later');

  const lines = [{ line: sku, quantity: 1 }];
  played.tell({ type: 'request_return', lines }, '{"class":"customer"}');
  played.tell({ type: 'approve_return', return: 1 }, staff('sales'));
  await page.reload();
  await expect(page.locator('#status-return')).toContainText('Approved');
  const received = [{ line: sku, accepted: 1 }];
  played.tell({ type: 'receive_return', return: 1, lines: received }, warehouse);
  played.tell({ type: 'refund', return: 1 }, accounting);
  await page.reload();
  await expect(page.locator('#status')).toContainText('On its way back to you');
  played.tell({ type: 'refund_succeeded', refund: 1 }, demo);
  await page.reload();
  await expect(page.locator('#status-payment')).toHaveText('Refunded in part');
  await expect(page.locator('#status')).toContainText('Given back');
  await expect(page.locator('#status')).toContainText('€8.90');
});
