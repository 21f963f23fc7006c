// SPDX-License-Identifier: Apache-2.0
// Events of the order itself: frozen, confirmed, changed, taken back, what it holds of the stock,
// and whether a person has to look at it.
import type { Facts, OfferKind } from './documents.js';
import type { Quote } from './quote.js';
import type { RevisionTerms } from './staff-commands.js';
import type { PersonCause, SkipReason } from './view.js';

export interface LineTerms {
  readonly gift?: string | null;
  readonly invoice_policy: 'ordered' | 'delivered';
  readonly kind: OfferKind;
  readonly line: string;
  readonly quantity: number;
  readonly returnable: boolean;
  readonly ship_together?: string | null;
  readonly sku: string;
  readonly tracked: boolean;
}
/** What later decisions on a placed order read in place of offers and rules. */
export interface FrozenTerms {
  readonly facts: Facts;
  readonly lines: readonly LineTerms[];
  readonly return_days: number;
}
export interface RevisedCoupon {
  readonly code: string;
  readonly promotion: string;
}
export interface RevisedDemand {
  readonly demanded: number;
  readonly line: string;
  readonly reserved: number;
  readonly transfer: number;
}
export interface RevisedLine {
  readonly configuration?: string | null;
  readonly kind: OfferKind;
  readonly line: string;
  readonly quantity: number;
  readonly sku: string;
  readonly unit_price_minor: number;
}
/** `quantity` from what is there, `backordered` promised beyond it. */
export interface StockTaken {
  readonly backordered: number;
  readonly line: string;
  readonly location: string;
  readonly quantity: number;
  readonly sku: string;
}

/** The frozen quote; from here on nothing reads offers or rules. `facts`: digests of the offers. */
export interface OrderPlacedEvent {
  readonly type: 'order_placed';
  readonly facts: readonly string[];
  readonly quote: Quote;
  readonly rules: string;
  readonly terms: FrozenTerms;
}
/** Frozen as by order_placed; nothing is held. */
export interface QuotationSentEvent {
  readonly type: 'quotation_sent';
  readonly expires_ms?: number | null;
  readonly facts: readonly string[];
  readonly quote: Quote;
  readonly rules: string;
  readonly terms: FrozenTerms;
}
export interface OrderConfirmedEvent {
  readonly type: 'order_confirmed';
}
/** Editable again; what was held is free. */
export interface OrderReopenedEvent {
  readonly type: 'order_reopened';
  readonly cause:
    | 'payment_failed'
    | 'payment_canceled'
    | 'attempt_expired'
    | 'payment_voided'
    | 'edited'
    | 'staff'
    | 'stock_gone';
}
export interface OrderCanceledEvent {
  readonly type: 'order_canceled';
  readonly cause: 'customer' | 'staff' | 'expired' | 'merged';
}
export interface OrderLockedEvent {
  readonly type: 'order_locked';
}
export interface OrderUnlockedEvent {
  readonly type: 'order_unlocked';
}
/** `on` says by which terms it was priced. */
export interface OrderRevisedEvent {
  readonly type: 'order_revised';
  readonly coupons: readonly RevisedCoupon[];
  readonly demands: readonly RevisedDemand[];
  readonly facts: readonly string[];
  readonly lines: readonly RevisedLine[];
  readonly on: RevisionTerms;
  readonly quote: Quote;
  readonly rules: string;
  readonly shipping_method?: string | null;
  readonly terms: FrozenTerms;
}
export interface OrderAssignedEvent {
  readonly type: 'order_assigned';
  readonly salesperson?: string | null;
  readonly team?: string | null;
}
/** The text is a part beside the event. */
export interface NoteAddedEvent {
  readonly type: 'note_added';
}
/** Set aside until then, before it is paid. */
export interface StockHeldEvent {
  readonly type: 'stock_held';
  readonly expires_ms: number;
  readonly lines: readonly StockTaken[];
}
export interface HoldRenewedEvent {
  readonly type: 'hold_renewed';
  readonly expires_ms: number;
}
export interface HoldExpiredEvent {
  readonly type: 'hold_expired';
}
export interface HoldReleasedEvent {
  readonly type: 'hold_released';
}
/** `backordered` is promised beyond what is there. */
export interface StockReservedEvent {
  readonly type: 'stock_reserved';
  readonly lines: readonly StockTaken[];
  readonly transfer?: number | null;
}
export interface StockReleasedEvent {
  readonly type: 'stock_released';
  readonly lines: readonly StockTaken[];
  readonly transfer?: number | null;
}
export interface PersonNeededEvent {
  readonly type: 'person_needed';
  readonly reason: PersonCause;
}
/** The note is a part beside the event. */
export interface PersonResolvedEvent {
  readonly type: 'person_resolved';
}
export interface ReminderSentEvent {
  readonly type: 'reminder_sent';
}
/** Why no reminder goes. */
export interface ReminderSkippedEvent {
  readonly type: 'reminder_skipped';
  readonly reason: SkipReason;
}
/** Parts were deleted; the chain still verifies. */
export interface PersonalDataErasedEvent {
  readonly type: 'personal_data_erased';
  readonly parts: readonly string[];
}

/** Of the order as a whole. */
export type StatusEvent =
  | OrderPlacedEvent
  | QuotationSentEvent
  | OrderConfirmedEvent
  | OrderReopenedEvent
  | OrderCanceledEvent
  | OrderLockedEvent
  | OrderUnlockedEvent
  | OrderRevisedEvent
  | OrderAssignedEvent
  | NoteAddedEvent
  | StockHeldEvent
  | HoldRenewedEvent
  | HoldExpiredEvent
  | HoldReleasedEvent
  | StockReservedEvent
  | StockReleasedEvent
  | PersonNeededEvent
  | PersonResolvedEvent
  | ReminderSentEvent
  | ReminderSkippedEvent
  | PersonalDataErasedEvent;
