// SPDX-License-Identifier: Apache-2.0
// The totals of the order, every figure as the core computed it. Nothing is added up here.
import { html, nothing, type TemplateResult } from 'lit';
import { countryName, localized, money, percent, rich, text } from '../app/language.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';

export class ShopTotals extends ShopElement {
  protected override render(): TemplateResult {
    // Without a figure that is certain none is shown.
    if (shop.state.unpriced) return html`<p class="muted">${text('totals.unpriced')}</p>`;
    const { totals, taxSummary } = shop.view;
    const vat = shop.rules.prices_include_tax ? 'totals.vat_included' : 'totals.vat';
    return html`<dl class="totals">
      ${this.#row(text('totals.subtotal'), money(totals.itemsMinor, shop.currency))}
      ${this.#discount()} ${this.#delivery()}
      ${taxSummary.map((tax) =>
        this.#row(
          rich(vat, { rate: percent(tax.ppm) }),
          money(tax.amountMinor, shop.currency),
          'tax',
        ),
      )}
      ${
        totals.roundingMinor === 0
          ? nothing
          : this.#row(text('totals.rounding'), money(totals.roundingMinor, shop.currency))
      }
      ${this.#row(text('totals.total'), money(totals.payableMinor, shop.currency), 'total')}
    </dl>`;
  }

  #row(name: unknown, value: unknown, kind = ''): TemplateResult {
    return html`<div class=${kind}>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  }

  #discount(): TemplateResult | typeof nothing {
    const { totals, lines, shipping } = shop.view;
    if (totals.discountMinor === 0) return nothing;
    const ids = new Set(
      [...lines.flatMap((line) => line.discounts), ...shipping.discounts].map(
        (discount) => discount.promotion,
      ),
    );
    const names = [...ids].map((id) => promotionName(id)).join(', ');
    const title = names ? rich('totals.discount_named', { names }) : text('totals.discount');
    return this.#row(title, money(-totals.discountMinor, shop.currency), 'discount');
  }

  #delivery(): TemplateResult {
    const { shipTo, shipping, totals } = shop.view;
    const option = shop.state.shippingOptions.find((one) => one.method === shipping.method);
    const place = shipTo ? countryName(shipTo.country) : undefined;
    const name = place ? rich('totals.delivery_to', { place }) : text('totals.delivery');
    const label = option
      ? html`${name}<br /><span class="muted small">${localized(option.label)}</span>`
      : name;
    if (!shipping.method) {
      const key = shop.needsShipping ? 'totals.delivery_open' : 'totals.delivery_none';
      return this.#row(name, html`<span class="muted">${text(key)}</span>`);
    }
    const isFree = shipping.grossMinor === 0 && totals.itemsMinor > 0;
    return this.#row(
      label,
      isFree ? text('totals.delivery_free') : money(shipping.grossMinor, shop.currency),
    );
  }
}

export function promotionName(id: string): string {
  const promotion = shop.rules.promotions?.find((one) => one.id === id);
  return promotion?.label ? localized(promotion.label) : id;
}
