// SPDX-License-Identifier: Apache-2.0
// Refusals are values. What is thrown is misuse, or a shop that cannot be reached at all.
import type { Reason } from './generated/reasons.js';

/** A named fact that differs from what was shown. */
export interface Change {
  readonly code: ChangeCode;
  /** The line, code, tax or method it is about. */
  readonly subject: string;
  /** Minor units, or a quantity for `stock_clamped`. */
  readonly was: number | null;
  readonly now: number | null;
}

export type ChangeCode =
  | 'price_changed'
  | 'stock_clamped'
  | 'promotion_ended'
  | 'promotion_changed'
  | 'coupon_dropped'
  | 'tax_updated'
  | 'shipping_changed'
  | 'shipping_unavailable'
  | 'payment_method_unavailable'
  | 'offer_unavailable'
  | 'gift_card_changed'
  | 'terms_changed'
  | 'core_outdated';

/** One more fault of the same kind: every short line, every missing field. */
export interface Fault {
  readonly subject: string;
  readonly limit: number | null;
}

/** Why something was refused: the broken rule, what it is about, and the limit that was met. */
export interface Rejection {
  readonly reason: Reason;
  readonly subject: string;
  readonly limit: number | null;
  readonly also: readonly Fault[];
  readonly changes: readonly Change[];
}

/** An answer, or the refusal in its place. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly rejection: Rejection };

/** One row of the list of reasons. */
export interface ReasonInfo {
  readonly reason: Reason;
  /** The HTTP status a server answers with. */
  readonly status: number;
  /** Whether the same request may succeed later without being changed. */
  readonly retry: boolean;
  readonly sentence: string;
}

/** What a receipt proves: what the order was placed for, under its own rules. */
export interface ReceiptProof {
  readonly currency: string;
  readonly quoteDigest: string;
  readonly totalMinor: number;
  /** How many events the receipt holds. */
  readonly version: number;
}
