// SPDX-License-Identifier: Apache-2.0
// "Something changed": the shop's answer differs from what was shown. Each named fact stands in a
// row with what it was and what it is now; nothing is charged until the new amount is confirmed.
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Rejection } from 'tandem-checkout';
import { digits, money, rich, text } from '../app/language.ts';
import { payment } from '../app/pay.ts';
import { shop } from '../app/shop.ts';
import { promotionName } from '../app/total-rows.ts';
import { couponFaults } from './coupon.element.ts';
import { payWords } from './review.ts';

type Change = Rejection['changes'][number];

function nameOf(change: Change): TemplateResult {
  const { code, subject } = change;
  const product = shop.nameOf(subject.split('#', 1)[0] ?? subject);
  switch (code) {
    case 'price_changed':
      return rich('changed.price', { product });
    case 'stock_clamped':
      return rich('changed.quantity', { product });
    case 'offer_unavailable':
      return rich('changed.offer', { product });
    case 'promotion_ended':
    case 'promotion_changed':
      return rich('changed.promotion', { promotion: promotionName(subject) });
    case 'coupon_dropped':
      return rich('changed.coupon', { code: subject });
    case 'gift_card_changed':
      return rich('changed.gift_card', { code: subject });
    case 'tax_updated':
      return rich('changed.tax', { tax: subject });
    case 'payment_method_unavailable':
      return rich('changed.payment_method');
    case 'terms_changed':
      return rich('changed.terms');
    case 'core_outdated':
      return rich('changed.core');
    default:
      return rich('changed.shipping');
  }
}

function figure(change: Change, value: number | null, isNow: boolean): unknown {
  if (value === null) {
    if (!isNow) return text('changed.none');
    if (change.code === 'offer_unavailable') return text('changed.gone');
    if (change.was === null) return text('changed.updated');
    return text('changed.ended');
  }
  return change.code === 'stock_clamped' ? digits(value) : money(value, shop.currency);
}

function row(change: Change): TemplateResult {
  return html`<tr>
    <th scope="row">${nameOf(change)}</th>
    <td>${figure(change, change.was, false)}</td>
    <td>${figure(change, change.now, true)}</td>
  </tr>`;
}

const show = (element: Element | undefined): void => {
  if (!(element instanceof HTMLDialogElement) || element.open) return;
  // Lit calls this while the dialog is still being put together.
  queueMicrotask(() => {
    if (!element.isConnected) return;
    element.showModal();
    element.querySelector<HTMLElement>('h2')?.focus();
  });
};

export function changedDialog(payAgain: () => void): TemplateResult | typeof nothing {
  const { changed } = payment;
  if (!changed) return nothing;
  const back = (): void => {
    payment.dismiss();
    document.querySelector<HTMLElement>('#pay')?.focus();
  };
  return html`<dialog
    class="dialog stack"
    aria-labelledby="changed-title"
    ${ref(show)}
    @close=${back}
  >
    <h2 id="changed-title" tabindex="-1">${text('changed.title')}</h2>
    <p>${text('changed.not_charged')}</p>
    ${couponFaults().map((fault) => html`<p>${fault}</p>`)}
    <table class="changes">
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">${text('changed.what')}</span></th>
          <th scope="col">${text('changed.was')}</th>
          <th scope="col">${text('changed.now')}</th>
        </tr>
      </thead>
      <tbody>
        ${changed.rejection.changes.map(row)}
        <tr class="total">
          <th scope="row">${text('changed.total')}</th>
          <td>${money(changed.oldTotal, shop.currency)}</td>
          <td>${money(shop.view.totals.payableMinor, shop.currency)}</td>
        </tr>
      </tbody>
    </table>
    <div class="actions">
      <button class="button" type="button" @click=${back}>${text('changed.back')}</button>
      <button
        class="button primary"
        type="button"
        aria-disabled=${payment.busy ? 'true' : nothing}
        @click=${payAgain}
      >
        <span>${payment.busy ? text('pay.busy') : payWords()}</span>
      </button>
    </div>
  </dialog>`;
}
