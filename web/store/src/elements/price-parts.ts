// SPDX-License-Identifier: Apache-2.0
// A price as cards, product pages and cart lines show it: its unit, the price before a sale, and
// what the law wants beside that.
import { formatQuantity, hasUnitName } from 'tandem-checkout';
import { html, nothing, type TemplateResult } from 'lit';
import { language, money, momentText, rich } from '../app/language.ts';
import type { Price } from '../app/prices.ts';

/// A quantity with its unit.
export function quantityOf(quantity: number, price: Price): TemplateResult {
  return html`<bdi class="amount">${formatQuantity(quantity, price.unitCode, language())}</bdi>`;
}

/// The amount, per unit where it is not sold by the piece.
export function unitPrice(price: Price, currency: string): TemplateResult {
  const amount = money(price.unitMinor, currency);
  if (!hasUnitName(price.unitCode)) return amount;
  return rich('price.per', { amount, unit: quantityOf(1, price) });
}

/// The crossed-out price before, if a sale is announced.
export function priceBefore(price: Price, currency: string): TemplateResult | typeof nothing {
  if (price.wasMinor === undefined) return nothing;
  const amount = html`<s>${money(price.wasMinor, currency)}</s>`;
  return html`<span class="was small">${rich('price.was', { amount })}</span>`;
}

/// What a sale has to say: the lowest price of the last 30 days, and until when it holds.
export function saleTerms(price: Price, currency: string): TemplateResult | typeof nothing {
  const { lowestMinor, untilMs } = price;
  if (lowestMinor === undefined && untilMs === undefined) return nothing;
  return html`<p class="sale-terms muted small">
    ${
      lowestMinor === undefined
        ? nothing
        : html`<span>${rich('price.lowest', { amount: money(lowestMinor, currency) })}</span>`
    }
    ${
      untilMs === undefined
        ? nothing
        : html`<span>${rich('price.until', { date: momentText(untilMs) })}</span>`
    }
  </p>`;
}
