// SPDX-License-Identifier: Apache-2.0
// Customers who sign in from the checkout by a mailed link: two carts become one, the order is the
// account's, and signing out leaves nothing of it on the device. The mails go by SMTP.
import { findings } from './axe.ts';
import { aNewEmail, Customer, expect, goods } from './customer.ts';
import { accountWith, ask, boughtElsewhere, offer, press, secondTab, test } from './sign-in.ts';

test('two carts become one, are ordered signed in, and stay with the account', async ({
  browser,
  context,
  customer,
  mailbox,
  page,
  shop,
}) => {
  test.setTimeout(300_000);
  const email = aNewEmail();
  const device = await accountWith(browser, shop, mailbox, email);

  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await page.locator('#email').fill(email);
  await page.locator('#email').blur();
  await page.getByRole('button', { name: offer }).click();
  await expect(page.locator('#sign-in-email')).toHaveValue(email);
  await expect(page.locator('#sign-in-email')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on without signing in' }).click();
  await expect(page.getByRole('button', { name: offer })).toBeFocused();
  await ask(page, mailbox, email);

  const back = await secondTab(context, shop.url);
  await press(back.page, shop.url, mailbox, email);
  await expect(back.page.locator('h1')).toHaveText('Check out');
  await expect(back.page.locator('.page-note')).toContainText(`signed in as ${email}`);
  await expect(back.page.locator('.page-note')).toContainText('now part of this one');
  for (const tab of [back.page, page]) {
    await expect(tab.locator('.account')).toContainText(`Signed in as ${email}`);
    await expect(tab.locator('aside .mini')).toHaveCount(2);
  }
  await expect(page.locator('aside')).toContainText(goods.breakfast.name);

  // The other device's cart was taken up: it goes on with the one that there is.
  await device.page.reload();
  await expect(device.page.locator('aside .mini')).toHaveCount(2);
  await device.go('#/cart');
  await device.page.getByRole('button', { name: 'One more of Assam Gold' }).click();
  await expect(device.page.locator('.cart-link .count')).toHaveText('3');
  await expect(device.page.locator('.saving')).toHaveCount(0);
  await page.reload();
  await expect(page.locator('aside .mini').first()).toContainText('× 2');

  await customer.fillCheckout({ email });
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
  await customer.agrees();

  await customer.go('#/orders');
  await expect(page.locator('.own-orders li')).toHaveCount(1);
  await back.go('#/checkout');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.locator('.page-note')).toContainText('You are signed out');
  await expect(page.locator('.account')).toHaveCount(0);
  await customer.go('#/order');
  await expect(page.locator('h1')).toHaveText('There is no order on this device');
  await expect(back.page.locator('main')).toContainText('Your cart is empty');
  expect(customer.faults).toEqual([]);
  expect(shop.verify()).toContain(' 0 findings');
});

test('whoever comes back by the link is told why the carts were not joined', async ({
  browser,
  mailbox,
  shop,
}) => {
  const device = await accountWith(browser, shop, mailbox, aNewEmail());
  await device.page.goto(`${shop.url}/?cart_refused=size_exceeded#/cart`);
  const note = device.page.locator('.page-note');
  await expect(note).toContainText('The cart of your account stays as it was.');
  await expect(note).toContainText('longer than the shop can take');
  expect(device.page.url()).toBe(`${shop.url}/#/cart`);
  await device.go('#/checkout');
  await device.page.reload();
  await expect(device.page.locator('.account')).toContainText('Signed in as');
  await expect(note).toHaveCount(0);
});

test('a cart waits for who signs in on a device without one', async ({
  browser,
  mailbox,
  page,
  customer,
  shop,
}) => {
  const email = aNewEmail();
  await accountWith(browser, shop, mailbox, email);
  await customer.open('#/orders');
  await page.locator('#sign-in-email').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect.poll(() => mailbox.mailsTo(email, /session.link/)).toBe(2);
  await press(page, shop.url, mailbox, email);
  await expect(page.locator('h1')).toHaveText('Check out');
  await expect(page.locator('aside .mini')).toContainText(goods.breakfast.name);
  await customer.fillCheckout({ email });
  await page.reload();
  await expect(page.locator('#ship-city')).toHaveValue('Berlin');
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
});

test('an order of the account is read and ordered again on another device', async ({
  browser,
  customer,
  mailbox,
  page,
  shop,
}) => {
  const email = aNewEmail();
  await boughtElsewhere(browser, shop, mailbox, email);

  await customer.open('#/orders');
  await page.locator('#sign-in-email').fill(email);
  await page.locator('#sign-in-email').press('Enter');
  await expect.poll(() => mailbox.mailsTo(email, /session.link/)).toBe(2);
  await press(page, shop.url, mailbox, email);
  await customer.add(goods.assam);
  await customer.go('#/orders');
  await page.locator('.own-orders a').click();
  await expect(page.locator('h1')).toContainText('confirmed');
  await expect(page.locator('main')).toContainText(goods.breakfast.name);
  await expect(page.locator('.cart-link .count')).toHaveText('1');
  await page.goBack();
  await page.getByRole('button', { name: /Order again/ }).click();
  await expect(page.locator('h1')).toHaveText('Cart (2 items)');
  await expect(page.locator('.lines')).toContainText(goods.breakfast.name);
  expect(customer.faults).toEqual([]);
});

test('the account fills empty fields, and what was kept for later comes back', async ({
  browser,
  mailbox,
  page,
  strictShop,
}) => {
  const email = aNewEmail();
  const device = await accountWith(browser, strictShop, mailbox, email);
  const status = await device.page.evaluate(async () => {
    const session = (await (await fetch('/v1/session')).json()) as { csrf_token: string };
    const address = {
      country: 'DE',
      line1: 'Gasse 1',
      name: 'Ann',
      city: 'Ulm',
      postcode: '89073',
    };
    const answer = await fetch('/v1/customer/addresses/home', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrf_token },
      body: JSON.stringify(address),
    });
    return answer.status;
  });
  expect(status).toBe(200);
  const customer = new Customer(page, strictShop.url);
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await page.locator('#email').fill('typed@example.com');
  await page.locator('#email').blur();
  const before = mailbox.mailsTo(email, /session.link/);
  await ask(page, mailbox, email);
  await expect.poll(() => mailbox.mailsTo(email, /session.link/)).toBe(before + 1);
  await press(page, strictShop.url, mailbox, email);
  await expect(page.locator('#ship-city')).toHaveValue('Ulm');
  await expect(page.locator('#ship-name')).toHaveValue('Ann');
  await expect(page.locator('#email')).toHaveValue('typed@example.com');
  await expect(page.locator('aside .mini')).toHaveCount(1);
  await customer.go('#/cart');
  await expect(page.locator('.saved')).toContainText(goods.breakfast.name);
  await page.getByRole('button', { name: `Put ${goods.breakfast.name} into the cart` }).click();
  await expect(page.locator('.saved')).toHaveCount(0);
  await expect(page.locator('h1')).toHaveText('Cart (2 items)');
});

test('a shop that needs an account leads to the form and says why', async ({
  mailbox,
  page,
  strictShop,
}) => {
  const customer = new Customer(page, strictShop.url);
  const email = aNewEmail();
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await customer.fillCheckout({ email });
  await customer.pay();
  const faults = page.locator('.fault-summary');
  await expect(faults).toContainText('sign in before you pay');
  await expect(faults).toBeFocused();
  await faults.getByRole('link').click();
  await expect(page.locator('#sign-in-email')).toBeFocused();
  await expect(page.locator('#sign-in-email')).toHaveValue(email);
  await page.keyboard.press('Enter');
  await expect(page.locator('#sign-in-sent')).toBeFocused();
  await expect.poll(() => mailbox.linkFor(email)).toBeDefined();
  await press(page, strictShop.url, mailbox, email);
  await expect(page.locator('h1')).toHaveText('Check out');
  await customer.pay();
  await customer.atProvider('captured');
  await expect(page.locator('h1')).toContainText('confirmed');
});

test('a link that is wrong or was used says so, and signs nobody in', async ({
  browser,
  customer,
  mailbox,
  page,
  shop,
}) => {
  const email = aNewEmail();
  await accountWith(browser, shop, mailbox, email);
  for (const path of [mailbox.linkFor(email) ?? '', '/v1/session/link/0123456789abcdef']) {
    const answer = await page.goto(`${shop.url}${path}`);
    expect(answer?.status()).toBe(410);
    await expect(page.locator('body')).toContainText('Ask for a new one');
  }
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await expect(page.getByRole('button', { name: offer })).toBeVisible();
});

test('a guest’s pages write no error into the console', async ({ customer, page }) => {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await expect(page.getByRole('button', { name: offer })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: offer })).toBeVisible();
  expect(errors).toEqual([]);
});

test('what keeps a link from being sent is said beside the form', async ({ customer, page }) => {
  await customer.open();
  await customer.add(goods.assam);
  await customer.go('#/checkout');
  await page.getByRole('button', { name: offer }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#sign-in-email')).toBeFocused();
  const fault = page.locator('#sign-in-fault');
  await page.keyboard.press('Enter');
  await expect(fault).toContainText('Enter the email that the link should go to');
  await expect(page.locator('#sign-in-email')).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.type('ann.example.com');
  await page.keyboard.press('Enter');
  await expect(fault).toContainText('no @ sign');
  await page.locator('#sign-in-email').fill(aNewEmail());
  await page.route('**/v1/session/link', (route) => route.abort());
  await page.keyboard.press('Enter');
  await expect(fault).toContainText('No link was sent');
  await page.unroute('**/v1/session/link');
  await page.route('**/v1/session/link', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '600' },
      body: JSON.stringify({ reason: 'rate_limited', subject: '', limit: null }),
    }),
  );
  await page.keyboard.press('Enter');
  await expect(fault).toContainText('try again in 10 minutes');
  await expect(page.locator('#sign-in-email')).toBeFocused();
});

for (const language of ['en', 'fa'] as const) {
  test(`axe finds nothing while somebody signs in, ${language}`, async ({
    customer,
    mailbox,
    page,
    shop,
  }) => {
    test.setTimeout(300_000);
    const email = aNewEmail();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await customer.speak(language);
    const look = async (state: string): Promise<void> => {
      for (const size of [
        { width: 1280, height: 900 },
        { width: 320, height: 640 },
      ]) {
        await page.setViewportSize(size);
        const name = `${language} ${state} ${size.width}`;
        expect.soft(await findings(page), name).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(wide, name).toBeLessThanOrEqual(size.width);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    };
    await customer.open();
    await customer.add(goods.assam);
    await customer.go('#/checkout');
    await look('offered');
    await page.locator('[data-sign-in]').click();
    await page.locator('#sign-in-email').press('Enter');
    await expect(page.locator('#sign-in-fault')).toBeVisible();
    await look('with a fault');
    await page.locator('#sign-in-email').fill(email);
    await page.locator('#sign-in-email').press('Enter');
    await expect(page.locator('#sign-in-sent')).toBeVisible();
    await look('sent');
    await expect.poll(() => mailbox.linkFor(email)).toBeDefined();
    await page.goto(`${shop.url}${mailbox.linkFor(email) ?? ''}`);
    await page.getByRole('button').click();
    await expect(page.locator('.account')).toContainText(email);
    await look('signed in');
    await customer.fillCheckout({ email });
    await customer.pay();
    await customer.atProvider('captured');
    await expect(page.locator('.result:not(.waits)')).toBeVisible();
    await look('an address to keep');
    await page.locator('.result ~ div .link').first().click();
    await expect(page.locator('#address-kept')).toBeFocused();
    await look('the address is kept');
    await customer.go('#/orders');
    await expect(page.locator('.own-orders li')).toHaveCount(1);
    await expect(page.locator('#addresses-title')).toBeVisible();
    await look('orders');
    await page.locator('.account button').click();
    await expect(page.locator('.page-note')).toBeVisible();
    await look('signed out');
  });
}
