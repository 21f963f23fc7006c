// SPDX-License-Identifier: Apache-2.0
// The cart: the same content in the drawer and on its own page. Every change is answered by the
// local core at once. A removed line leaves Undo in its place, a clamped one its explanation.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { hasUnitName, type OrderView, type Rejection } from 'tandem-checkout';
import { alertUser, announce } from '../app/announce.ts';
import { knownSku } from '../app/catalog.ts';
import { asciiDigits } from '../app/digits.ts';
import { icon } from '../app/icons.ts';
import { digits, money, moneyText, rich, text } from '../app/language.ts';
import { lineTerms, type Price } from '../app/prices.ts';
import { reasonText } from '../app/reason-text.ts';
import { productAddress } from '../app/router.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';
import { priceNote } from './price-note.ts';
import { priceBefore, quantityOf, saleTerms, unitPrice } from './price-parts.ts';
import { savedLines, savedNow } from './saved-lines.ts';

type Line = OrderView['lines'][number];

interface Removed {
  readonly sku: string;
  readonly quantity: number;
  readonly after: string | undefined;
}

/// Lines taken out in this visit, so that Undo is there in the drawer and on the page.
const removed: Removed[] = [];
const notes = new Map<string, string>();
/// What was last asked for: less of it means that stock ran short, now or when the server answered.
const wanted = new Map<string, number>();

export class ShopCart extends ShopElement {
  static override properties = { place: {} };
  declare place: string;
  #told = '';

  constructor() {
    super();
    this.place = 'page';
  }

  protected override render(): TemplateResult {
    const lines = shop.cartLines;
    const isPage = this.place === 'page';
    const title = isPage
      ? html`<h1 tabindex="-1">${rich('cart.title', { n: shop.itemCount })}</h1>`
      : nothing;
    const isEmpty = lines.length === 0 && removed.length === 0 && savedNow().length === 0;
    if (isEmpty) return this.#empty(title);
    return html`<div class=${isPage ? 'page-cart' : nothing}>
      <div class="cart-body stack">
        ${title}
        <ul class="lines">
          ${repeat(
            this.#entries(lines),
            (entry) => entry.key,
            (entry) => entry.row,
          )}
        </ul>
        ${savedLines()} ${isPage ? nothing : html`<shop-coupon></shop-coupon>`}
      </div>
      ${lines.length === 0 ? this.#continueOnly() : this.#end(isPage)}
    </div>`;
  }

  #empty(title: unknown): TemplateResult {
    return html`<div class="cart-body">
      ${title}
      <div class="empty">
        <p>${text('cart.empty')}</p>
        ${this.#continue('button')}
      </div>
    </div>`;
  }

  #continueOnly(): TemplateResult {
    return html`<div class="cart-end stack">
      <p>${text('cart.empty')}</p>
      ${this.#continue('button')}
    </div>`;
  }

  #continue(look: string): TemplateResult {
    return html`<a
      class=${look}
      href="#/"
      @click=${() => {
        shop.setDrawer(false);
      }}
      >${text('cart.continue')}</a
    >`;
  }

  #end(isPage: boolean): TemplateResult {
    const amount = money(shop.view.totals.payableMinor, shop.currency);
    return html`<div class="cart-end stack">
      ${
        isPage
          ? html`<h2 class="visually-hidden">${text('totals.title')}</h2>
              <shop-coupon></shop-coupon>`
          : nothing
      }
      <shop-totals></shop-totals>
      <a class="button primary wide" href="#/checkout">
        <span>${rich('cart.checkout', { amount })}</span>
      </a>
      ${isPage ? html`<div>${this.#continue('link')}</div>` : nothing}
    </div>`;
  }

  /// The lines with the removed ones where they stood.
  #entries(lines: readonly Line[]): { key: string; row: TemplateResult }[] {
    const entries = lines.map((line) => ({ key: line.lineId, row: this.#line(line) }));
    for (const gone of removed) {
      const index = entries.findIndex((entry) => entry.key === gone.after);
      entries.splice(index + 1, 0, { key: `removed ${gone.sku}`, row: this.#gone(gone) });
    }
    return entries;
  }

  #gone(gone: Removed): TemplateResult {
    const product = shop.nameOf(gone.sku);
    return html`<li class="removed">
      <span>${rich('cart.removed', { product })}</span>
      <button
        class="link"
        type="button"
        aria-label=${text('cart.undo_named', { product })}
        @click=${() => {
          void this.#undo(gone);
        }}
      >
        ${text('cart.undo')}
      </button>
    </li>`;
  }

  #line(line: Line): TemplateResult {
    const known = knownSku(line.sku);
    const product = shop.nameOf(line.sku);
    const variant = shop.variantOf(line.sku);
    const note = this.#noteFor(line);
    const price = lineTerms(line);
    return html`<li>
      <div class="line">
        <div class="thumb">
          ${known?.image ? html`<img src=${known.image} alt="" width="72" height="72" />` : nothing}
        </div>
        <div>
          <p class="name">
            ${
              known
                ? html`<a href=${productAddress(known.handle)} dir="auto">${product}</a>`
                : html`<span dir="auto">${product}</span>`
            }
          </p>
          <p class="muted small">
            ${variant ? html`<bdi>${variant}</bdi>` : nothing}
            ${this.#each(line, price, variant !== '')}
          </p>
          ${
            price?.wasMinor === undefined
              ? nothing
              : html`<p>${priceBefore(price, shop.currency)}</p>`
          }
          ${price ? saleTerms(price, shop.currency) : nothing}
        </div>
        <p class="sum">${money(line.subtotalMinor, shop.currency)}</p>
        <div class="tools">
          ${this.#stepper(line, product)} ${this.#removeButton(line, product)}
        </div>
        ${
          note
            ? html`<p class="fault" id=${this.#noteId(line)}>
                ${icon('warn')}<span>${note}</span>
              </p>`
            : nothing
        }
      </div>
    </li>`;
  }

  /// The price of one, or per unit, where it is not what the line comes to.
  #each(line: Line, price: Price | undefined, follows: boolean): TemplateResult | typeof nothing {
    const hasUnit = hasUnitName(price?.unitCode);
    if (line.quantity === 1 && !hasUnit) return nothing;
    const amount = money(line.unitPriceMinor, shop.currency);
    return html`${follows ? ' · ' : ''}${
      price && hasUnit
        ? html`${quantityOf(line.quantity, price)} · ${unitPrice(price, shop.currency)}`
        : rich('cart.each', { amount })
    }`;
  }

  #noteId(line: Line): string {
    return `note-${this.place}-${line.lineId}`;
  }

  #stepper(line: Line, product: string): TemplateResult {
    const described = this.#noteFor(line) === undefined ? nothing : this.#noteId(line);
    return html`<div class="stepper">
      <button
        type="button"
        aria-label=${text('cart.less', { product })}
        @click=${() => {
          this.#setQuantity(line, line.quantity - 1);
        }}
      >
        ${icon('minus')}
      </button>
      <input
        inputmode="numeric"
        autocomplete="off"
        maxlength="6"
        aria-label=${text('cart.quantity', { product })}
        aria-describedby=${described}
        .value=${digits(line.quantity)}
        @change=${(event: Event) => {
          this.#typed(line, event.target as HTMLInputElement);
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter') this.#typed(line, event.target as HTMLInputElement);
        }}
      />
      <button
        type="button"
        aria-label=${text('cart.more', { product })}
        @click=${() => {
          this.#setQuantity(line, line.quantity + 1);
        }}
      >
        ${icon('plus')}
      </button>
    </div>`;
  }

  #removeButton(line: Line, product: string): TemplateResult {
    return html`<button
      class="link small"
      type="button"
      data-remove
      aria-label=${text('cart.remove_named', { product })}
      @click=${() => {
        void this.#remove(line);
      }}
    >
      ${text('cart.remove')}
    </button>`;
  }

  #typed(line: Line, input: HTMLInputElement): void {
    const typed = asciiDigits(input.value).trim();
    if (!/^\d{1,6}$/.test(typed)) {
      notes.set(line.lineId, text('cart.not_whole'));
      alertUser(text('cart.not_whole'));
      input.value = digits(line.quantity);
      this.requestUpdate();
      return;
    }
    if (Number(typed) !== line.quantity) this.#setQuantity(line, Number(typed));
    const now = shop.view.lines.find((one) => one.lineId === line.lineId);
    if (now) input.value = digits(now.quantity);
  }

  #setQuantity(line: Line, quantity: number): void {
    if (quantity <= 0) {
      void this.#remove(line);
      return;
    }
    notes.delete(line.lineId);
    wanted.set(line.lineId, quantity);
    const refused = shop.apply({ type: 'set_quantity', line: line.lineId, quantity });
    if (refused) {
      wanted.delete(line.lineId);
      this.#explain(line, refused);
      return;
    }
    const now = shop.view.lines.find((one) => one.lineId === line.lineId);
    if (now?.quantity === quantity) {
      const values = { product: shop.nameOf(line.sku), n: quantity, amount: this.#totalText };
      announce(text('cart.quantity_is', values));
    }
    shop.chooseDefaults();
    this.requestUpdate();
  }

  get #totalText(): string {
    return moneyText(shop.view.totals.payableMinor, shop.currency);
  }

  #noteFor(line: Line): string | undefined {
    const asked = wanted.get(line.lineId) ?? 0;
    const clamped = asked > line.quantity ? text('cart.clamped', { n: line.quantity }) : undefined;
    return notes.get(line.lineId) ?? clamped ?? this.#messageFor(line) ?? priceNote(line.lineId);
  }

  /// A clamp is told once, whether the local core knew of it or the server said so later.
  protected override updated(): void {
    for (const line of shop.cartLines) {
      const asked = wanted.get(line.lineId) ?? 0;
      const told = `${line.lineId} ${asked} ${line.quantity}`;
      if (asked <= line.quantity || this.#told === told) continue;
      this.#told = told;
      alertUser(text('cart.clamped', { n: line.quantity }));
    }
  }

  #explain(line: Line, refused: Rejection): void {
    const sentence = reasonText(refused);
    notes.set(line.lineId, sentence);
    alertUser(sentence);
    this.requestUpdate();
  }

  /// What the core itself says about a line: sold out since, no longer for sale.
  #messageFor(line: Line): string | undefined {
    const refused = shop.state.place.rejection;
    const about = [refused?.subject, ...(refused?.also ?? []).map((fault) => fault.subject)];
    const stock = ['out_of_stock', 'insufficient_stock', 'offer_unavailable', 'offer_unknown'];
    if (!refused || !stock.includes(refused.reason)) return undefined;
    const index = about.findIndex((subject) => subject === line.sku || subject === line.lineId);
    if (index < 0) return undefined;
    const limit = index === 0 ? refused.limit : (refused.also[index - 1]?.limit ?? null);
    return reasonText({ reason: refused.reason, subject: line.sku, limit });
  }

  async #remove(line: Line): Promise<void> {
    const { lines } = shop.view;
    const index = lines.findIndex((one) => one.lineId === line.lineId);
    const next = lines[index + 1]?.lineId;
    notes.delete(line.lineId);
    wanted.delete(line.lineId);
    if (shop.apply({ type: 'remove_line', line: line.lineId })) return;
    const before = lines[index - 1]?.lineId;
    removed.push({ sku: line.sku, quantity: line.quantity, after: before });
    announce(text('cart.removed', { product: shop.nameOf(line.sku) }));
    this.requestUpdate();
    await this.updateComplete;
    this.#focusAfterRemoval(next);
  }

  #focusAfterRemoval(next: string | undefined): void {
    const rows = [...this.querySelectorAll<HTMLElement>('[data-remove]')];
    const index = shop.view.lines.findIndex((line) => line.lineId === next);
    const target = index >= 0 ? rows[index] : undefined;
    const heading =
      this.closest('dialog')?.querySelector<HTMLElement>('h2') ??
      this.querySelector<HTMLElement>('h1');
    (target ?? heading)?.focus();
  }

  async #undo(gone: Removed): Promise<void> {
    if (shop.apply({ type: 'add_line', sku: gone.sku, quantity: gone.quantity })) return;
    removed.splice(removed.indexOf(gone), 1);
    shop.chooseDefaults();
    this.requestUpdate();
    await this.updateComplete;
    const rows = [...this.querySelectorAll<HTMLElement>('[data-remove]')];
    rows[shop.view.lines.findIndex((line) => line.sku === gone.sku)]?.focus();
  }
}
