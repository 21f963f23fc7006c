// SPDX-License-Identifier: Apache-2.0
// The payment page with Stripe's fields: what its policy lets through, what a customer reads when a
// card is declined, and the way back.
import { Customer, expect, goods, test } from './customer.ts';
import { TestShop } from './server.ts';
import { StripeStandIn } from './stripe-stand-in.ts';

const stripe = test.extend<{ stripeShop: TestShop; standIn: StripeStandIn }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names in the pattern.
  standIn: async ({}, use) => {
    const standIn = await StripeStandIn.open();
    await use(standIn);
    await standIn.close();
  },
  stripeShop: async ({ standIn }, use) => {
    const shop = await TestShop.open({ ...StripeStandIn.keys, TANDEM_STRIPE_URL: standIn.url });
    shop.payBy('card', 'stripe');
    await use(shop);
    await shop.close();
  },
});

stripe(
  'a declined card may be tried again, and the order is confirmed on the way back',
  async ({ context, page, standIn, stripeShop }) => {
    await standIn.serve(context);
    const customer = new Customer(page, stripeShop.url);
    await customer.open();
    await customer.add(goods.assam);
    await customer.go('#/checkout');
    await customer.fillCheckout();
    const amount = await customer.payAmount();
    await customer.pay();
    await page.waitForURL(/\/pay\/stripe\//);
    await expect(page.locator('body')).toContainText(amount.replace('€', ''));

    const button = page.getByRole('button');
    await expect(button).toBeEnabled();
    await page.getByLabel('Card number').fill('4000 0000 0000 0002');
    await button.click();
    await expect(page.getByRole('alert')).toHaveText('Your card was declined.');
    await page.getByLabel('Card number').fill('4242 4242 4242 4242');
    await button.click();

    await expect(page.locator('h1')).toContainText('confirmed');
    expect(standIn.intents).toHaveLength(1);
    const { order } = await customer.agrees();
    expect(order.axes.payment).toBe('paid');
    expect(standIn.intents[0]?.amount_received).toBe(order.totals.payable_minor);
    expect(customer.faults).toEqual([]);
    expect(stripeShop.verify()).toContain(' 0 findings');
  },
);

stripe('a page whose fields cannot be had says so', async ({ context, page, stripeShop }) => {
  await context.route('https://js.stripe.com/**', (route) => route.abort());
  const customer = new Customer(page, stripeShop.url);
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout();
  await customer.pay();
  await page.waitForURL(/\/pay\/stripe\//);
  await expect(page.getByRole('alert')).toContainText('cannot be shown now');
});
