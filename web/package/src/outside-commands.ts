// SPDX-License-Identifier: Apache-2.0
// What providers tell and what the scheduler does. No request can send these; scripts can.

/** What every fact of a provider may have besides. */
interface Told {
  /** Facts are ordered by this, not by when they arrive. */
  readonly occurredMs?: number | null;
  /** The provider's own id of what it tells: a second time it changes nothing. */
  readonly reference?: string | null;
}

export interface PaymentPending extends Told {
  readonly type: 'payment_pending';
  readonly attempt: number;
}
export interface PaymentAuthorized extends Told {
  readonly type: 'payment_authorized';
  readonly amountMinor: number;
  readonly attempt: number;
}
export interface PaymentCaptured extends Told {
  readonly type: 'payment_captured';
  readonly amountMinor: number;
  readonly attempt: number;
}
export interface PaymentFailed extends Told {
  readonly type: 'payment_failed';
  readonly attempt: number;
  readonly reason?: string | null;
}
export interface PaymentCanceled extends Told {
  readonly type: 'payment_canceled';
  readonly attempt: number;
}
export interface PaymentVoided extends Told {
  readonly type: 'payment_voided';
  readonly attempt: number;
}
export interface CaptureFailed extends Told {
  readonly type: 'capture_failed';
  readonly attempt: number;
  readonly reason?: string | null;
}
export interface VoidFailed extends Told {
  readonly type: 'void_failed';
  readonly attempt: number;
  readonly reason?: string | null;
}
export interface RefundSucceeded extends Told {
  readonly type: 'refund_succeeded';
  readonly refund: number;
}
export interface RefundFailed extends Told {
  readonly type: 'refund_failed';
  readonly reason?: string | null;
  readonly refund: number;
}
export interface PaymentChargedBack extends Told {
  readonly type: 'payment_charged_back';
  readonly amountMinor: number;
  readonly attempt: number;
}

/** Who has signed in. */
export interface AttachCustomer {
  readonly type: 'attach_customer';
  readonly customer: string;
}
export interface ExpireHold {
  readonly type: 'expire_hold';
}
export interface ExpireAttempt {
  readonly type: 'expire_attempt';
  readonly attempt: number;
}
/** Ends an order that was not paid, or a quotation that was not taken up, in time. */
export interface ExpireOrder {
  readonly type: 'expire_order';
}
/** check_availability, sent by the stock that has become free. */
export interface ServeDelivery {
  readonly type: 'serve_delivery';
  readonly transfer: number;
}
/** Less is on hand than was reserved: the order gives up so many units. */
export interface LoseStock {
  readonly type: 'lose_stock';
  /** Default `main`. */
  readonly location?: string;
  readonly quantity: number;
  readonly sku: string;
}
/** The cart went into another one of its customer. */
export interface RetireCart {
  readonly type: 'retire_cart';
}
/** Judges whether a cart that was left gets a reminder. */
export interface SendReminder {
  readonly type: 'send_reminder';
}

export type ProviderCommand =
  | PaymentPending
  | PaymentAuthorized
  | PaymentCaptured
  | PaymentFailed
  | PaymentCanceled
  | PaymentVoided
  | CaptureFailed
  | VoidFailed
  | RefundSucceeded
  | RefundFailed
  | PaymentChargedBack;

export type SystemCommand =
  | AttachCustomer
  | ExpireHold
  | ExpireAttempt
  | ExpireOrder
  | ServeDelivery
  | LoseStock
  | RetireCart
  | SendReminder;

export type OutsideCommand = ProviderCommand | SystemCommand;
