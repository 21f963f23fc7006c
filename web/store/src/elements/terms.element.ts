// SPDX-License-Identifier: Apache-2.0
// The shop's terms, as the published rules know them.
import { html, type TemplateResult } from 'lit';
import { rich, text } from '../app/language.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';

export class ShopTerms extends ShopElement {
  protected override render(): TemplateResult {
    const policies = shop.ready ? shop.rules.policies : undefined;
    const days = policies?.return_days ?? 14;
    return html`<div class="stack narrow">
      <h1 tabindex="-1">${text('terms.title')}</h1>
      <p>${text('terms.intro')}</p>
      <h2>${text('terms.prices_title')}</h2>
      <p>${text('terms.prices')}</p>
      <h2>${text('terms.withdraw_title')}</h2>
      <p>${rich('terms.withdraw', { days })}</p>
      <h2>${text('terms.data_title')}</h2>
      <p>${text('terms.data')}</p>
      ${
        policies?.terms_version
          ? html`<p class="muted small">
              ${rich('terms.version', { version: policies.terms_version })}
            </p>`
          : ''
      }
    </div>`;
  }
}
