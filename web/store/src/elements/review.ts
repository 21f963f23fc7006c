// SPDX-License-Identifier: Apache-2.0
// The review right above the button: what will be ordered, where it goes, how it is paid. It says
// that nothing is ordered yet, and each row leads to its field.
import { html, nothing, type TemplateResult } from 'lit';
import { form } from '../app/checkout-form.ts';
import { countryName, localized, money, rich, text } from '../app/language.ts';
import { payment } from '../app/pay.ts';
import { shop } from '../app/shop.ts';
import type { MessageKey } from '../messages/en.ts';
import { paysByHand } from './checkout-sections.ts';

interface Row {
  readonly name: MessageKey;
  readonly value: unknown;
  readonly change: MessageKey;
  readonly target: string;
}

function openValue(): TemplateResult {
  return html`<span class="muted">${text('review.open')}</span>`;
}

function rows(): Row[] {
  const email = form.value('email').trim();
  const shipping = shop.state.shippingOptions.find(
    (option) => option.method === shop.view.shipping.method,
  );
  const way = shop.state.paymentOptions.find((option) => option.method === shop.view.paymentMethod);
  const receipt: Row = {
    name: 'review.email',
    value: email ? html`<bdi>${email}</bdi>` : openValue(),
    change: 'checkout.change_email',
    target: 'email',
  };
  const list = [receipt];
  if (shop.needsShipping) {
    list.push(
      {
        name: 'review.send_to',
        value: addressLines(),
        change: 'checkout.change_address',
        target: 'ship-country',
      },
      {
        name: 'review.arrives',
        value: shipping ? localized(shipping.label) : openValue(),
        change: 'checkout.change_method',
        target: 'shipping',
      },
    );
  }
  if (shop.view.totals.payableMinor > 0) {
    list.push({
      name: 'review.pay_with',
      value: way ? localized(way.label) : openValue(),
      change: 'checkout.change_payment',
      target: 'payment',
    });
  }
  return list;
}

function addressLines(): TemplateResult {
  const value = (field: 'name' | 'line1' | 'line2' | 'postcode' | 'city'): string =>
    form.value(`ship-${field}`).trim();
  const city = [value('postcode'), value('city')].filter((part) => part !== '').join(' ');
  const lines = [value('name'), value('line1'), value('line2'), city].filter((line) => line !== '');
  if (lines.length === 0) return openValue();
  return html`${[...lines, countryName(form.country('ship'))].map(
    (line) => html`<span dir="auto">${line}</span><br />`,
  )}`;
}

export interface ReviewEvents {
  readonly change: (target: string) => void;
  readonly pay: () => void;
}

export function review(events: ReviewEvents): TemplateResult {
  return html`<section class="review" aria-labelledby="review-title">
    <div class="spread">
      <h2 id="review-title" tabindex="-1">${text('checkout.review')}</h2>
      <p class="muted small">${text('checkout.review_note')}</p>
    </div>
    <dl class="facts">
      ${rows().map(
        (row) =>
          html`<div>
            <dt>${text(row.name)}</dt>
            <dd>${row.value}</dd>
            <dd>
              <button
                class="link small"
                type="button"
                aria-label=${text(row.change)}
                @click=${() => {
                  events.change(row.target);
                }}
              >
                ${text('checkout.change')}
              </button>
            </dd>
          </div>`,
      )}
    </dl>
    <p class="small">${terms()}</p>
    ${payButton(events.pay)}
  </section>`;
}

/// What paying means, beside every button that pays.
export function terms(): TemplateResult {
  const link = html`<a href="#/terms">${text('review.terms_link')}</a>`;
  return rich('review.terms', { terms: link, days: shop.rules.policies?.return_days ?? 14 });
}

export function payWords(): TemplateResult {
  const { payableMinor } = shop.view.totals;
  const amount = money(payableMinor, shop.currency);
  if (payableMinor === 0) return rich('pay.nothing', { amount });
  return rich(paysByHand() ? 'pay.obligation' : 'pay.button', { amount });
}

/// What the customer can only change in the cart.
const stockReasons = new Set([
  'out_of_stock',
  'insufficient_stock',
  'offer_unavailable',
  'offer_unknown',
]);

/// Never disabled: when it cannot act it says why, and keeps focus.
export function payButton(pay: () => void): TemplateResult {
  const isOffline = shop.connection === 'offline';
  const isHeldBack = payment.busy || isOffline;
  const reason = payment.busy ? 'pay.busy_reason' : 'pay.offline_reason';
  return html`<div class="stack tight">
    <button
      id="pay"
      class="button primary wide pay"
      type="button"
      aria-disabled=${isHeldBack ? 'true' : nothing}
      aria-describedby=${isHeldBack ? 'pay-reason' : payment.notice ? 'pay-notice' : nothing}
      @click=${pay}
    >
      <span>${payment.busy ? text('pay.busy') : payWords()}</span>
    </button>
    ${isHeldBack ? html`<p class="hint" id="pay-reason">${text(reason)}</p>` : nothing}
    ${
      payment.notice
        ? html`<p class="note danger" id="pay-notice">
            <span>
              ${payment.notice}
              ${
                stockReasons.has(payment.rejection?.reason ?? '')
                  ? html`<a href="#/cart">${text('checkout.edit_cart')}</a>`
                  : nothing
              }
            </span>
          </p>`
        : nothing
    }
  </div>`;
}
