// SPDX-License-Identifier: Apache-2.0
// Discount codes: applied ones with a way to remove them, and the field behind a link.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { alertUser, announce } from '../app/announce.ts';
import { icon } from '../app/icons.ts';
import { moneyText, rich, text } from '../app/language.ts';
import { reasonText } from '../app/reason-text.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';

/// Why an applied code has no effect now, as the core says it among the order's messages.
function couponFault(index: number): string | undefined {
  const coupon = shop.view.coupons[index];
  if (!coupon) return undefined;
  const message = shop.view.messages.find(
    (one) => one.subject === `/cart/coupons/${index}` && one.severity !== 'info',
  );
  const reason = coupon.reason ?? message?.code;
  return reason ? reasonText({ reason, subject: coupon.code, limit: null }) : undefined;
}

export function couponFaults(): string[] {
  return shop.view.coupons.map((_, index) => couponFault(index) ?? '').filter(Boolean);
}

const draftKey = 'shop-coupon-draft';
let nextId = 0;

export class ShopCoupon extends ShopElement {
  readonly #id = `coupon-${(nextId += 1)}`;
  #fault: string | undefined;
  #open = sessionStorage.getItem(draftKey) !== null;
  #told = '';

  protected override render(): TemplateResult {
    const late = this.#lateFault();
    const fault = this.#fault ?? late;
    return html`<div class="stack tight">
      ${this.#applied()}
      <details
        class="disclosure"
        .open=${live(this.#open || late !== undefined)}
        @toggle=${(event: Event) => {
          this.#open = (event.target as HTMLDetailsElement).open;
        }}
      >
        <summary
          @click=${(event: Event) => {
            // Before the element tells of it, a new price may draw everything again, and close it.
            event.preventDefault();
            this.#open = !this.#open;
            this.requestUpdate();
          }}
        >
          ${icon('plus', 'turns')}${text('coupon.open')}
        </summary>
        <form class="field" novalidate @submit=${this.#apply}>
          <label for=${this.#id}>${text('coupon.label')}</label>
          <div class="coupon-form">
            <input
              id=${this.#id}
              class="input"
              name="coupon"
              dir="ltr"
              autocomplete="off"
              autocapitalize="off"
              spellcheck="false"
              maxlength="64"
              .value=${sessionStorage.getItem(draftKey) ?? ''}
              aria-invalid=${fault ? 'true' : nothing}
              aria-describedby=${fault ? `${this.#id}-fault` : nothing}
              @input=${this.#typed}
            />
            <button class="button" type="submit">${text('coupon.apply')}</button>
          </div>
          ${
            fault
              ? html`<p class="fault" id="${this.#id}-fault">
                  ${icon('warn')}<span>${fault}</span>
                </p>`
              : nothing
          }
        </form>
      </details>
    </div>`;
  }

  #applied(): TemplateResult | typeof nothing {
    const { coupons } = shop.view;
    const { pendingCodes } = shop.state;
    if (coupons.length === 0 && pendingCodes.length === 0) return nothing;
    return html`<ul class="coupons">
      ${coupons.map(({ code }, index) => this.#code(code, 'coupon.applied', couponFault(index)))}
      ${pendingCodes.map((code) => this.#code(code, 'coupon.pending', undefined))}
    </ul>`;
  }

  /// A code with the reason why it has no effect now, if there is one.
  #code(
    code: string,
    key: 'coupon.applied' | 'coupon.pending',
    fault: string | undefined,
  ): TemplateResult {
    return html`<li>
      <span>${rich(key, { code: html`<strong class="code">${code}</strong>` })}</span>
      <button
        class="link"
        type="button"
        aria-label=${text('coupon.remove_named', { code })}
        @click=${() => {
          this.#remove(code);
        }}
      >
        ${text('coupon.remove')}
      </button>
      ${
        fault === undefined
          ? nothing
          : html`<p class="fault">${icon('warn')}<span>${fault}</span></p>`
      }
    </li>`;
  }

  /// A code that lost its effect is told once, with what the order costs without it.
  protected override updated(): void {
    const faults = couponFaults().join(' ');
    if (this.#told === faults) return;
    this.#told = faults;
    if (faults === '') return;
    const total = moneyText(shop.view.totals.payableMinor, shop.currency);
    alertUser(`${faults} ${text('totals.total')} ${total}`);
  }

  /// A code that the server refused after the local core could not know it.
  #lateFault(): string | undefined {
    const refused = shop.late;
    return refused?.reason.startsWith('coupon_') ? reasonText(refused) : undefined;
  }

  #typed = (event: Event): void => {
    sessionStorage.setItem(draftKey, (event.target as HTMLInputElement).value);
    if (this.#fault || shop.late) {
      this.#fault = undefined;
      shop.late = undefined;
      this.requestUpdate();
    }
  };

  #apply = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = this.querySelector<HTMLInputElement>(`#${this.#id}`);
    const code = input?.value.trim() ?? '';
    shop.late = undefined;
    const refused = code ? shop.apply({ type: 'apply_coupon', code }) : undefined;
    this.#fault = code ? refused && reasonText(refused) : text('coupon.empty');
    if (this.#fault) {
      alertUser(this.#fault);
      input?.focus();
    } else {
      sessionStorage.removeItem(draftKey);
      this.#open = false;
      if (input) input.value = '';
      this.querySelector<HTMLElement>('summary')?.focus();
      const total = moneyText(shop.view.totals.payableMinor, shop.currency);
      announce(`${text('coupon.applied', { code })}. ${text('totals.total')} ${total}`);
    }
    this.requestUpdate();
  };

  #remove(code: string): void {
    shop.apply({ type: 'remove_coupon', code });
    this.querySelector<HTMLElement>('summary')?.focus();
  }
}
