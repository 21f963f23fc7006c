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
  | CancelOrder
  | RenewHold;

/** Freezes the quote. The package sends it by itself, from `place`. */
export interface PlaceOrder {
  readonly type: 'place_order';
  readonly expectedDigest: string;
  readonly expectedVersion?: number | null;
}

/** Every command of a customer, as notices name them. */
export type CustomerCommand = Command | PlaceOrder;
