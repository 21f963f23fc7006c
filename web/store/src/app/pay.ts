// SPDX-License-Identifier: Apache-2.0
// Placing the order and starting its payment: one at a time, never twice, and with a plain answer
// for each way it can end.
import type { PlaceResult, Rejection } from 'tandem-checkout';
import { alertUser } from './announce.ts';
import { text } from './language.ts';
import { reasonText } from './reason-text.ts';
import { go } from './router.ts';
import { shop } from './shop.ts';

const redirectKey = 'shop-redirect';
const waitingKey = 'shop-unknown';

/// What changed between showing the total and placing the order.
export interface Changed {
  readonly rejection: Rejection;
  readonly oldTotal: number;
}

/// After these another attempt may have been paid; after all others nothing was.
const perhapsPaid = new Set(['payment_in_progress', 'already_placed', 'already_confirmed']);

function withoutCharge(rejection: Rejection): string {
  const sentence = reasonText(rejection);
  return perhapsPaid.has(rejection.reason)
    ? sentence
    : `${sentence} ${text('changed.not_charged')}`;
}

class Payment {
  busy = false;
  /// The browser is on its way to the provider's page.
  leaving = false;
  notice: string | undefined;
  changed: Changed | undefined;
  rejection: Rejection | undefined;

  /// Answers whether the order is placed. `pay` goes on with its payment at the address it is
  /// given; without it the browser goes there.
  async place(pay?: (payUrl: string) => void): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.notice = undefined;
    this.rejection = undefined;
    const oldTotal = shop.view.totals.payableMinor;
    addEventListener('beforeunload', askBeforeLeaving);
    shop.changed();
    let result: PlaceResult;
    try {
      result = await shop.checkout.place();
    } catch (cause) {
      console.error(cause);
      result = { status: 'unknown' };
    }
    removeEventListener('beforeunload', askBeforeLeaving);
    this.busy = false;
    this.#handle(result, oldTotal, pay);
    shop.changed();
    return result.status === 'placed';
  }

  #handle(result: PlaceResult, oldTotal: number, pay?: (payUrl: string) => void): void {
    switch (result.status) {
      case 'placed':
        this.changed = undefined;
        this.#go(result.payment?.redirectUrl ?? undefined, pay);
        break;
      case 'changed':
        this.changed = { rejection: result.rejection, oldTotal };
        break;
      case 'rejected':
        this.changed = undefined;
        this.rejection = result.rejection;
        this.#say(withoutCharge(result.rejection));
        break;
      case 'offline':
        this.#say(text('offline.pay'));
        break;
      case 'unknown':
        sessionStorage.setItem(waitingKey, shop.state.orderId);
        go('#/order');
    }
  }

  /// To the provider's page, or to the order when nothing has to be paid now.
  #go(redirectUrl: string | undefined, pay?: (payUrl: string) => void): void {
    sessionStorage.removeItem(waitingKey);
    if (redirectUrl === undefined) {
      sessionStorage.removeItem(redirectKey);
      go('#/order');
      return;
    }
    sessionStorage.setItem(redirectKey, JSON.stringify([shop.state.orderId, redirectUrl]));
    this.leaving = true;
    if (pay) pay(redirectUrl);
    else location.assign(redirectUrl);
  }

  /// The payment did not begin after all: the order's page says how to go on.
  stay(): void {
    this.leaving = false;
    go('#/order');
  }

  #say(sentence: string): void {
    this.notice = sentence;
    alertUser(sentence);
  }

  say(sentence: string): void {
    this.#say(sentence);
    shop.changed();
  }

  /// The checkout is opened anew: what was said about an earlier try is over.
  forget(): void {
    this.notice = undefined;
    this.rejection = undefined;
  }

  dismiss(): void {
    this.changed = undefined;
    shop.changed();
  }

  /// The provider's page of this order's payment, if the customer left it unfinished.
  get redirectUrl(): string | undefined {
    const told = shop.checkout.payment?.redirectUrl;
    if (told) return told;
    const kept = sessionStorage.getItem(redirectKey);
    if (!kept) return undefined;
    const [order, url] = JSON.parse(kept) as [string, string];
    return order === shop.state.orderId ? url : undefined;
  }

  /// Whether the answer to placing was lost, so that nobody knows yet if the order arrived.
  get isUnknown(): boolean {
    return sessionStorage.getItem(waitingKey) === shop.state.orderId;
  }

  resolved(): void {
    sessionStorage.removeItem(waitingKey);
    sessionStorage.removeItem(redirectKey);
  }
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

export const payment = new Payment();
