// SPDX-License-Identifier: Apache-2.0
// What a customer does on the shop page, for the tests: put things into the cart, fill the
// checkout, choose an outcome at the demo provider.
import { expect, test as base, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { TestShop } from './server.ts';

export { expect };

export const test = base.extend<{ shop: TestShop; customer: Customer }, { server: TestShop }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names in the pattern.
    async ({}, use) => {
      const server = await TestShop.open();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  shop: async ({ server }, use) => {
    await use(server);
  },
  customer: async ({ page, server }, use) => {
    await use(new Customer(page, server.url));
  },
});

export const goods = {
  assam: { handle: 'assam-gold', sku: 'TEA-101-100G', price: '8.90', name: 'Assam Gold' },
  breakfast: {
    handle: 'english-breakfast',
    sku: 'TEA-106-100G',
    price: '7.50',
    name: 'English Breakfast',
  },
  darjeeling: {
    handle: 'darjeeling-second-flush',
    sku: 'TEA-103-100G',
    price: '12.90',
    name: 'Darjeeling Second Flush',
  },
} as const;

export interface Good {
  readonly handle: string;
  readonly sku: string;
  readonly price: string;
  readonly name: string;
}

export const sara = {
  email: 'sara@example.com',
  name: 'Sara Rad',
  line1: 'Lindenstr. 4',
  postcode: '10969',
  city: 'Berlin',
};

/// Nobody's yet: some codes may be used once by each customer.
export function aNewEmail(): string {
  return `${randomUUID()}@example.com`;
}

/// What the server says of an order, with the secret that the page made for it.
export interface ServerOrder {
  readonly order: {
    readonly axes: { readonly order: string; readonly payment: string };
    readonly quote_digest: string;
    readonly ship_to: { readonly city: string | null } | null;
    readonly totals: { readonly payable_minor: number };
    readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
    readonly payments: readonly object[];
  };
  readonly stream_digest: string;
}

/// What the page says it computed itself.
export interface Proof {
  readonly quote: string;
  readonly stream: string;
}

export class Customer {
  readonly page: Page;
  readonly #url: string;
  /// Each order's credentials, as the page sends them.
  readonly #orders = new Map<string, string>();
  readonly faults: string[] = [];

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    page.on('request', (request) => {
      const order = /\/v1\/orders\/([0-9a-f]{32})\//.exec(request.url())?.[1];
      const credentials = request.headers().authorization;
      if (order && credentials) this.#orders.set(order, credentials);
    });
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.faults.push(message.text());
    });
  }

  async open(address = '#/'): Promise<void> {
    await this.page.goto(`${this.#url}/${address}`);
    await expect(this.page.locator('main h1')).toBeVisible();
  }

  async speak(language: 'en' | 'fa'): Promise<void> {
    await this.page.addInitScript((chosen) => {
      if (localStorage.getItem('shop-language') === null) {
        localStorage.setItem('shop-language', chosen);
      }
    }, language);
  }

  async add(good: Good): Promise<void> {
    await this.page.goto(`${this.#url}/#/product/${good.handle}`);
    await expect(this.page.locator(`.product img[src*='/${good.handle}.']`)).toBeAttached();
    const choice = this.page.locator(`input[value="${good.sku}"]`);
    if ((await choice.count()) > 0) await choice.check();
    await this.page.locator('.product .button.primary').click();
    const drawer = this.page.locator('dialog.drawer');
    const bar = this.page.locator('.added-bar');
    await expect(drawer.or(bar).filter({ visible: true })).toBeVisible();
    if (await drawer.isVisible()) await this.page.keyboard.press('Escape');
  }

  async addThree(): Promise<void> {
    for (const good of Object.values(goods)) await this.add(good);
  }

  async go(address: string): Promise<void> {
    await this.page.goto(`${this.#url}/${address}`);
  }

  async applyCoupon(code: string): Promise<void> {
    const coupon = this.page.locator('shop-coupon').last();
    await coupon.locator('summary').click();
    await coupon.locator('input').fill(code);
    await coupon.locator('button[type=submit]').click();
  }

  async fillCheckout(values: Partial<typeof sara> = {}): Promise<void> {
    const person = { ...sara, ...values };
    await this.page.locator('#email').fill(person.email);
    await this.page.locator('#ship-name').fill(person.name);
    await this.page.locator('#ship-line1').fill(person.line1);
    await this.page.locator('#ship-postcode').fill(person.postcode);
    await this.page.locator('#ship-city').fill(person.city);
    await this.page.locator('#ship-city').blur();
  }

  async pay(): Promise<void> {
    await this.page.locator('#pay').click();
  }

  /// The amount on the button: what the customer agrees to.
  async payAmount(): Promise<string> {
    return (await this.page.locator('#pay bdi').innerText()).trim();
  }

  async atProvider(outcome: 'captured' | 'declined' | 'pending'): Promise<void> {
    await this.page.waitForURL(/\/pay\/demo\//);
    await this.page.locator(`button[value="${outcome}"]`).click();
  }

  async serverOrder(): Promise<ServerOrder> {
    await expect.poll(() => this.#orders.size).toBeGreaterThan(0);
    const entry = [...this.#orders].at(-1);
    if (!entry) throw new Error('The page has sent no order yet');
    const [order, authorization] = entry;
    const answer = await fetch(`${this.#url}/v1/orders/${order}`, { headers: { authorization } });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
    return (await answer.json()) as ServerOrder;
  }

  /// Both sides hold the same order, by quote and by chain of events.
  async agrees(): Promise<ServerOrder> {
    const shown = await this.proof();
    const stored = await this.serverOrder();
    expect(shown).toEqual({ quote: stored.order.quote_digest, stream: stored.stream_digest });
    return stored;
  }

  /// Until the server knows what the page knows.
  async synced(): Promise<void> {
    await expect.poll(async () => (await this.serverOrder()).order.ship_to?.city).toBe(sara.city);
  }

  async proof(): Promise<Proof> {
    await this.page.locator('details:has(#quote-digest) summary').click();
    const read = async (id: string): Promise<string> =>
      (await this.page.locator(`#${id}`).innerText()).trim();
    return { quote: await read('quote-digest'), stream: await read('stream-digest') };
  }
}
