// SPDX-License-Identifier: Apache-2.0
// Events of a cart. Events are documents: they keep the wire's spelling. Personal data are parts
// beside an event and are not in it.
import type { OfferKind } from './documents.js';

export interface SavedUnits {
  readonly configuration?: string | null;
  readonly quantity: number;
  readonly sku: string;
}

export interface OrderCreatedEvent {
  readonly type: 'order_created';
  readonly channel: string;
  readonly currency: string;
  readonly customer?: string | null;
  readonly salesperson?: string | null;
  readonly team?: string | null;
}
export interface LineAddedEvent {
  readonly type: 'line_added';
  readonly configuration?: string | null;
  readonly kind: OfferKind;
  readonly line: string;
  readonly quantity: number;
  readonly sku: string;
  readonly unit_price_minor: number;
}
export interface QuantitySetEvent {
  readonly type: 'quantity_set';
  readonly line: string;
  readonly quantity: number;
  readonly unit_price_minor: number;
}
export interface LineRemovedEvent {
  readonly type: 'line_removed';
  readonly line: string;
}
/** Less is there than was asked for. */
export interface StockClampedEvent {
  readonly type: 'stock_clamped';
  readonly asked: number;
  readonly line: string;
  readonly quantity: number;
}
/** `saved` is what the policy keeps for later. */
export interface CartMergedEvent {
  readonly type: 'cart_merged';
  readonly from: string;
  readonly policy: 'sum' | 'max' | 'newer' | 'save_rest';
  readonly saved: readonly SavedUnits[];
}
/** The contact itself is a part beside the event. */
export interface ContactSetEvent {
  readonly type: 'contact_set';
  readonly reminders?: boolean | null;
}
/** What pricing reads of the address; the rest is a part beside the event. */
export interface AddressSetEvent {
  readonly type: 'address_set';
  readonly country: string;
  readonly kind: 'ship_to' | 'bill_to';
  readonly region?: string | null;
}
export interface ShippingChosenEvent {
  readonly type: 'shipping_chosen';
  readonly method: string;
}
/** The method no longer serves this cart. */
export interface ShippingClearedEvent {
  readonly type: 'shipping_cleared';
  readonly method: string;
}
export interface PaymentChosenEvent {
  readonly type: 'payment_chosen';
  readonly method: string;
}
export interface CouponAppliedEvent {
  readonly type: 'coupon_applied';
  readonly code: string;
  readonly promotion: string;
}
export interface CouponRemovedEvent {
  readonly type: 'coupon_removed';
  readonly code: string;
}
/** A code that no longer held when the order was placed. */
export interface CouponDroppedEvent {
  readonly type: 'coupon_dropped';
  readonly code: string;
  readonly reason: string;
}
export interface GiftCardAppliedEvent {
  readonly type: 'gift_card_applied';
  readonly code: string;
}
export interface GiftCardRemovedEvent {
  readonly type: 'gift_card_removed';
  readonly code: string;
}
export interface TermsAcceptedEvent {
  readonly type: 'terms_accepted';
  readonly version: string;
}
export interface CustomerAttachedEvent {
  readonly type: 'customer_attached';
  readonly customer: string;
}
export interface UnsubscribedEvent {
  readonly type: 'unsubscribed';
}

export type CartEvent =
  | OrderCreatedEvent
  | LineAddedEvent
  | QuantitySetEvent
  | LineRemovedEvent
  | StockClampedEvent
  | CartMergedEvent
  | ContactSetEvent
  | AddressSetEvent
  | ShippingChosenEvent
  | ShippingClearedEvent
  | PaymentChosenEvent
  | CouponAppliedEvent
  | CouponRemovedEvent
  | CouponDroppedEvent
  | GiftCardAppliedEvent
  | GiftCardRemovedEvent
  | TermsAcceptedEvent
  | CustomerAttachedEvent
  | UnsubscribedEvent;
