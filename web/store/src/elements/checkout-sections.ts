// SPDX-License-Identifier: Apache-2.0
// The three sections of the checkout and its review, in reading order. None collapses by itself.
import { html, nothing, type TemplateResult } from 'lit';
import { countryOf, fieldsOf, type AddressField } from '../address/countries.ts';
import { emailSuggestion } from '../address/faults.ts';
import { form, type Group } from '../app/checkout-form.ts';
import { icon } from '../app/icons.ts';
import { countryName, digits, localized, money, rich, text } from '../app/language.ts';
import { deliveryCountries } from '../app/rules.ts';
import { shop } from '../app/shop.ts';
import type { MessageKey } from '../messages/en.ts';
import { addressField, countryField, emailField, type FieldEvents } from './fields.ts';
import { accountPart } from './sign-in.ts';

/// Ways to pay that staff confirm by hand: nothing is charged on this page.
const byHand = new Set(['wire_transfer', 'pay_on_pickup', 'cash_on_delivery']);

export function paysByHand(): boolean {
  const chosen = shop.state.paymentOptions.find(
    (option) => option.method === shop.view.paymentMethod,
  );
  return chosen !== undefined && byHand.has(chosen.provider);
}

export function sectionTitle(number: number, key: MessageKey, id: string): TemplateResult {
  return html`<h2 class="section-title" id=${id} tabindex="-1">
    <span class="number" aria-hidden="true">${digits(number)}</span>${text(key)}
  </h2>`;
}

export interface ContactEvents extends FieldEvents {
  /// See SheetEvents.
  readonly complete: () => Promise<string | undefined>;
}

export function contactSection(events: ContactEvents): TemplateResult {
  const meant = emailSuggestion(form.value('email'));
  return html`<section aria-labelledby="contact-title">
    ${sectionTitle(1, 'checkout.contact', 'contact-title')}
    <shop-express .complete=${events.complete}></shop-express>
    ${emailField(events)}
    ${
      meant === undefined
        ? nothing
        : html`<p class="hint" role="group">
            ${rich('fault.email_slip', { email: html`<bdi class="code">${meant}</bdi>` })}
            <button
              class="link"
              type="button"
              @click=${() => {
                events.typed('email', meant);
                events.left('email');
              }}
            >
              ${rich('fault.email_slip_use', { email: html`<bdi class="code">${meant}</bdi>` })}
            </button>
          </p>`
    }
    ${accountPart()}
  </section>`;
}

function widthOf(row: readonly AddressField[], field: AddressField): string {
  if (row.length === 1) return '';
  if (row.includes('city') && row.includes('postcode')) {
    return field === 'postcode' ? 'third' : 'two-thirds';
  }
  return 'half';
}

function addressRows(group: Group, events: FieldEvents): TemplateResult {
  const country = form.country(group);
  const rows = countryOf(country).rows;
  const hasOwnPhone = rows.flat().includes('phone');
  return html`<div class="field-row">
    ${rows.flatMap((row) =>
      row
        .filter((field) => group === 'ship' || field !== 'phone')
        .map(
          (field) =>
            html`${addressField(group, field, widthOf(row, field), events)}
            ${field === 'line1' ? moreFields(group, events) : nothing}`,
        ),
    )}
    ${group === 'ship' && !hasOwnPhone ? addressField(group, 'phone', '', events) : nothing}
  </div>`;
}

function moreFields(group: Group, events: FieldEvents): TemplateResult {
  return html`<details class="disclosure" .open=${form.hasMore(group)}>
    <summary>${icon('plus', 'turns')}${text('checkout.more_fields')}</summary>
    <div class="stack">
      ${(['line2', 'organization', 'note'] as const).map((field) =>
        addressField(group, field, '', events),
      )}
    </div>
  </details>`;
}

export function deliverySection(events: FieldEvents): TemplateResult {
  return html`<section aria-labelledby="delivery-title">
    ${sectionTitle(2, 'checkout.delivery', 'delivery-title')}
    ${countryField('ship', deliveryCountries(shop.rules), events)}
    ${
      shop.needsShipping
        ? html`${addressRows('ship', events)} ${shippingChoices()}`
        : html`<p class="muted">${text('checkout.digital')}</p>`
    }
  </section>`;
}

function shippingChoices(): TemplateResult {
  const options = shop.state.shippingOptions.filter((option) => option.available);
  const place = countryName(form.country('ship'));
  if (options.length === 0) {
    return html`<p class="note warning" id="shipping-choices" tabindex="-1">
      ${icon('warn')}<span>${rich('checkout.methods_none', { place })}</span>
    </p>`;
  }
  const [only] = options;
  if (only && options.length === 1 && only.method === shop.view.shipping.method) {
    return html`<div>
      <p class="group-label" id="shipping-choices" tabindex="-1">${text('checkout.methods')}</p>
      <p class="spread"><span>${localized(only.label)}</span>${shippingPrice(only.grossMinor)}</p>
    </div>`;
  }
  return html`<fieldset>
    <legend class="group-label" id="shipping-choices" tabindex="-1">
      ${text('checkout.methods')}
    </legend>
    <div class="choices">
      ${options.map(
        (option) =>
          html`<label class="choice">
            <input
              type="radio"
              name="shipping"
              value=${option.method}
              .checked=${option.method === shop.view.shipping.method}
              @change=${() => {
                shop.apply({ type: 'choose_shipping', method: option.method });
              }}
            />
            <span>${localized(option.label)}</span>
            <span>${shippingPrice(option.grossMinor)}</span>
          </label>`,
      )}
    </div>
  </fieldset>`;
}

function shippingPrice(grossMinor: number | null): TemplateResult {
  if (grossMinor === null) return html`<span class="muted">${text('totals.unpriced')}</span>`;
  return grossMinor === 0
    ? html`<span>${text('totals.delivery_free')}</span>`
    : money(grossMinor, shop.currency);
}

export function paymentSection(events: FieldEvents, changed: () => void): TemplateResult {
  const isFree = shop.view.totals.payableMinor === 0;
  return html`<section aria-labelledby="payment-title">
    ${sectionTitle(3, 'checkout.payment', 'payment-title')}
    ${isFree ? html`<p>${text('checkout.nothing_to_pay')}</p>` : paymentChoices()}
    ${shop.needsShipping ? billing(events, changed) : nothing}
  </section>`;
}

function paymentChoices(): TemplateResult {
  const options = shop.state.paymentOptions.filter((option) => option.available);
  return html`<fieldset>
      <legend class="group-label" id="payment-choices" tabindex="-1">
        ${text('checkout.pay_with')}
      </legend>
      <div class="choices">
        ${options.map(
          (option) =>
            html`<label class="choice">
              <input
                type="radio"
                name="payment"
                value=${option.method}
                .checked=${option.method === shop.view.paymentMethod}
                @change=${() => {
                  shop.apply({ type: 'choose_payment', method: option.method });
                }}
              />
              <span>${localized(option.label) || option.method}</span>
            </label>`,
        )}
      </div>
    </fieldset>
    <p class="hint">${text(paysByHand() ? 'checkout.pay_by_hand' : 'checkout.pay_redirect')}</p>`;
}

function billing(events: FieldEvents, changed: () => void): TemplateResult {
  return html`<div class="stack">
    <label class="check">
      <input
        type="checkbox"
        name="billing-same"
        .checked=${form.billingSame}
        @change=${(event: Event) => {
          form.billingSame = (event.target as HTMLInputElement).checked;
          changed();
        }}
      />
      <span>${text('checkout.billing_same')}</span>
    </label>
    ${
      form.billingSame
        ? nothing
        : html`<h3>${text('checkout.billing_address')}</h3>
            ${countryField('bill', billingCountries(), events)} ${addressRows('bill', events)}`
    }
  </div>`;
}

function billingCountries(): string[] {
  return deliveryCountries(shop.rules);
}

/// Whether the address is complete enough for the total to be final.
export function isAddressComplete(): boolean {
  if (!shop.needsShipping) return true;
  return fieldsOf(form.country('ship')).every((field) => form.fault(`ship-${field}`) === undefined);
}
