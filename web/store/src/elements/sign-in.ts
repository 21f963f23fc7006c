// SPDX-License-Identifier: Apache-2.0
// Signing in, in place: a link that opens a small form, what became of it, and who is signed in.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { signIn } from '../app/account.ts';
import { icon } from '../app/icons.ts';
import { rich, text } from '../app/language.ts';
import { reasonText } from '../app/reason-text.ts';

/// Waits for the next rendering, and focuses what it shows.
export function focusSoon(selector: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(selector)?.focus();
  });
}

/// In the checkout, beneath the email: the offer, the form, or who is here.
export function accountPart(): TemplateResult | typeof nothing {
  if (signIn.name !== undefined) return signedIn(ordersLink());
  if (!signIn.isOffered) return nothing;
  const why = signIn.isRequired ? html`<p class="hint">${requiredWords()}</p>` : nothing;
  if (signIn.step === 'closed') {
    return html`<div class="account">
      ${why}
      <button
        class="link small"
        type="button"
        data-sign-in
        @click=${() => {
          signIn.open();
          focusSoon('#sign-in-email');
        }}
      >
        ${text('account.offer')}
      </button>
    </div>`;
  }
  return html`<div class="account">${why} ${signInForm(close())}</div>`;
}

function requiredWords(): string {
  return reasonText({ reason: 'account_required', subject: '', limit: null });
}

function close(): TemplateResult | typeof nothing {
  if (signIn.isRequired) return nothing;
  return html`<button
    class="link small"
    type="button"
    @click=${() => {
      signIn.close();
      focusSoon('[data-sign-in]');
    }}
  >
    ${text('account.close')}
  </button>`;
}

/// The form by itself, with what stands beside its button.
export function signInForm(
  beside: TemplateResult | typeof nothing,
  { isPage = false } = {},
): TemplateResult {
  if (signIn.step === 'sent') return sent();
  const { fault } = signIn;
  const isSending = signIn.step === 'sending';
  return html`<form
    class="card stack"
    novalidate
    aria-labelledby="sign-in-title"
    @submit=${(event: Event) => {
      event.preventDefault();
      void signIn.ask().then(() => {
        focusSoon(signIn.step === 'sent' ? '#sign-in-sent' : '#sign-in-email');
      });
    }}
  >
    <div class="stack tight">
      ${
        isPage
          ? html`<h2 id="sign-in-title">${text('account.title')}</h2>`
          : html`<h3 id="sign-in-title">${text('account.title')}</h3>`
      }
      <p class="hint" id="sign-in-lead">${text('account.lead')}</p>
    </div>
    <div class="field">
      <label for="sign-in-email">${text('field.email')}</label>
      <input
        id="sign-in-email"
        class="input"
        type="email"
        dir="ltr"
        autocomplete="email"
        autocapitalize="off"
        spellcheck="false"
        aria-required="true"
        aria-invalid=${fault === undefined ? nothing : 'true'}
        aria-describedby=${fault === undefined ? 'sign-in-lead' : 'sign-in-fault'}
        .value=${live(signIn.email)}
        @input=${(event: Event) => {
          signIn.email = (event.target as HTMLInputElement).value;
        }}
      />
      ${
        fault === undefined
          ? nothing
          : html`<p class="fault" id="sign-in-fault">${icon('warn')}<span>${fault}</span></p>`
      }
    </div>
    <div class="row">
      <button class="button" type="submit">
        ${text(isSending ? 'account.sending' : 'account.send')}
      </button>
      ${beside}
    </div>
  </form>`;
}

function sent(): TemplateResult {
  return html`<div class="note" id="sign-in-sent" role="group" tabindex="-1">
    ${icon('check')}
    <div>
      <p>
        <strong>
          ${rich('account.sent', { email: html`<bdi class="code">${signIn.email.trim()}</bdi>` })}
        </strong>
      </p>
      <p>${text('account.sent_how')}</p>
      <button
        class="link small"
        type="button"
        @click=${() => {
          signIn.open();
          focusSoon('#sign-in-email');
        }}
      >
        ${text('account.again')}
      </button>
    </div>
  </div>`;
}

function ordersLink(): TemplateResult {
  return html`<a class="link" href="#/orders">${text('account.orders')}</a>`;
}

/// Who is signed in, and the way out.
export function signedIn(beside: TemplateResult | typeof nothing): TemplateResult {
  const name = signIn.name ?? '';
  return html`<div class="account">
    <p class="row small">
      <span>${rich('account.as', { email: html`<bdi class="code">${name}</bdi>` })}</span>
      ${beside}
      <button class="link" type="button" @click=${() => void signIn.signOut()}>
        ${text('account.out')}
      </button>
    </p>
    ${
      signIn.outFault === undefined
        ? nothing
        : html`<p class="fault">${icon('warn')}<span>${signIn.outFault}</span></p>`
    }
  </div>`;
}
