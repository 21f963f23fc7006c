// SPDX-License-Identifier: Apache-2.0
// The demo provider's wallet: it behaves as a real one does. Its sheet first tells where the goods
// would go, without names and streets, and everything else only when the customer pays. No money
// moves.
import { html, nothing, render, type TemplateResult } from 'lit';
import { moneyText, rich, text } from '../app/language.ts';
import type { MountWallet, WalletCustomer, WalletOffer, WalletSheet } from './wallet.ts';

/// Whom this wallet belongs to, and the addresses in it.
const email = 'wallet@example.com';
const addresses: readonly WalletCustomer['address'][] = [
  { name: 'Vera Blum', line1: 'Lindenstr. 4', postcode: '10969', city: 'Berlin', country: 'DE' },
  { name: 'Vera Blum', line1: 'Kirchengasse 9', postcode: '1070', city: 'Wien', country: 'AT' },
  { name: 'Vera Blum', line1: 'Storgata 2', postcode: '0155', city: 'Oslo', country: 'NO' },
];

type Outcome = 'captured' | 'declined';

class Sheet {
  readonly #sheet: WalletSheet;
  readonly #host: HTMLElement;
  #address = 0;
  #method: string | undefined;
  #offer: WalletOffer | undefined;

  constructor(host: HTMLElement, sheet: WalletSheet) {
    this.#host = host;
    this.#sheet = sheet;
    this.#draw();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.querySelector('dialog');
  }

  #draw(): void {
    render(
      html`<button class="wallet-button" type="button" @click=${this.#open}>
          ${text('wallet.demo')}
        </button>
        <dialog
          class="dialog stack"
          id="wallet-sheet"
          aria-labelledby="wallet-title"
          @cancel=${this.#cancel}
        >
          <h2 id="wallet-title" tabindex="-1">${text('wallet.demo')}</h2>
          <p class="muted small">${text('wallet.demo_note')}</p>
          ${this.#addressChoice()} ${this.#deliveryChoice()} ${this.#rows()}
          <div class="actions">
            <button class="button" type="button" @click=${this.#cancel}>
              ${text('wallet.cancel')}
            </button>
            ${this.#endings()}
          </div>
        </dialog>`,
      this.#host,
    );
  }

  #amount(minor: number): TemplateResult {
    return html`<bdi class="amount">${moneyText(minor, this.#sheet.currency)}</bdi>`;
  }

  #addressChoice(): TemplateResult {
    return html`<fieldset>
      <legend class="group-label">${text('wallet.address')}</legend>
      <div class="choices">
        ${addresses.map(
          ({ line1, city }, index) =>
            html`<label class="choice">
              <input
                type="radio"
                name="wallet-address"
                value=${index}
                .checked=${index === this.#address}
                @change=${() => {
                  this.#shipTo(index);
                }}
              />
              <span><bdi>${line1}, ${city}</bdi></span>
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #deliveryChoice(): TemplateResult | typeof nothing {
    if (!this.#offer) return html`<p class="note warning">${text('wallet.unserved')}</p>`;
    const { deliveries } = this.#offer;
    if (deliveries.length === 0) return nothing;
    return html`<fieldset>
      <legend class="group-label">${text('checkout.methods')}</legend>
      <div class="choices">
        ${deliveries.map(
          ({ method, label, amountMinor }) =>
            html`<label class="choice">
              <input
                type="radio"
                name="wallet-delivery"
                value=${method}
                .checked=${method === this.#method}
                @change=${() => {
                  this.#method = method;
                  this.#offer = this.#sheet.deliver(method);
                  this.#draw();
                }}
              />
              <span>${label}</span>
              <span>${this.#amount(amountMinor)}</span>
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #rows(): TemplateResult | typeof nothing {
    if (!this.#offer) return nothing;
    return html`<dl class="totals">
      ${this.#offer.rows.map(
        ({ label, amountMinor }) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${this.#amount(amountMinor)}</dd>
          </div>`,
      )}
      <div class="total">
        <dt>${text('totals.total')}</dt>
        <dd>${this.#amount(this.#offer.payableMinor)}</dd>
      </div>
    </dl>`;
  }

  #endings(): TemplateResult | typeof nothing {
    if (!this.#offer) return nothing;
    const end = (outcome: Outcome) => (): void => void this.#confirm(outcome);
    return html`<button class="button" type="button" @click=${end('declined')}>
        ${text('wallet.decline')}
      </button>
      <button class="button primary" type="button" @click=${end('captured')}>
        ${rich('pay.button', { amount: this.#amount(this.#offer.payableMinor) })}
      </button>`;
  }

  readonly #open = (): void => {
    if (!this.#sheet.open()) return;
    this.#shipTo(this.#address);
    this.#dialog?.showModal();
    this.#host.querySelector<HTMLElement>('#wallet-title')?.focus();
  };

  #shipTo(index: number): void {
    this.#address = index;
    const address = addresses[index];
    if (!address) return;
    const { city = null, postcode = null, country } = address;
    this.#offer = this.#sheet.ship({ city, postcode, country });
    this.#method = this.#offer?.deliveries[0]?.method;
    this.#draw();
  }

  readonly #cancel = (): void => {
    this.#dialog?.close();
    this.#sheet.leave();
  };

  async #confirm(outcome: Outcome): Promise<void> {
    const address = addresses[this.#address];
    if (!this.#offer || !address) return;
    this.#dialog?.close();
    const placed = await this.#sheet.place({ email, address }, this.#offer.payableMinor);
    if (placed.status === 'placed' && placed.payUrl !== undefined) end(placed.payUrl, outcome);
  }
}

/// As the buttons of the demo provider's page do.
function end(payUrl: string, outcome: Outcome): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = payUrl;
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'outcome';
  field.value = outcome;
  form.append(field);
  document.body.append(form);
  form.submit();
}

export const mount: MountWallet = (host, sheet) => {
  new Sheet(host, sheet);
  return Promise.resolve({
    unmount: () => {
      render(nothing, host);
    },
  });
};
