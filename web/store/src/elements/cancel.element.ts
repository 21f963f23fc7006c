// SPDX-License-Identifier: Apache-2.0
// Canceling a placed order. Whether it may be canceled, the core says; here it is offered or the
// refusal is told, and before it happens the customer is asked once.
import { html, nothing, type TemplateResult } from 'lit';
import type { Rejection } from 'tandem-checkout';
import { alertUser } from '../app/announce.ts';
import { icon } from '../app/icons.ts';
import { money, rich, text } from '../app/language.ts';
import { reasonText } from '../app/reason-text.ts';
import { ShopElement } from '../app/shop-element.ts';
import { shop } from '../app/shop.ts';

const command = { type: 'cancel_order' } as const;

/// What the core answered, for the state that it was asked about.
let asked: { readonly state: object; readonly refusal: Rejection | null } | undefined;

function refusal(): Rejection | null {
  const { state } = shop;
  if (asked?.state !== state) asked = { state, refusal: shop.checkout.refusalOf(command) };
  return asked.refusal;
}

export class ShopCancel extends ShopElement {
  #busy = false;
  #fault: string | undefined;

  protected override render(): TemplateResult | typeof nothing {
    if (shop.view.axes.order === 'canceled') return nothing;
    const refused = refusal();
    if (refused) {
      const reason = reasonText(refused);
      return html`<p class="muted small">${text('order.cancel_impossible', { reason })}</p>`;
    }
    return html`<button
        class="link"
        type="button"
        aria-disabled=${this.#busy ? 'true' : nothing}
        @click=${this.#ask}
      >
        ${text(this.#busy ? 'order.cancel_busy' : 'order.cancel')}
      </button>
      ${
        this.#fault
          ? html`<p class="fault">${icon('warn')}<span>${this.#fault}</span></p>`
          : nothing
      }
      ${this.#question()}`;
  }

  #question(): TemplateResult {
    const number = html`<bdi class="code">${shop.number}</bdi>`;
    return html`<dialog class="dialog stack" id="cancel-dialog" aria-labelledby="cancel-title">
      <h2 id="cancel-title" tabindex="-1">${rich('order.cancel_ask', { number })}</h2>
      <p>${this.#consequence()}</p>
      <div class="actions">
        <button class="button" type="button" @click=${this.#keep}>
          ${text('order.cancel_keep')}
        </button>
        <button class="button primary" type="button" @click=${this.#cancel}>
          ${text('order.cancel')}
        </button>
      </div>
    </dialog>`;
  }

  /// What it means for the money, as far as that is known.
  #consequence(): unknown {
    const { axes, money: amounts } = shop.view;
    if (amounts.capturedMinor > 0) {
      return rich('order.cancel_note_paid', {
        amount: money(amounts.capturedMinor, shop.currency),
      });
    }
    return text(axes.payment === 'pending' ? 'order.cancel_note_pending' : 'order.cancel_note');
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector<HTMLDialogElement>('#cancel-dialog');
  }

  readonly #ask = (): void => {
    if (this.#busy) return;
    this.#dialog?.showModal();
    this.querySelector<HTMLElement>('#cancel-title')?.focus();
  };

  readonly #keep = (): void => {
    this.#dialog?.close();
  };

  readonly #cancel = async (): Promise<void> => {
    this.#dialog?.close();
    this.#busy = true;
    this.#fault = undefined;
    this.requestUpdate();
    const result = await shop.checkout.cancelOrder();
    this.#busy = false;
    if (result.status === 'rejected') this.#say(reasonText(result.rejection));
    if (result.status === 'offline') this.#say(text('order.cancel_offline'));
    if (result.status === 'unknown') this.#say(text('order.cancel_unknown'));
    shop.changed();
    if (result.status !== 'accepted') return;
    await this.updateComplete;
    document.querySelector<HTMLElement>('main h1')?.focus();
  };

  #say(sentence: string): void {
    this.#fault = sentence;
    alertUser(sentence);
  }
}
