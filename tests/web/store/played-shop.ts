// SPDX-License-Identifier: Apache-2.0
// A shop whose staff act when a test says so: the page and its files come from the real server, but
// the orders are decided by the staff's build of the core in the test's own process.
import type { Page } from '@playwright/test';
import { load, type Offer, type Rules } from 'tandem-checkout';
import { loadStaff } from 'tandem-checkout/staff';
import { TestShop } from '../package/support/shop.ts';

interface Product {
  readonly variants: readonly { readonly availability: number | null; readonly offer: Offer }[];
}

export class PlayedShop {
  readonly #shop: TestShop;
  #order = '';
  #payable = 0;

  constructor(shop: TestShop) {
    this.#shop = shop;
  }

  /// What a member of the staff, a provider or the customer elsewhere does.
  tell(command: object, actor: string): void {
    this.#shop.elsewhere(this.#order, command, actor);
  }

  /// What the placed order costs.
  payable(): number {
    return this.#payable;
  }

  async answer(address: string, init: RequestInit): Promise<Response> {
    this.#order = /\/v1\/orders\/([0-9a-f]{32})/.exec(address)?.[1] ?? this.#order;
    const answer = await this.#shop.fetch(address, init);
    const told = await answer.clone().text();
    for (const [, amount] of told.matchAll(/"payable_minor":(\d+)/g))
      this.#payable = Number(amount);
    return answer;
  }
}

/// Takes the requests about orders, of this one product, away from the real server.
export async function playShop(page: Page, url: string, handle: string): Promise<PlayedShop> {
  const published = (await (await fetch(`${url}/v1/rules`)).json()) as { readonly rules: Rules };
  const product = (await (await fetch(`${url}/v1/offers/${handle}`)).json()) as Product;
  const shop = new TestShop(await loadStaff(), (await load()).version, published.rules);
  const { variants } = product;
  shop.setOffers(variants.map(({ offer }) => offer));
  const counted = variants.filter(({ availability }) => availability !== null);
  shop.setFacts({
    availability: Object.fromEntries(counted.map((one) => [one.offer.sku, one.availability])),
  });
  const played = new PlayedShop(shop);
  await page.route(/\/v1\/(rules|core|orders)/, async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const body = request.postData();
    const answer = await played.answer(`${pathname}${search}`, {
      method: request.method(),
      headers: request.headers(),
      ...(body === null ? {} : { body }),
    });
    await route.fulfill({
      status: answer.status,
      contentType: 'application/json',
      body: await answer.text(),
    });
  });
  // The provider's page sends the customer back without having told anything yet.
  await page.route(/\/pay\/demo\//, async (route) => {
    await route.fulfill({ status: 303, headers: { location: '/#/order' } });
  });
  return played;
}
