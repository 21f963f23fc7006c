// SPDX-License-Identifier: Apache-2.0
// What the carts' merging kept for later: it is in no total, and comes back with one press.
import { html, nothing, type TemplateResult } from 'lit';
import type { OrderView } from 'tandem-checkout';
import { alertUser, announce } from '../app/announce.ts';
import { icon } from '../app/icons.ts';
import { rich, text } from '../app/language.ts';
import { reasonText } from '../app/reason-text.ts';
import { shop } from '../app/shop.ts';

type Saved = OrderView['saved'][number];

let fault: { readonly sku: string; readonly words: string } | undefined;

/// What is kept and has not come back since. What was configured has to be configured again.
export function savedNow(): readonly Saved[] {
  return shop.isFinished ? [] : shop.view.saved;
}

function put({ sku, quantity }: Saved): void {
  const refused = shop.apply({ type: 'add_line', sku, quantity });
  fault = refused && { sku, words: reasonText(refused) };
  if (fault) alertUser(fault.words);
  else {
    announce(text('cart.title', { n: shop.itemCount }));
    shop.chooseDefaults();
  }
  shop.changed();
}

export function savedLines(): TemplateResult | typeof nothing {
  const saved = savedNow();
  if (saved.length === 0) return nothing;
  return html`<section class="card stack tight" aria-labelledby="saved-title">
    <h2 id="saved-title">${text('account.saved_title')}</h2>
    <p class="muted small">${text('account.saved_note')}</p>
    <ul class="saved">
      ${saved.map((line) => row(line))}
    </ul>
  </section>`;
}

function row(line: Saved): TemplateResult {
  const product = shop.nameOf(line.sku);
  return html`<li>
    <div class="spread">
      <span>${rich('status.units', { n: line.quantity, product })}</span>
      ${
        line.configuration
          ? nothing
          : html`<button
              class="link small"
              type="button"
              aria-label=${text('account.saved_put_named', { product })}
              @click=${() => {
                put(line);
              }}
            >
              ${text('account.saved_put')}
            </button>`
      }
    </div>
    ${
      fault?.sku === line.sku
        ? html`<p class="fault">${icon('warn')}<span>${fault.words}</span></p>`
        : nothing
    }
  </li>`;
}
