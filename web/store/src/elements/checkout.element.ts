// SPDX-License-Identifier: Apache-2.0
// The checkout: one page, three sections, the review, the button. Faults are gathered on Pay into
// a box that takes focus; a declined payment comes back here with everything as it was.
import { html, nothing, type TemplateResult } from 'lit';
import { signIn } from '../app/account.ts';
import { alertUser, announce } from '../app/announce.ts';
import { applyAddress, applyAll, applyBilling, applyContact } from '../app/apply-form.ts';
import { knownSku } from '../app/catalog.ts';
import { form, type FieldId } from '../app/checkout-form.ts';
import { icon } from '../app/icons.ts';
import { digits, money, moneyText, rich, text } from '../app/language.ts';
import { payment } from '../app/pay.ts';
import { reasonText } from '../app/reason-text.ts';
import { go } from '../app/router.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';
import { changedDialog } from './changed-dialog.ts';
import {
  contactSection,
  type ContactEvents,
  deliverySection,
  isAddressComplete,
  paymentSection,
} from './checkout-sections.ts';
import { faultText } from './fields.ts';
import { priceNote } from './price-note.ts';
import { review } from './review.ts';

interface Entry {
  readonly target: string;
  readonly words: string;
}

const wide = matchMedia('(min-width: 60rem)');

export class ShopCheckout extends ShopElement {
  #entries: Entry[] = [];
  #canReturn = false;
  readonly #events: ContactEvents = {
    complete: () => this.#complete(),
    typed: (id, value) => {
      this.#typed(id, value);
    },
    left: (id) => {
      this.#left(id);
    },
  };
  readonly #rerender = (): void => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    wide.addEventListener('change', this.#rerender);
    payment.forget();
    if (shop.view.axes.order === 'quotation') shop.chooseDefaults();
    void signIn.fill();
  }

  override disconnectedCallback(): void {
    wide.removeEventListener('change', this.#rerender);
    super.disconnectedCallback();
  }

  protected override willUpdate(): void {
    // A placed order has its own page: it says how to go on paying and how to change it.
    if (shop.view.axes.order === 'quotation_sent' && !payment.busy && !payment.leaving)
      go('#/order');
  }

  protected override firstUpdated(): void {
    const declined = this.querySelector<HTMLElement>('#declined');
    if (!declined || payment.redirectUrl === undefined) return;
    payment.resolved();
    alertUser(declined.textContent.trim().replace(/\s+/g, ' '));
    declined.focus();
  }

  protected override render(): TemplateResult {
    if (shop.cartLines.length === 0) {
      return html`<div class="empty">
        <h1 tabindex="-1">${text('cart.empty')}</h1>
        <a class="button" href="#/">${text('cart.continue')}</a>
      </div>`;
    }
    return html`<div class="columns">
        <div class="checkout-form">
          ${wide.matches ? nothing : this.#summaryBar()}
          <div class="stack tight">
            <h1 tabindex="-1">${text('checkout.title')}</h1>
            <p class="muted small">${text('checkout.required')}</p>
          </div>
          ${this.#declined()} ${this.#faultBox()} ${contactSection(this.#events)}
          ${deliverySection(this.#events)}
          ${paymentSection(this.#events, () => {
            this.#billingSwitched();
          })}
          ${
            this.#canReturn
              ? html`<div>
                  <button class="link" type="button" @click=${this.#backToReview}>
                    ${text('checkout.back_to_review')}
                  </button>
                </div>`
              : nothing
          }
          ${review({ change: this.#change, pay: () => void this.#pay() })}
        </div>
        ${wide.matches ? this.#aside() : nothing}
      </div>
      ${changedDialog(() => void this.#payAgain())}`;
  }

  #aside(): TemplateResult {
    return html`<aside class="card stack" aria-labelledby="summary-title">
      <div class="spread">
        <h2 id="summary-title">${text('checkout.summary')}</h2>
        <a class="link small" href="#/cart">${text('checkout.edit_cart')}</a>
      </div>
      ${this.#summary()}
    </aside>`;
  }

  #summaryBar(): TemplateResult {
    return html`<details class="summary-bar">
      <summary>
        <span class="link">${text('checkout.show_summary')}</span>
        ${money(shop.view.totals.payableMinor, shop.currency)}
      </summary>
      <div class="stack">
        ${this.#summary()}
        <a class="link small" href="#/cart">${text('checkout.edit_cart')}</a>
      </div>
    </details>`;
  }

  #summary(): TemplateResult {
    return html`<ul>
        ${shop.view.lines.map((line) => {
          const known = knownSku(line.sku);
          const note = priceNote(line.lineId);
          return html`<li class="mini">
            <div class="thumb">
              ${
                known?.image
                  ? html`<img src=${known.image} alt="" width="52" height="52" />`
                  : nothing
              }
            </div>
            <div>
              <span dir="auto">${shop.nameOf(line.sku)}</span>
              <span class="times">× ${digits(line.quantity)}</span>
              ${
                shop.variantOf(line.sku)
                  ? html`<br /><bdi class="muted small">${shop.variantOf(line.sku)}</bdi>`
                  : nothing
              }
              ${note ? html`<p class="fault">${icon('warn')}<span>${note}</span></p>` : nothing}
            </div>
            ${money(line.subtotalMinor, shop.currency)}
          </li>`;
        })}
      </ul>
      <shop-coupon></shop-coupon>
      <shop-totals></shop-totals>
      ${
        isAddressComplete()
          ? nothing
          : html`<p class="muted small">${text('checkout.not_final')}</p>`
      }`;
  }

  /// The last payment did not go through: said at the top, everything else is as it was.
  #declined(): TemplateResult | typeof nothing {
    const last = shop.view.payments.at(-1);
    if (last?.state !== 'failed' && last?.state !== 'canceled') return nothing;
    const key =
      last.state === 'failed'
        ? 'declined.card'
        : last.reason === 'attempt_expired'
          ? 'declined.expired'
          : 'declined.canceled';
    return html`<div class="note danger" id="declined" tabindex="-1" data-takes-focus>
      ${icon('warn')}
      <div>
        <strong>${text('declined.title')}</strong>
        <p>${text(key)}</p>
      </div>
    </div>`;
  }

  #faultBox(): TemplateResult | typeof nothing {
    if (this.#entries.length === 0) return nothing;
    return html`<div class="fault-summary" role="group" aria-labelledby="fault-title" tabindex="-1">
      <h2 id="fault-title">${rich('faults.title', { n: this.#entries.length })}</h2>
      <ul>
        ${this.#entries.map(
          (entry) =>
            html`<li>
              <a
                href="#${entry.target}"
                @click=${(event: Event) => {
                  event.preventDefault();
                  this.#focus(entry.target);
                }}
                >${entry.words}</a
              >
            </li>`,
        )}
      </ul>
    </div>`;
  }

  #typed(id: FieldId, value: string): void {
    form.type(id, value);
    if (id === 'ship-country') {
      form.type('ship-region', '');
      applyAddress('ship');
    }
    if (this.#entries.length > 0) this.#gather();
    shop.changed();
  }

  #left(id: FieldId): void {
    form.leave(id);
    if (id === 'email' || id === 'ship-name' || id === 'ship-phone') applyContact();
    if (id.startsWith('ship-')) applyAddress('ship');
    if (id.startsWith('bill-')) applyAddress('bill');
    shop.changed();
  }

  #billingSwitched(): void {
    applyBilling();
    shop.changed();
  }

  readonly #change = (target: string): void => {
    this.#canReturn = true;
    this.requestUpdate();
    this.#focus(target);
  };

  readonly #backToReview = async (): Promise<void> => {
    this.#canReturn = false;
    this.requestUpdate();
    await this.updateComplete;
    this.#focus('review-title');
  };

  #focus(target: string): void {
    const group = this.querySelector<HTMLElement>(`[name='${target}']:checked`);
    const choices = this.querySelector<HTMLElement>(`#${target}-choices`);
    const field = this.querySelector<HTMLElement>(`#${target}`);
    const found = field ?? group ?? choices;
    found?.focus();
    found?.scrollIntoView({ block: 'center' });
  }

  /// What is missing in the fields, in reading order.
  #gather(): void {
    this.#entries = form
      .faults()
      .map(({ id, fault }) => ({ target: id, words: faultText(id, fault) }));
  }

  /// On Pay, with all fields right, what else keeps the order from being placed.
  #gatherAll(): void {
    this.#gather();
    const refused = shop.state.place.rejection;
    if (this.#entries.length === 0 && refused) this.#entries.push(this.#entryFor(refused));
  }

  /// Where the customer mends it. The form to sign in opens for that.
  #entryFor(refused: NonNullable<typeof shop.state.place.rejection>): Entry {
    const words = reasonText(refused);
    if (refused.reason === 'account_required') signIn.open();
    const about: Record<string, string> = {
      account_required: 'sign-in-email',
      contact_missing: 'email',
      shipping_not_chosen: 'shipping-choices',
      shipping_unavailable: 'shipping-choices',
      payment_not_chosen: 'payment-choices',
      payment_method_unavailable: 'payment-choices',
      address_incomplete: `ship-${refused.subject === 'ship_to' ? 'country' : refused.subject}`,
    };
    return { target: about[refused.reason] ?? 'summary-title', words };
  }

  readonly #pay = async (): Promise<void> => {
    if (payment.busy) return;
    if (shop.connection === 'offline') {
      payment.say(text('offline.pay'));
      return;
    }
    if ((await this.#complete()) !== undefined) return;
    await payment.place();
    this.#afterPlacing();
  };

  /// Hands all that is filled in to the core. Answers what still keeps the order from being placed;
  /// the box that says it has the focus.
  async #complete(): Promise<string | undefined> {
    form.showAll();
    if (form.faults().length === 0) applyAll();
    this.#gatherAll();
    const [first] = this.#entries;
    if (first === undefined) {
      form.hideFaults();
      return undefined;
    }
    shop.changed();
    await this.updateComplete;
    this.querySelector<HTMLElement>('.fault-summary')?.focus();
    return first.words;
  }

  readonly #payAgain = async (): Promise<void> => {
    await payment.place();
    this.#afterPlacing();
  };

  #afterPlacing(): void {
    if (payment.changed) {
      const total = moneyText(shop.view.totals.payableMinor, shop.currency);
      announce(`${text('changed.title')}. ${text('changed.total')} ${total}`);
    } else if (payment.rejection) {
      this.querySelector<HTMLElement>('#pay')?.focus();
    }
  }
}
