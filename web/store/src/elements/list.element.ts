// SPDX-License-Identifier: Apache-2.0
// The product list: pages come from the server, search and category stand in the address. What was
// loaded is kept while the customer looks at a product, so that coming back changes nothing.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { addToCart } from '../app/add-to-cart.ts';
import { announce } from '../app/announce.ts';
import { fetchPage, isSoldOut, type Product } from '../app/catalog.ts';
import { categoryName, navigation } from '../app/categories.ts';
import { localized, rich, text } from '../app/language.ts';
import { priceOf } from '../app/prices.ts';
import { listAddress, productAddress } from '../app/router.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';
import { priceBefore, saleTerms, unitPrice } from './price-parts.ts';

interface Listing {
  readonly key: string;
  readonly products: readonly Product[];
  readonly cursor: string | null;
  readonly total: number;
}

let kept: Listing | undefined;
let scrolled = 0;

export class ShopList extends ShopElement {
  static override properties = { q: { attribute: false }, category: { attribute: false } };
  declare q: string;
  declare category: string;
  #listing: Listing | undefined;
  #failed = false;
  #busy = false;
  #request: AbortController | undefined;
  #offeredTo: Listing | undefined;

  constructor() {
    super();
    this.q = '';
    this.category = '';
  }

  override disconnectedCallback(): void {
    scrolled = scrollY;
    this.#request?.abort();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('q') || changed.has('category')) {
      if (kept?.key === this.#key) {
        this.#listing = kept;
        const target = scrolled;
        void this.updateComplete.then(() => {
          requestAnimationFrame(() => {
            scrollTo(0, target);
          });
        });
      } else void this.#load();
    }
    if (this.#listing && shop.ready && this.#offeredTo !== this.#listing) {
      this.#offeredTo = this.#listing;
      shop.show(this.#listing.products);
    }
  }

  get #key(): string {
    return JSON.stringify([this.q, this.category]);
  }

  async #load(cursor?: string): Promise<void> {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    this.#busy = true;
    this.#failed = false;
    this.requestUpdate();
    const key = this.#key;
    try {
      const question = { q: this.q, category: this.category, cursor: cursor ?? null };
      const page = await fetchPage(question, request.signal);
      const before = cursor ? (this.#listing?.products ?? []) : [];
      this.#listing = { ...page, key, products: [...before, ...page.products] };
      kept = this.#listing;
      if (this.q || cursor) announce(text('list.count', { n: page.total }));
    } catch {
      if (request.signal.aborted) return;
      this.#failed = true;
    }
    this.#busy = false;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<div class="stack loose">
      <div class="stack">
        <h1 tabindex="-1">${this.#title()}</h1>
        ${this.#lead()} ${this.#filters()}
      </div>
      ${this.#content()}
    </div>`;
  }

  #lead(): TemplateResult | typeof nothing {
    if (this.q || this.category) return nothing;
    return html`<p class="muted measure">${text('shop.lead')}</p>`;
  }

  #title(): TemplateResult {
    if (this.q) return rich('list.title_search', { q: this.q });
    if (this.category) return html`${categoryName(this.category)}`;
    return rich('list.title');
  }

  #filters(): TemplateResult {
    const chip = (id: string, name: string): TemplateResult =>
      html`<a
        class="chip"
        href=${listAddress('', id)}
        aria-current=${!this.q && this.category === id ? 'page' : nothing}
        >${name}</a
      >`;
    return html`<nav class="filters" aria-label=${text('list.categories')}>
      ${chip('', text('list.all'))} ${navigation.map((id) => chip(id, categoryName(id)))}
    </nav>`;
  }

  #content(): TemplateResult {
    const listing = this.#listing;
    if (this.#failed && !listing) {
      return html`<div class="empty">
        <p>${text('list.unreachable')}</p>
        <button class="button" type="button" @click=${() => this.#load()}>
          ${text('list.retry')}
        </button>
      </div>`;
    }
    if (!listing) return html`<p class="muted">${text('list.loading')}</p>`;
    if (listing.products.length === 0) {
      return html`<div class="empty">
        <p>${rich('list.empty', { q: this.q })}</p>
        <a class="button" href="#/">${text('list.clear')}</a>
      </div>`;
    }
    return html`<ul class="grid">
        ${listing.products.map((product) => html`<li>${this.#card(product)}</li>`)}
      </ul>
      ${this.#more(listing)}`;
  }

  #more(listing: Listing): TemplateResult {
    return html`<div class="stack" role="group">
      <p class="muted small">
        ${rich('list.shown', { shown: listing.products.length, n: listing.total })}
      </p>
      ${
        listing.cursor
          ? html`<div>
              <button
                class="button"
                type="button"
                aria-disabled=${this.#busy ? 'true' : nothing}
                @click=${() => {
                  if (!this.#busy && listing.cursor) void this.#load(listing.cursor);
                }}
              >
                ${text('list.more')}
              </button>
            </div>`
          : nothing
      }
    </div>`;
  }

  #card(product: Product): TemplateResult {
    const soldOut = isSoldOut(product);
    const name = localized(product.name);
    return html`<article class="product-card ${soldOut ? 'is-sold-out' : ''}">
      <div class="picture">
        ${
          product.image
            ? html`<img src=${product.image} alt="" loading="lazy" width="400" height="400" />`
            : nothing
        }
      </div>
      <h2><a href=${productAddress(product.handle)}>${name}</a></h2>
      ${this.#price(product)}
      ${soldOut ? html`<p class="stock out">${text('stock.out')}</p>` : nothing}
      <div class="end">${soldOut ? nothing : this.#action(product, name)}</div>
    </article>`;
  }

  #price(product: Product): TemplateResult {
    const currency = shop.ready ? shop.currency : 'EUR';
    const prices = product.variants.map(priceOf);
    const lowest = Math.min(...prices.map((price) => price.unitMinor));
    const shown = prices.find((price) => price.unitMinor === lowest);
    if (!shown) return html``;
    const isSame = prices.every((price) => price.unitMinor === lowest);
    const amount = unitPrice(shown, currency);
    return html`<p class="price">
        <span>${isSame ? amount : rich('price.from', { amount })}</span>
        ${priceBefore(shown, currency)}
      </p>
      ${saleTerms(shown, currency)}`;
  }

  #action(product: Product, name: string): TemplateResult {
    const only = product.variants.length === 1 ? product.variants[0] : undefined;
    if (!only) {
      return html`<a
        class="button"
        href=${productAddress(product.handle)}
        aria-label=${text('product.choose_named', { product: name })}
        >${text('product.choose')}</a
      >`;
    }
    return html`<button
      class="button"
      type="button"
      aria-label=${text('product.add_named', { product: name })}
      @click=${() => {
        addToCart(product, only);
      }}
    >
      ${text('product.add')}
    </button>`;
  }
}
