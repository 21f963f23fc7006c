// SPDX-License-Identifier: Apache-2.0
// A shop that mails by SMTP, and what customers do who sign in by a link.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { Customer, expect, goods, test as base } from './customer.ts';
import { Mailbox } from './mailbox.ts';
import { TestShop } from './server.ts';

function openShop(mailbox: Mailbox): Promise<TestShop> {
  return TestShop.open({
    TANDEM_SMTP_URL: mailbox.url,
    TANDEM_MAIL_FROM: 'shop@shop.example',
    TANDEM_PUBLIC_URL: 'https://shop.example',
  });
}

export const test = base.extend<{ strictShop: TestShop }, { mailbox: Mailbox }>({
  mailbox: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names in the pattern.
    async ({}, use) => {
      const mailbox = await Mailbox.open();
      await use(mailbox);
      await mailbox.close();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ mailbox }, use) => {
      const server = await openShop(mailbox);
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  /// A shop where only who is signed in may order, and whose carts stay apart.
  strictShop: async ({ mailbox }, use) => {
    const shop = await openShop(mailbox);
    shop.setPolicies({ account: 'required', merge: 'save_rest' });
    await use(shop);
    await shop.close();
  },
});

export const offer = /Have an account\? Sign in/;

/// Asks for the link in the checkout; the mail is there when this ends.
export async function ask(page: Page, mailbox: Mailbox, email: string): Promise<void> {
  await page.getByRole('button', { name: offer }).click();
  await page.locator('#sign-in-email').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.locator('#sign-in-sent')).toContainText(email);
  await expect.poll(() => mailbox.linkFor(email)).toBeDefined();
}

/// Presses the button of the page that the mail's link opens, in a tab of the browser.
export async function press(
  page: Page,
  url: string,
  mailbox: Mailbox,
  email: string,
): Promise<void> {
  await page.goto(`${url}${mailbox.linkFor(email) ?? '/none'}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('main h1')).toBeVisible();
}

export async function anotherDevice(browser: Browser, url: string): Promise<Customer> {
  const context = await browser.newContext({ locale: 'en-GB' });
  return new Customer(await context.newPage(), url);
}

/// An account with these goods in its cart, made on another device.
export async function accountWith(
  browser: Browser,
  shop: TestShop,
  mailbox: Mailbox,
  email: string,
): Promise<Customer> {
  const device = await anotherDevice(browser, shop.url);
  await device.open();
  await device.add(goods.breakfast);
  await device.go('#/checkout');
  await ask(device.page, mailbox, email);
  await press(device.page, shop.url, mailbox, email);
  await expect(device.page.locator('.account')).toContainText(`Signed in as ${email}`);
  return device;
}

export async function secondTab(context: BrowserContext, url: string): Promise<Customer> {
  return new Customer(await context.newPage(), url);
}

/// An account that has ordered these goods on another device, which shows the order.
export async function boughtElsewhere(
  ...account: Parameters<typeof accountWith>
): Promise<Customer> {
  const device = await accountWith(...account);
  const [, , , email] = account;
  await device.fillCheckout({ email });
  await device.pay();
  await device.atProvider('captured');
  await expect(device.page.locator('h1')).toContainText('confirmed');
  return device;
}
