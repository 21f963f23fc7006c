// SPDX-License-Identifier: Apache-2.0
// Paying with a wallet: nothing is filled in by hand, every figure on the sheet is the page's own,
// leaving the sheet leaves no trace, and what it cannot pay is told.
import { findings } from './axe.ts';
import { Customer, expect, goods, sara, test as base } from './customer.ts';

const test = base.extend<{ wallet: Wallet }>({
  wallet: async ({ customer }, use) => {
    await use(new Wallet(customer));
  },
});

/// The demo provider's wallet.
class Wallet {
  readonly #customer: Customer;

  constructor(customer: Customer) {
    this.#customer = customer;
  }

  get #page(): Customer['page'] {
    return this.#customer.page;
  }

  get button() {
    return this.#page.locator('.wallet-button');
  }

  get sheet() {
    return this.#page.locator('#wallet-sheet');
  }

  get total() {
    return this.sheet.locator('.total bdi');
  }

  async open(): Promise<void> {
    await this.button.click();
    await expect(this.sheet).toBeVisible();
  }

  async choose(words: RegExp): Promise<void> {
    await this.sheet.getByText(words).click();
  }

  async press(words: RegExp): Promise<void> {
    await this.sheet.getByRole('button', { name: words }).click();
  }
}

test.beforeEach(async ({ customer }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
});

test('a wallet pays for what its sheet shows, and nothing is filled in', async ({
  customer,
  wallet,
}) => {
  await wallet.open();
  await expect(wallet.sheet.getByRole('radio', { name: /Parcel/ })).toBeChecked();
  await expect(wallet.sheet).not.toContainText('Pick up');
  const cheap = await wallet.total.innerText();
  await wallet.choose(/Express/);
  await expect(wallet.total).not.toHaveText(cheap);
  const shown = await wallet.total.innerText();
  await expect(customer.page.locator('aside .totals .total bdi')).toHaveText(shown);
  await wallet.press(/^Pay/);

  await expect(customer.page.locator('h1')).toContainText('Thank you, Vera');
  const { order } = await customer.agrees();
  expect(order.axes).toMatchObject({ order: 'order', payment: 'paid' });
  expect(order.ship_to?.city).toBe('Berlin');
  expect(`€${(order.totals.payable_minor / 100).toFixed(2)}`).toBe(shown);
  expect(order.payments).toHaveLength(1);
  expect(customer.faults).toEqual([]);
});

test('who leaves the sheet finds the checkout as it was', async ({ customer, wallet }) => {
  await customer.fillCheckout();
  await customer.page.getByRole('radio', { name: /Express/ }).check();
  await customer.synced();
  const before = await customer.payAmount();
  await wallet.open();
  await wallet.choose(/Wien/);
  await expect(customer.page.locator('#pay bdi')).not.toHaveText(before);
  await customer.page.keyboard.press('Escape');
  await expect(wallet.sheet).toBeHidden();
  await expect(wallet.button).toBeFocused();
  await expect(customer.page.locator('#pay bdi')).toHaveText(before);
  await expect(customer.page.locator('.review')).toContainText(sara.line1);
  await expect(customer.page.locator('#ship-city')).toHaveValue(sara.city);
  await customer.pay();
  await customer.atProvider('captured');
  await expect(customer.page.locator('h1')).toContainText('Thank you, Sara');
});

test('a place that the shop does not reach cannot be paid for', async ({ wallet }) => {
  await wallet.open();
  await wallet.choose(/Oslo/);
  await expect(wallet.sheet).toContainText('does not deliver there');
  await expect(wallet.sheet.getByRole('button', { name: /^Pay/ })).toBeHidden();
  await wallet.choose(/Wien/);
  await expect(wallet.sheet.getByRole('button', { name: /^Pay/ })).toBeVisible();
});

test('a declined wallet leaves a checkout that is filled in', async ({ customer, wallet }) => {
  await wallet.open();
  await wallet.press(/Decline/);
  await expect(customer.page.locator('#declined')).toBeVisible();
  await expect(customer.page.locator('#email')).toHaveValue('wallet@example.com');
  await expect(customer.page.locator('#ship-line1')).toHaveValue('Lindenstr. 4');
  await wallet.open();
  await wallet.press(/^Pay/);
  await expect(customer.page.locator('h1')).toContainText('Thank you');
  const { order } = await customer.serverOrder();
  expect(order.payments).toHaveLength(2);
});

test('what the sheet showed is paid or nothing is', async ({ customer, shop, wallet }) => {
  const { page } = customer;
  await wallet.open();
  await expect.poll(async () => (await customer.serverOrder()).order.ship_to?.city).toBe('Berlin');
  shop.setPrice(goods.assam.sku, goods.assam.price, '9.90');
  try {
    await wallet.press(/^Pay/);
    const dialog = page.locator('dialog[aria-labelledby=changed-title]');
    await expect(dialog.locator('tr.total td')).toHaveText(['€13.80', '€14.80']);
    await page.keyboard.press('Escape');
    await expect(page.locator('#express-fault')).toContainText('changed');
    expect((await customer.serverOrder()).order.payments).toHaveLength(0);
  } finally {
    shop.setPrice(goods.assam.sku, goods.assam.price, goods.assam.price);
  }
});

test('without a network the button stays and says why it cannot pay', async ({
  context,
  customer,
  wallet,
}) => {
  await expect(wallet.button).toBeVisible();
  await context.setOffline(true);
  await expect(customer.page.locator('.banner')).toBeVisible();
  await wallet.button.click();
  await expect(wallet.sheet).toBeHidden();
  await expect(customer.page.locator('#express-fault')).toContainText('paying needs a connection');
  await context.setOffline(false);
  await expect(customer.page.locator('.banner')).toBeHidden();
  await wallet.open();
  await expect(customer.page.locator('#express-fault')).toBeHidden();
});

for (const language of ['en', 'fa'] as const) {
  test(`the sheet is accessible in ${language}`, async ({ customer, wallet }) => {
    await customer.speak(language);
    await customer.page.reload();
    await wallet.button.focus();
    await customer.page.keyboard.press('Enter');
    await expect(wallet.sheet).toBeVisible();
    expect(await findings(customer.page)).toEqual([]);
  });
}
