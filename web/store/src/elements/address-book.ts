// SPDX-License-Identifier: Apache-2.0
// The account's addresses: the list of them, and the offer to keep an order's one for next time.
import { html, nothing, type TemplateResult } from 'lit';
import type { BookAddress } from 'tandem-checkout';
import { signIn } from '../app/account.ts';
import { addressBook } from '../app/address-book.ts';
import { icon } from '../app/icons.ts';
import { text } from '../app/language.ts';
import { shop } from '../app/shop.ts';
import { addressLines } from './order-parts.ts';
import { focusSoon } from './sign-in.ts';

/// On the page of a placed order, for who is signed in.
export function keepAddress(): TemplateResult | typeof nothing {
  const { shipTo } = shop.view;
  if (signIn.name === undefined || !shipTo?.line1) return nothing;
  if (!addressBook.entries) {
    void addressBook.read();
    return nothing;
  }
  if (addressBook.holds(shipTo)) {
    if (!addressBook.isKept) return nothing;
    return html`<p class="row" id="address-kept" tabindex="-1">
      ${icon('check')}<span>${text('account.address_saved')}</span>
    </p>`;
  }
  return html`<div class="stack tight">
    <div>
      <button
        class="link"
        type="button"
        @click=${() => {
          void addressBook.keep(shipTo).then(() => {
            focusSoon('#address-kept');
          });
        }}
      >
        ${text('account.address_save')}
      </button>
    </div>
    ${faultOf(undefined)}
  </div>`;
}

/// All of them, beneath the account's orders.
export function ownAddresses(): TemplateResult | typeof nothing {
  const { entries } = addressBook;
  if (!entries) {
    void addressBook.read();
    return nothing;
  }
  if (entries.length === 0) return nothing;
  return html`<section class="stack" aria-labelledby="addresses-title">
    <h2 id="addresses-title" tabindex="-1">${text('account.addresses')}</h2>
    <ul class="stack">
      ${entries.map((entry) => row(entry))}
    </ul>
  </section>`;
}

function row({ id, address }: BookAddress): TemplateResult {
  const named = [address.name, address.line1, address.city].filter(Boolean).join(', ');
  return html`<li class="card stack tight">
    <p>${addressLines(address)}</p>
    <div>
      <button
        class="link small"
        type="button"
        aria-label=${text('account.address_remove_named', { address: named })}
        @click=${() => {
          void addressBook.remove(id).then(() => {
            if (!addressBook.fault) focusSoon('#addresses-title, h1');
          });
        }}
      >
        ${text('account.address_remove')}
      </button>
    </div>
    ${faultOf(id)}
  </li>`;
}

function faultOf(id: string | undefined): TemplateResult | typeof nothing {
  const { fault } = addressBook;
  if (!fault || fault.id !== id) return nothing;
  return html`<p class="fault">${icon('warn')}<span>${fault.words}</span></p>`;
}
