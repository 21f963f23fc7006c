// SPDX-License-Identifier: Apache-2.0
// A product's own page: picture, price, variants as native radios, and the button that adds it.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { addToCart } from '../app/add-to-cart.ts';
import {
  fetchProduct,
  optionWord,
  paragraphs,
  stockOf,
  type Product,
  type Variant,
} from '../app/catalog.ts';
import { icon } from '../app/icons.ts';
import { localized, money, text } from '../app/language.ts';
import { priceOf } from '../app/prices.ts';
import { priceBefore, saleTerms, unitPrice } from './price-parts.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';

export class ShopProduct extends ShopElement {
  static override properties = { handle: { attribute: false } };
  declare handle: string;
  #product: Product | undefined;
  #state: 'loading' | 'here' | 'missing' | 'failed' = 'loading';
  #chosen: string | undefined;
  #refusal: string | undefined;
  #offered = false;

  constructor() {
    super();
    this.handle = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('handle')) void this.#load();
    if (this.#product && shop.ready && !this.#offered) {
      this.#offered = true;
      shop.show([this.#product]);
    }
  }

  async #load(): Promise<void> {
    this.#state = 'loading';
    this.#offered = false;
    try {
      this.#product = await fetchProduct(this.handle);
      this.#state = this.#product ? 'here' : 'missing';
      const first = this.#product?.variants.find((one) => stockOf(one) !== 'out');
      this.#chosen = (first ?? this.#product?.variants[0])?.offer.sku;
    } catch {
      this.#state = 'failed';
    }
    this.requestUpdate();
    await this.updateComplete;
    if (document.activeElement === document.body) this.querySelector<HTMLElement>('h1')?.focus();
  }

  protected override render(): TemplateResult {
    if (this.#state === 'missing' || this.#state === 'failed') {
      const isMissing = this.#state === 'missing';
      return html`<div class="empty">
        <h1 tabindex="-1">${text(isMissing ? 'product.missing' : 'list.unreachable')}</h1>
        <a class="button" href="#/">${text('cart.continue')}</a>
      </div>`;
    }
    const product = this.#product;
    if (!product) return html`<p class="muted">${text('list.loading')}</p>`;
    const variant = product.variants.find((one) => one.offer.sku === this.#chosen);
    return html`<article class="product">
      <div class="picture">
        ${
          product.image
            ? html`<img src=${product.image} alt="" width="400" height="400" />`
            : nothing
        }
      </div>
      <div class="stack">
        <h1 tabindex="-1">${localized(product.name)}</h1>
        ${variant ? this.#price(variant) : nothing}
        <div class="stack tight measure">
          ${paragraphs(localized(product.body)).map((paragraph) => html`<p>${paragraph}</p>`)}
        </div>
        ${product.variants.length > 1 ? this.#variants(product) : nothing}
        ${variant ? this.#stock(variant) : nothing} ${this.#action(product, variant)} ${this.#tax()}
      </div>
    </article>`;
  }

  #price(variant: Variant): TemplateResult {
    const currency = shop.ready ? shop.currency : 'EUR';
    const price = priceOf(variant);
    return html`<div>
      <p class="price">${unitPrice(price, currency)} ${priceBefore(price, currency)}</p>
      ${saleTerms(price, currency)}
    </div>`;
  }

  #variants(product: Product): TemplateResult {
    const names = product.options.map((name) => optionWord(product, name));
    const option = names.join(' · ') || text('product.option');
    return html`<fieldset>
      <legend class="group-label">${text('product.variant', { option })}</legend>
      <div class="choices">
        ${product.variants.map(
          (variant) =>
            html`<label class="choice">
              <input
                type="radio"
                name="variant"
                value=${variant.offer.sku}
                .checked=${variant.offer.sku === this.#chosen}
                @change=${() => {
                  this.#choose(variant);
                }}
              />
              <span>
                ${variant.options.map((one) => optionWord(product, one)).join(' · ')}
                ${
                  stockOf(variant) === 'out'
                    ? html`<span class="muted small"> ${text('stock.out')}</span>`
                    : nothing
                }
              </span>
              ${money(priceOf(variant).unitMinor, shop.ready ? shop.currency : 'EUR')}
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #choose(variant: Variant): void {
    this.#chosen = variant.offer.sku;
    this.#refusal = undefined;
    this.requestUpdate();
  }

  #stock(variant: Variant): TemplateResult {
    const stock = stockOf(variant);
    const look = stock === 'low' || stock === 'backorder' ? 'low' : stock === 'out' ? 'out' : 'in';
    const mark = look === 'in' ? 'check' : look === 'low' ? 'clock' : 'minus';
    return html`<p class="stock ${look}">
      ${icon(mark)}${text(`stock.${stock}`, { n: variant.availability ?? 0 })}
    </p>`;
  }

  #action(product: Product, variant: Variant | undefined): TemplateResult {
    const soldOut = !variant || stockOf(variant) === 'out';
    return html`<div class="stack tight">
      <div>
        <button
          class="button primary"
          type="button"
          aria-disabled=${soldOut ? 'true' : nothing}
          aria-describedby=${soldOut ? 'sold-out' : nothing}
          @click=${() => {
            if (variant && !soldOut) this.#add(product, variant);
          }}
        >
          ${text('product.add')}
        </button>
      </div>
      ${soldOut ? html`<p id="sold-out" class="visually-hidden">${text('stock.out')}</p>` : nothing}
      ${this.#refusal ? html`<p class="fault">${icon('warn')}${this.#refusal}</p>` : nothing}
    </div>`;
  }

  #add(product: Product, variant: Variant): void {
    this.#refusal = addToCart(product, variant);
    this.requestUpdate();
  }

  #tax(): TemplateResult | typeof nothing {
    if (!shop.ready) return nothing;
    const key = shop.rules.prices_include_tax ? 'product.tax_included' : 'product.tax_excluded';
    return html`<p class="muted small">${text(key)}</p>`;
  }
}
