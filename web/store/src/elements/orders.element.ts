// SPDX-License-Identifier: Apache-2.0
// The orders of the account that is signed in, the newest first, and its addresses. Each order
// leads to its own page, and what was confirmed can be ordered again.
import { html, nothing, type TemplateResult } from 'lit';
import type { OwnOrder } from 'tandem-checkout';
import { signIn } from '../app/account.ts';
import { alertUser } from '../app/announce.ts';
import { icon } from '../app/icons.ts';
import { dateText, money, rich, text, textIfAny } from '../app/language.ts';
import { reasonText } from '../app/reason-text.ts';
import { go } from '../app/router.ts';
import { ShopElement } from '../app/shop-element.ts';
import { orderNumber, shop } from '../app/shop.ts';
import { ownAddresses } from './address-book.ts';
import { signedIn, signInForm } from './sign-in.ts';

export class ShopOrders extends ShopElement {
  #customer: string | undefined;
  #orders: readonly OwnOrder[] | undefined;
  #cursor: string | null = null;
  #isBroken = false;
  #fault: { readonly id: string; readonly words: string } | undefined;

  protected override willUpdate(): void {
    const id = shop.cart.account.state.customer?.id;
    if (id === this.#customer) return;
    this.#customer = id;
    this.#orders = undefined;
    if (id !== undefined) void this.#load();
  }

  async #load(cursor?: string): Promise<void> {
    const customer = this.#customer;
    const answer = await shop.cart.account.orders(cursor === undefined ? {} : { cursor });
    if (customer !== this.#customer) return;
    this.#isBroken = answer.status !== 'done';
    if (answer.status === 'done') {
      const before = cursor === undefined ? [] : (this.#orders ?? []);
      this.#orders = [...before, ...answer.value.orders.filter(isOrder)];
      this.#cursor = answer.value.cursor;
    }
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<div class="stack narrow">
      <h1 tabindex="-1">${text('account.orders')}</h1>
      ${this.#content()}
    </div>`;
  }

  #content(): TemplateResult {
    if (signIn.isOffered) {
      return html`<p>${text('account.orders_sign_in')}</p>
        ${signInForm(nothing, { isPage: true })}`;
    }
    if (signIn.name === undefined) return html`<p class="muted">${text('loading.core')}</p>`;
    return html`${signedIn(nothing)} ${this.#list()} ${ownAddresses()}`;
  }

  #list(): TemplateResult {
    if (this.#isBroken) {
      return html`<p class="fault">${icon('warn')}<span>${text('account.orders_failed')}</span></p>
        <div>${this.#button('account.orders_retry', undefined)}</div>`;
    }
    const orders = this.#orders;
    if (!orders) return html`<p class="muted">${text('loading.core')}</p>`;
    if (orders.length === 0 && this.#cursor === null) {
      return html`<p>${text('account.orders_empty')}</p>`;
    }
    return html`<ul class="own-orders stack">
        ${orders.map((order) => this.#row(order))}
      </ul>
      ${
        this.#cursor === null
          ? nothing
          : html`<div>${this.#button('account.orders_more', this.#cursor)}</div>`
      }`;
  }

  #button(
    key: 'account.orders_retry' | 'account.orders_more',
    cursor: string | undefined,
  ): TemplateResult {
    return html`<button class="button" type="button" @click=${() => void this.#load(cursor)}>
      ${text(key)}
    </button>`;
  }

  #row(order: OwnOrder): TemplateResult {
    const number = orderNumber(order.orderNo);
    const code = html`<bdi class="code">${number}</bdi>`;
    const date = order.placedMs === null ? '' : dateText(order.placedMs);
    return html`<li class="card stack tight">
      <div class="spread">
        <h2><a href="#/order/${order.id}">${rich('order.number', { number: code })}</a></h2>
        ${money(order.totalMinor, order.currency)}
      </div>
      <p class="muted small">
        ${date === '' ? nothing : `${text('account.order_date', { date })} · `}${states(order)}
      </p>
      ${
        order.state === 'order'
          ? html`<div>
              <button
                class="link small"
                type="button"
                aria-label=${text('account.order_again_named', { number })}
                @click=${() => void this.#again(order)}
              >
                ${text('account.order_again')}
              </button>
            </div>`
          : nothing
      }
      ${
        this.#fault?.id === order.id
          ? html`<p class="fault">${icon('warn')}<span>${this.#fault.words}</span></p>`
          : nothing
      }
    </li>`;
  }

  async #again({ id }: OwnOrder): Promise<void> {
    if (shop.isFinished) shop.cart.startOver();
    const answer = await shop.cart.reorder(id);
    if (answer.status === 'accepted') {
      go('#/cart');
      return;
    }
    const words =
      answer.status === 'rejected'
        ? reasonText(answer.rejection)
        : text('account.order_again_failed');
    this.#fault = { id, words };
    alertUser(words);
    this.requestUpdate();
  }
}

/// Carts are in the server's list too: they are no orders yet.
function isOrder(order: OwnOrder): boolean {
  return order.state !== 'quotation' && order.placedMs !== null;
}

function states({ state, payment, delivery }: OwnOrder): string {
  if (state === 'canceled') return textIfAny('status.order_canceled') ?? '';
  const keys = [`status.payment_${payment}`, `status.delivery_${delivery}`];
  return keys.flatMap((key) => textIfAny(key) ?? []).join(' · ');
}
