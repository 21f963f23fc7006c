// SPDX-License-Identifier: Apache-2.0
// The customer's account on this page: the form that asks for a mailed link, what is said when
// somebody has signed in or out, and the fields that the account can fill.
import type { Settled } from 'tandem-checkout';
import { emailFault } from '../address/faults.ts';
import { addressBook } from './address-book.ts';
import { alertUser, announce } from './announce.ts';
import { applyAddress, applyContact } from './apply-form.ts';
import { form } from './checkout-form.ts';
import { language, text } from './language.ts';
import { reasonText } from './reason-text.ts';
import { go } from './router.ts';
import { shop } from './shop.ts';

const linkPath = '/v1/session/link/';
const minuteMs = 60_000;

type Step = 'closed' | 'open' | 'sending' | 'sent';

/// Why the server could not join the carts while it used the mail's link, once: the link leads here
/// with the reason in the address.
function takeRefusedByLink(): Parameters<typeof reasonText>[0] | undefined {
  const address = new URL(location.href);
  const reason = address.searchParams.get('cart_refused');
  if (reason === null) return undefined;
  address.searchParams.delete('cart_refused');
  history.replaceState(history.state, '', address);
  return { reason, subject: '', limit: null };
}

class SignIn {
  step: Step = 'closed';
  email = '';
  fault: string | undefined;
  /// What is told at the top of the page, until the customer goes on to another view.
  notice: { readonly words: string; readonly hash: string } | undefined;
  /// Why signing out did not work.
  outFault: string | undefined;
  /// The canceled order for which it was asked whether there is another cart.
  #asked: string | undefined;

  /// Whether the shop has accounts.
  get isOn(): boolean {
    return shop.rules.policies?.account !== 'guest';
  }

  get isOffered(): boolean {
    return this.isOn && shop.cart.account.state.status === 'guest';
  }

  /// Whether nobody can order here without signing in.
  get isRequired(): boolean {
    return shop.rules.policies?.account === 'required';
  }

  /// Who is signed in, by a name that the customer knows.
  get name(): string | undefined {
    const { customer } = shop.cart.account.state;
    return customer ? (customer.email ?? customer.name ?? customer.id) : undefined;
  }

  open(): void {
    if (this.step !== 'closed' && this.step !== 'sent') return;
    if (this.email === '') this.email = form.value('email').trim();
    this.step = 'open';
    this.fault = undefined;
    shop.changed();
  }

  close(): void {
    this.step = 'closed';
    this.fault = undefined;
    shop.changed();
  }

  async ask(): Promise<void> {
    if (this.step === 'sending') return;
    const email = this.email.trim();
    const wrong = emailFault(email);
    if (wrong) {
      const isMissing = wrong.key === 'fault.email_missing';
      this.#refuse(text(isMissing ? 'account.email_missing' : wrong.key));
      return;
    }
    this.step = 'sending';
    this.fault = undefined;
    shop.changed();
    const answer = await shop.cart.account.askForLink(email, language());
    if (answer.status === 'offline') this.#refuse(text('account.offline'));
    else if (answer.status === 'rejected') this.#refuse(this.#why(answer));
    else {
      this.step = 'sent';
      announce(`${text('account.sent', { email })} ${text('account.sent_how')}`);
      shop.changed();
    }
  }

  #why(answer: {
    readonly rejection: Parameters<typeof reasonText>[0];
    readonly retryAfterMs: number | null;
  }): string {
    const { rejection, retryAfterMs } = answer;
    if (rejection.reason === 'value_unknown') return text('fault.email_form');
    if (rejection.reason !== 'rate_limited' || retryAfterMs === null) return reasonText(rejection);
    return text('account.wait', { n: Math.max(1, Math.ceil(retryAfterMs / minuteMs)) });
  }

  #refuse(words: string): void {
    this.step = 'open';
    this.fault = words;
    alertUser(words);
    shop.changed();
  }

  /// Looks who is here, once the cart can be computed; and listens for other tabs.
  async begin(): Promise<void> {
    if (!this.isOn) return;
    let isAsking = true;
    let before = shop.cart.account.state.customer?.id;
    shop.cart.addEventListener('account', ({ detail }) => {
      if (detail.customer?.id === before) return;
      before = detail.customer?.id;
      addressBook.forget();
      if (!detail.customer) return;
      this.#arrived();
      // In another tab, perhaps by the mail's link, which leads to a new one.
      if (!isAsking) this.#tell(text('account.welcome', { email: this.name ?? '' }));
    });
    shop.cart.subscribe(() => {
      this.#followMerged();
    });
    const answer = await shop.cart.account.refresh();
    isAsking = false;
    if (answer.status === 'done' && answer.value) this.#welcome(answer.value);
  }

  /// Another device has taken this cart up while the page was open.
  #followMerged(): void {
    const { orderId, view } = shop.cart.state;
    const isTaken = view.axes.order === 'canceled' && view.payments.length === 0;
    if (!isTaken || this.name === undefined || this.#asked === orderId) return;
    this.#asked = orderId;
    void shop.cart.account.refresh();
  }

  #arrived(): void {
    this.step = 'closed';
    this.outFault = undefined;
    void this.fill();
  }

  /// Back from the mail's page: on to the checkout if there is something to pay for.
  #welcome({ cartChanged, refused: refusedHere }: Settled): void {
    const refused = takeRefusedByLink() ?? refusedHere;
    const isBack = document.referrer.startsWith(location.origin + linkPath);
    const isHome = ['', '#', '#/'].includes(location.hash);
    if (isBack && isHome && shop.cartLines.length > 0) go('#/checkout');
    const reason = refused ? reasonText(refused) : '';
    const words = [
      ...(isBack ? [text('account.welcome', { email: this.name ?? '' })] : []),
      ...(cartChanged && isBack ? [text('account.cart_joined')] : []),
      ...(refused ? [text('account.cart_refused', { reason })] : []),
    ];
    if (words.length > 0) this.#tell(words.join(' '));
  }

  #tell(words: string): void {
    this.notice = { words, hash: location.hash };
    announce(words);
    shop.changed();
  }

  async signOut(): Promise<void> {
    const answer = await shop.cart.account.signOut();
    if (answer.status !== 'done') {
      this.outFault =
        answer.status === 'offline' ? text('account.out_failed') : reasonText(answer.rejection);
      alertUser(this.outFault);
      shop.changed();
      return;
    }
    this.email = '';
    form.clear();
    this.#tell(text('account.out_done'));
  }

  /// Fills what is empty in the checkout's fields from the account; what was typed stays.
  async fill(): Promise<void> {
    const { customer } = shop.cart.account.state;
    const isOpen = shop.cart.state.view.axes.order === 'quotation' && shop.cartLines.length > 0;
    if (!customer || !isOpen) return;
    await addressBook.read();
    if (!addressBook.entries) return;
    const address = addressBook.first;
    if (address && form.isUntouched('ship')) form.fillAddress('ship', address);
    if (customer.email !== null) form.fill('email', customer.email);
    if (customer.name !== null) form.fill('ship-name', customer.name);
    applyContact();
    applyAddress('ship');
    shop.changed();
  }
}

export const signIn = new SignIn();
