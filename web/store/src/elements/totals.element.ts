// SPDX-License-Identifier: Apache-2.0
// The totals of the order, every figure as the core computed it. Nothing is added up here.
import { html, nothing, type TemplateResult } from 'lit';
import { money, rich, text } from '../app/language.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';
import { totalRows, type TotalRow } from '../app/total-rows.ts';

export class ShopTotals extends ShopElement {
  protected override render(): TemplateResult {
    // Without a figure that is certain none is shown.
    if (shop.state.unpriced) return html`<p class="muted">${text('totals.unpriced')}</p>`;
    return html`<dl class="totals">
      ${totalRows().map((row) => this.#row(row))}
      <div class="total">
        <dt>${text('totals.total')}</dt>
        <dd>${money(shop.view.totals.payableMinor, shop.currency)}</dd>
      </div>
    </dl>`;
  }

  #row(row: TotalRow): TemplateResult {
    return html`<div class=${row.kind}>
      <dt>
        ${rich(row.name, row.values)}
        ${row.note ? html`<br /><span class="muted small">${row.note}</span>` : nothing}
      </dt>
      <dd>${this.#figure(row)}</dd>
    </div>`;
  }

  #figure({ instead, amountMinor }: TotalRow): unknown {
    if (instead === undefined) return money(amountMinor, shop.currency);
    if (instead === 'totals.delivery_free') return text(instead);
    return html`<span class="muted">${text(instead)}</span>`;
  }
}
