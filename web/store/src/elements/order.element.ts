// SPDX-License-Identifier: Apache-2.0
// The page of a placed order: confirmed, waiting for its payment, waiting for the bank, canceled.
// A declined payment leads back to the checkout, where everything is as it was.
import { html, nothing, type TemplateResult } from 'lit';
import { announce } from '../app/announce.ts';
import { form } from '../app/checkout-form.ts';
import { icon } from '../app/icons.ts';
import { money, moneyText, rich, text } from '../app/language.ts';
import { payment } from '../app/pay.ts';
import { reasonText } from '../app/reason-text.ts';
import { go } from '../app/router.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';
import type { MessageKey } from '../messages/en.ts';
import { keepAddress } from './address-book.ts';
import { orderItems, orderProof, orderState } from './order-parts.ts';
import { StatusWatch } from './order-status.ts';

const pollEveryMs = 1500;
/// Nothing hurries once the order stands: every so many times is enough.
const pollSlowly = 10;

type Phase = 'asking' | 'none' | 'confirmed' | 'unfinished' | 'bank' | 'by_hand' | 'canceled';

export class ShopOrder extends ShopElement {
  #polling: ReturnType<typeof setInterval> | undefined;
  #refreshed = false;
  #told: Phase | undefined;
  readonly #status = new StatusWatch();
  #fault: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#refresh();
    let polls = 0;
    this.#polling = setInterval(() => {
      polls += 1;
      const isUrgent = ['bank', 'asking', 'unfinished'].includes(this.#phase);
      if (isUrgent || (polls % pollSlowly === 0 && !document.hidden)) void this.#refresh();
    }, pollEveryMs);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#polling);
    super.disconnectedCallback();
  }

  async #refresh(): Promise<void> {
    try {
      await shop.checkout.refresh();
    } catch (cause) {
      console.warn(cause);
    }
    const isFirst = !this.#refreshed;
    this.#refreshed = true;
    this.requestUpdate();
    await this.updateComplete;
    // Back from the payment page: reading starts at the result.
    if (isFirst && document.activeElement === document.body) {
      this.querySelector<HTMLElement>('h1')?.focus();
    }
  }

  get #phase(): Phase {
    const { axes, payments } = shop.view;
    const last = payments.at(-1);
    if (axes.order === 'canceled') return 'canceled';
    if (axes.order === 'order') return 'confirmed';
    if (axes.order === 'quotation') {
      return payment.isUnknown && !shop.looksElsewhere ? 'asking' : 'none';
    }
    if (last?.provider !== undefined && isByHand(last.provider)) return 'by_hand';
    if (last?.state === 'authorized') return 'bank';
    // Nobody but the customer knows whether he has paid already, as long as the page is open.
    return last?.state === 'created' || payment.redirectUrl ? 'unfinished' : 'bank';
  }

  protected override willUpdate(): void {
    const phase = this.#phase;
    if (phase === 'none' && this.#refreshed && this.#isDeclined && !shop.looksElsewhere) {
      go('#/checkout');
      return;
    }
    if (phase === 'confirmed' && !shop.looksElsewhere) {
      payment.resolved();
      form.clear();
    }
    if (this.#refreshed) this.#tell(phase);
  }

  /// Says what became of the order while the page was open.
  #tell(phase: Phase): void {
    const changes = this.#status.changes(shop.view);
    const isNew = this.#told !== undefined && this.#told !== phase;
    this.#told = phase;
    const confirmed = isNew && phase === 'confirmed';
    const first = confirmed ? text('order.confirmed', { number: shop.number }) : '';
    const sentences = [first, changes].filter(Boolean).join(' ');
    if (sentences) announce(sentences);
  }

  get #isDeclined(): boolean {
    const last = shop.view.payments.at(-1);
    return last?.state === 'failed' || last?.state === 'canceled';
  }

  protected override render(): TemplateResult {
    const phase = this.#phase;
    if (phase === 'none') return this.#nothing();
    return html`<div class="stack loose narrow">
      ${this.#head(phase)} ${phase === 'asking' ? nothing : this.#body(phase)}
    </div>`;
  }

  #nothing(): TemplateResult {
    if (!this.#refreshed) return html`<p class="muted">${text('loading.core')}</p>`;
    return html`<div class="empty">
      <h1 tabindex="-1">${text('order.none_title')}</h1>
      <p>${text('order.none')}</p>
      <a class="button" href="#/">${text('cart.continue')}</a>
    </div>`;
  }

  #head(phase: Phase): TemplateResult {
    const number = html`<bdi class="code">${shop.number}</bdi>`;
    const titles: Record<Exclude<Phase, 'none'>, MessageKey> = {
      asking: 'order.asking_title',
      confirmed: 'order.confirmed',
      unfinished: 'order.waiting_title',
      bank: 'order.unknown_title',
      by_hand: 'order.waiting_hand_title',
      canceled: 'order.canceled_title',
    };
    const title = phase === 'none' ? 'order.none_title' : titles[phase];
    const isDone = phase === 'confirmed';
    return html`<div class="result ${isDone ? '' : 'waits'}">
      <span class="mark">
        ${icon(isDone ? 'check' : phase === 'canceled' ? 'close' : 'clock')}
      </span>
      <h1 tabindex="-1">
        ${isDone ? html`<span>${this.#thanks()}</span>` : nothing}
        <span>${rich(title, { number })}</span>
      </h1>
      ${this.#lead(phase)}
    </div>`;
  }

  #thanks(): TemplateResult {
    const name = shop.view.contact?.name ?? shop.view.shipTo?.name;
    return name ? rich('order.thanks', { name }) : rich('order.thanks_plain');
  }

  #lead(phase: Phase): TemplateResult {
    const email = shop.view.contact?.email;
    switch (phase) {
      case 'confirmed':
        return email
          ? html`<p>${rich('order.email', { email: html`<bdi>${email}</bdi>` })}</p>`
          : html``;
      case 'unfinished':
        return html`<p>${text('order.not_paid_yet')}</p>`;
      case 'by_hand':
        return html`<p>${text('order.not_reserved')}</p>`;
      case 'canceled':
        return html`<p>${this.#canceledWords()}</p>`;
      default:
        return html`<p>${text('order.unknown')}</p>`;
    }
  }

  #canceledWords(): unknown {
    const owed = shop.view.money.owedMinor;
    return owed > 0
      ? rich('order.canceled_owed', { amount: money(owed, shop.currency) })
      : text('order.canceled');
  }

  #body(phase: Phase): TemplateResult {
    return html`${phase === 'unfinished' && !shop.looksElsewhere ? this.#unfinished() : nothing}
      ${phase === 'by_hand' ? this.#byHand() : nothing} ${orderState(phase === 'confirmed')}
      ${orderItems()} ${['confirmed', 'by_hand'].includes(phase) ? keepAddress() : nothing}
      <div class="row">
        <a class="button" href="#/">${text('cart.continue')}</a>
        ${
          phase === 'confirmed'
            ? html`<button
                class="button"
                type="button"
                @click=${() => {
                  print();
                }}
              >
                ${text('order.print')}
              </button>`
            : nothing
        }
      </div>
      <shop-cancel></shop-cancel>
      ${this.#faultLine()} ${orderProof()}`;
  }

  #faultLine(): TemplateResult | typeof nothing {
    if (!this.#fault) return nothing;
    return html`<p class="fault">${icon('warn')}<span>${this.#fault}</span></p>`;
  }

  #unfinished(): TemplateResult {
    const address = payment.redirectUrl;
    return html`<div class="row">
      ${
        address === undefined
          ? nothing
          : html`<a class="button primary" href=${address}>${text('order.continue_payment')}</a>`
      }
      <button class="button" type="button" @click=${this.#changeOrder}>
        ${text('order.change')}
      </button>
    </div>`;
  }

  /// Any edit reopens a placed order: choosing the same method again is the smallest one.
  readonly #changeOrder = (): void => {
    const method = shop.view.paymentMethod ?? shop.state.paymentOptions[0]?.method;
    if (method === undefined) return;
    const refused = shop.apply({ type: 'choose_payment', method });
    if (refused) {
      this.#fault = reasonText(refused);
      this.requestUpdate();
      return;
    }
    payment.resolved();
    go('#/checkout');
  };

  #byHand(): TemplateResult {
    const provider = shop.view.payments.at(-1)?.provider;
    const amount = money(shop.view.money.dueMinor, shop.currency);
    if (provider === 'pay_on_pickup')
      return html`<p>${rich('order.pay_at_pickup', { amount })}</p>`;
    if (provider === 'cash_on_delivery') {
      return html`<p>${rich('order.pay_at_door', { amount })}</p>`;
    }
    return html`<div class="card stack">
      <p>${text('order.transfer')}</p>
      <dl class="facts">
        ${this.#copyRow('order.amount', amount, moneyText(shop.view.money.dueMinor, shop.currency))}
        ${this.#copyRow(
          'order.reference',
          html`<bdi class="code">${shop.number}</bdi>`,
          shop.number,
        )}
      </dl>
    </div>`;
  }

  #copyRow(name: MessageKey, value: unknown, copied: string): TemplateResult {
    return html`<div>
      <dt>${text(name)}</dt>
      <dd><strong>${value}</strong></dd>
      <dd>
        <button
          class="link small"
          type="button"
          aria-label="${text('order.copy')}: ${text(name)}"
          @click=${() => {
            void navigator.clipboard.writeText(copied).then(() => {
              announce(text('order.copied'));
            });
          }}
        >
          ${text('order.copy')}
        </button>
      </dd>
    </div>`;
  }
}

function isByHand(provider: string): boolean {
  return ['wire_transfer', 'pay_on_pickup', 'cash_on_delivery'].includes(provider);
}
