// SPDX-License-Identifier: Apache-2.0
// The payment page with Stripe's fields: what its policy lets through, what a customer reads when a
// card is declined, and the way back.
import { Customer, expect, goods, test } from './customer.ts';
import { TestShop } from './server.ts';
import { StripeStandIn } from './stripe-stand-in.ts';

interface AtStripe {
  readonly stripeShop: TestShop;
  readonly standIn: StripeStandIn;
  /// With goods in the cart, at the checkout, and Stripe's script within reach.
  readonly buyer: Customer;
}

const stripe = test.extend<AtStripe>({
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
  buyer: async ({ context, page, standIn, stripeShop }, use) => {
    await standIn.serve(context);
    const customer = new Customer(page, stripeShop.url);
    await customer.open();
    await customer.add(goods.assam);
    await customer.go('#/checkout');
    await use(customer);
  },
});

stripe(
  'a declined card may be tried again, and the order is confirmed on the way back',
  async ({ buyer, page, standIn, stripeShop }) => {
    await buyer.fillCheckout();
    const amount = await buyer.payAmount();
    await buyer.pay();
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
    const { order } = await buyer.agrees();
    expect(order.axes.payment).toBe('paid');
    expect(standIn.intents[0]?.amount_received).toBe(order.totals.payable_minor);
    expect(buyer.faults).toEqual([]);
    expect(stripeShop.verify()).toContain(' 0 findings');
  },
);

stripe(
  'without a wallet the checkout begins with its form',
  async ({ context, page, standIn, stripeShop }) => {
    await standIn.serve(context, { wallet: false });
    const asked = page.waitForResponse(/\/pay\/stripe\/express$/);
    const customer = new Customer(page, stripeShop.url);
    await customer.open();
    await customer.add(goods.assam);
    await customer.go('#/checkout');
    await asked;
    await page.waitForFunction(() => 'Stripe' in window);
    await expect(page.locator('shop-express')).toBeHidden();
    await expect(page.getByText('or fill in:')).toBeHidden();
    expect(await page.locator('shop-express').boundingBox()).toBeNull();
  },
);

stripe('a page whose fields cannot be had says so', async ({ buyer, context, page }) => {
  await context.route('https://js.stripe.com/**', (route) => route.abort());
  await buyer.fillCheckout();
  await buyer.pay();
  await page.waitForURL(/\/pay\/stripe\//);
  await expect(page.getByRole('alert')).toContainText('cannot be shown now');
});

stripe(
  'a wallet of Stripe’s pays the placed order for exactly what its sheet showed',
  async ({ buyer, page, standIn, stripeShop }) => {
    const buttons = page.locator('.express-buttons');
    const said = buttons.locator('output');
    await buttons.getByRole('button', { name: 'Stand-in wallet' }).click();
    await expect(said).toHaveText('Amount 1380');
    await buttons.getByRole('button', { name: 'Wien', exact: true }).click();
    await buttons.getByRole('button', { name: /Rate Express/ }).click();
    await expect(said).not.toHaveText('Amount 1380');
    const shown = /Amount (\d+)/.exec(await said.innerText())?.[1];
    await buttons.getByRole('button', { name: 'Confirm', exact: true }).click();

    await expect(page.locator('h1')).toContainText('Thank you, Wanda');
    expect(standIn.intents).toHaveLength(1);
    const { order } = await buyer.agrees();
    expect(order.ship_to?.city).toBe('Wien');
    expect(String(order.totals.payable_minor)).toBe(shown);
    expect(standIn.intents[0]?.amount_received).toBe(order.totals.payable_minor);
    expect(buyer.faults).toEqual([]);
    expect(stripeShop.verify()).toContain(' 0 findings');
  },
);

stripe(
  'what a wallet cannot pay is told in its sheet and on the page',
  async ({ buyer, context, standIn }) => {
    const { page } = buyer;
    const buttons = page.locator('.express-buttons');
    await buttons.getByRole('button', { name: 'Stand-in wallet' }).click();
    await expect(buttons.locator('output')).toHaveText('Amount 1380');
    await buttons.getByRole('button', { name: 'Confirm for Wien' }).click();
    await expect(buttons.locator('output')).toContainText('changed from €13.80 to');
    await expect(page.locator('#express-fault')).toContainText('You have not been charged');
    expect(standIn.intents).toHaveLength(0);

    await context.route(/\/pay\/stripe\/[^/]+\/secret$/, (route) => route.abort());
    await buttons.getByRole('button', { name: 'Stand-in wallet' }).click();
    await buttons.getByRole('button', { name: 'Confirm', exact: true }).last().click();
    await expect(page.locator('h1')).toContainText('waits for your payment');
    await expect(page.locator('#alert-region')).toContainText('did not begin');
    expect(standIn.intents[0]?.amount_received).toBe(0);
  },
);
