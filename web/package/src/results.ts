// SPDX-License-Identifier: Apache-2.0
// What a checkout's methods answer. Refusals are values here too.
import type { Rejection } from './outcome.js';
import type { CheckoutState } from './state.js';

export type ApplyResult =
  | { readonly ok: true; readonly state: CheckoutState }
  | { readonly ok: false; readonly rejection: Rejection };

/** Where the customer goes on to pay. */
export interface PaymentStep {
  readonly attempt: number;
  readonly redirectUrl: string | null;
}

/** @internal As the server tells it. */
export function paymentStep(
  told: { readonly attempt: number; readonly redirect_url?: string | null } | null | undefined,
): PaymentStep | null {
  return told ? { attempt: told.attempt, redirectUrl: told.redirect_url ?? null } : null;
}

export type PlaceResult =
  | {
      readonly status: 'placed';
      readonly state: CheckoutState;
      readonly payment: PaymentStep | null;
    }
  /** Something is no longer what was shown: `rejection.changes` names it, `state` shows it now. */
  | { readonly status: 'changed'; readonly rejection: Rejection; readonly state: CheckoutState }
  | { readonly status: 'rejected'; readonly rejection: Rejection }
  | { readonly status: 'offline' }
  /** The answer was lost. Calling `place` again asks the same question, never a second one. */
  | { readonly status: 'unknown' };

/** What became of a request that needs the server's answer. */
export type RequestResult =
  | {
      readonly status: 'accepted';
      readonly state: CheckoutState;
      /** Where to go on to pay, if there is something to pay. */
      readonly payment: PaymentStep | null;
    }
  | { readonly status: 'rejected'; readonly rejection: Rejection }
  | { readonly status: 'offline' }
  /** The answer was lost. Calling it again asks the same question, never a second one. */
  | { readonly status: 'unknown' };
