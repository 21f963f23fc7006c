// SPDX-License-Identifier: Apache-2.0
// What a customer may ask of an order. None of these holds a price.

export interface Address {
  /** ISO 3166-1, two capital letters. All else may be left out until the order is placed. */
  readonly country: string;
  readonly city?: string | null;
  readonly line1?: string | null;
  readonly line2?: string | null;
  readonly name?: string | null;
  readonly neighborhood?: string | null;
  /** For the carrier. */
  readonly note?: string | null;
  readonly organization?: string | null;
  readonly phone?: string | null;
  readonly postcode?: string | null;
  /** ISO 3166-2 without the country. */
  readonly region?: string | null;
  readonly taxNumber?: string | null;
}

export interface Contact {
  readonly email: string;
  readonly name?: string | null;
  readonly phone?: string | null;
}

/** Adds to the line of this product and configuration, or makes it. */
export interface AddLine {
  readonly type: 'add_line';
  readonly sku: string;
  readonly quantity: number;
  readonly configuration?: string | null;
}
/** Sets a line's quantity; 0 removes the line. */
export interface SetQuantity {
  readonly type: 'set_quantity';
  readonly line: string;
  readonly quantity: number;
}
export interface RemoveLine {
  readonly type: 'remove_line';
  readonly line: string;
}
export interface SetContact extends Contact {
  readonly type: 'set_contact';
  /** Consent to a reminder of a cart that was left. */
  readonly reminders?: boolean | null;
}
export interface AcceptTerms {
  readonly type: 'accept_terms';
  readonly version: string;
}
export interface SetAddress {
  readonly type: 'set_address';
  readonly kind: 'ship_to' | 'bill_to';
  readonly address: Address;
}
export interface ChooseShipping {
  readonly type: 'choose_shipping';
  readonly method: string;
}
export interface ChoosePayment {
  readonly type: 'choose_payment';
  readonly method: string;
}
/** Without effect on what is shown until the server has judged the code, unless it is known. */
export interface ApplyCoupon {
  readonly type: 'apply_coupon';
  readonly code: string;
}
export interface RemoveCoupon {
  readonly type: 'remove_coupon';
  readonly code: string;
}
/** As apply_coupon: the server knows what is left on the card. */
export interface ApplyGiftCard {
  readonly type: 'apply_gift_card';
  readonly code: string;
}
export interface RemoveGiftCard {
  readonly type: 'remove_gift_card';
  readonly code: string;
}
/** No reminder of this cart, should it be left. */
export interface Unsubscribe {
  readonly type: 'unsubscribe';
}
/** Possible until the shop has confirmed the order. Moves no money. */
export interface CancelOrder {
  readonly type: 'cancel_order';
  readonly reason?: string | null;
}
/** Keeps goods set aside for as long again. */
export interface RenewHold {
  readonly type: 'renew_hold';
}

/** What `apply` takes. An order is placed with `place`. */
export type Command =
  | AddLine
  | SetQuantity
  | RemoveLine
  | SetContact
  | AcceptTerms
  | SetAddress
  | ChooseShipping
  | ChoosePayment
  | ApplyCoupon
  | RemoveCoupon
  | ApplyGiftCard
  | RemoveGiftCard
  | Unsubscribe
  | CancelOrder
  | RenewHold;

/** Freezes the quote. The package sends it by itself, from `place`. */
export interface PlaceOrder {
  readonly type: 'place_order';
  readonly expectedDigest: string;
  readonly expectedVersion?: number | null;
}

/** For what is still due on a placed order: `Checkout.startPayment`. */
export interface StartPayment {
  readonly type: 'start_payment';
  /** All that is due when not named. */
  readonly amountMinor?: number | null;
  /** The order's own when not named. */
  readonly method?: string | null;
}
/** Takes up another cart of the customer, which is canceled: `Checkout.mergeCart`. */
export interface MergeCart {
  readonly type: 'merge_cart';
  readonly from: string;
}
/** Adds the lines of an earlier order: `Checkout.reorder`. */
export interface Reorder {
  readonly type: 'reorder';
  readonly from: string;
}
/** So many units of a line that was delivered. */
export interface ReturnDemand {
  readonly line: string;
  readonly quantity: number;
  readonly reason?: string | null;
}
/** Announces goods that come back: `Checkout.requestReturn`. */
export interface RequestReturn {
  readonly type: 'request_return';
  readonly lines: readonly ReturnDemand[];
  readonly note?: string | null;
}
/** Until the goods are received: `Checkout.cancelReturn`. */
export interface CancelReturn {
  readonly type: 'cancel_return';
  readonly return: number;
}

/** What only the server decides. `Checkout` has a method for each. */
export type ServerCommand =
  PlaceOrder | StartPayment | MergeCart | Reorder | RequestReturn | CancelReturn;

/** Every command of a customer. */
export type CustomerCommand = Command | ServerCommand;
