// SPDX-License-Identifier: Apache-2.0
// What is shown of an order. Amounts are whole minor units of the order's currency, instants are
// milliseconds since 1970 in UTC; `…Exact` stands beside an amount only where nothing is rounded.
import type { Address, Contact } from './commands.js';

export interface OrderView {
  readonly abandoned: Abandoned;
  readonly assigned: { readonly salesperson: string | null; readonly team: string | null };
  readonly axes: OrderAxes;
  readonly billTo: Address | null;
  readonly channel: string;
  readonly confirmedMs: number | null;
  readonly contact: Contact | null;
  readonly coupons: readonly OrderCoupon[];
  readonly currency: string;
  readonly customer: string | null;
  readonly deliveries: readonly Delivery[];
  /** The names of personal data that were deleted. */
  readonly erased: readonly string[];
  readonly giftCards: readonly OrderGiftCard[];
  readonly holds: readonly Hold[];
  readonly invoices: readonly Invoice[];
  readonly lines: readonly OrderLine[];
  readonly locked: boolean;
  readonly messages: readonly Message[];
  readonly money: OrderMoney;
  readonly needsPerson: NeedsPerson | null;
  readonly order: string;
  readonly orderNo: number | null;
  readonly paymentMethod: string | null;
  readonly payments: readonly Payment[];
  readonly placedMs: number | null;
  readonly quoteDigest: string;
  readonly refunds: readonly Refund[];
  readonly returns: readonly OrderReturn[];
  /** Kept for later when carts were merged. */
  readonly saved: readonly SavedLine[];
  readonly shipTo: Address | null;
  readonly shipping: Shipping;
  readonly taxSummary: readonly TaxTotal[];
  readonly termsVersion: string | null;
  readonly totals: Totals;
  readonly version: number;
}

export interface OrderAxes {
  readonly delivery: 'none' | 'waiting' | 'ready' | 'started' | 'partially_delivered' | 'delivered';
  readonly invoice: 'none' | 'to_invoice' | 'partially_invoiced' | 'invoiced' | 'upselling';
  readonly order: 'quotation' | 'quotation_sent' | 'order' | 'canceled';
  readonly payment:
    | 'unpaid'
    | 'pending'
    | 'authorized'
    | 'partially_paid'
    | 'paid'
    | 'partially_refunded'
    | 'refunded'
    | 'failed'
    | 'voided';
  readonly return: 'none' | 'requested' | 'in_transit' | 'received' | 'closed';
}

export interface OrderLine {
  readonly discountMinor: number;
  readonly discounts: readonly Discount[];
  readonly goods: LineGoods;
  readonly grossMinor: number;
  readonly lineId: string;
  readonly money: LineMoney;
  readonly netMinor: number;
  readonly promise: LinePromise;
  readonly quantity: number;
  readonly sku: string;
  readonly subtotalMinor: number;
  readonly taxMinor: number;
  readonly taxes: readonly TaxShare[];
  readonly unitPriceMinor: number;
}

export interface LineGoods {
  readonly backordered: number;
  readonly canceled: number;
  readonly ordered: number;
  readonly reserved: number;
  readonly restocked: number;
  readonly returned: number;
  readonly shipped: number;
}

/** The line's part of what was paid and given back. */
export interface LineMoney {
  readonly capturedMinor: number;
  readonly dueMinor: number;
  readonly refundableMinor: number;
  readonly refundedMinor: number;
}

/** How many units are billed. */
export interface LinePromise {
  readonly credited: number;
  readonly invoiced: number;
  readonly toInvoice: number;
}

export interface Discount {
  readonly amountExact?: string;
  readonly amountMinor: number;
  readonly promotion: string;
}

export interface TaxShare {
  readonly amountExact?: string;
  readonly amountMinor: number;
  readonly baseExact?: string;
  readonly baseMinor: number;
  readonly tax: string;
}

export interface TaxTotal extends TaxShare {
  /** The rate, in parts per million. */
  readonly ppm: number;
}

export interface Shipping {
  readonly discountExact?: string;
  readonly discountMinor: number;
  readonly discounts: readonly Discount[];
  readonly grossExact?: string;
  readonly grossMinor: number;
  readonly method: string | null;
  readonly netExact?: string;
  readonly netMinor: number;
  readonly priceExact?: string;
  readonly priceMinor: number;
  readonly shipment?: string;
  readonly taxExact?: string;
  readonly taxMinor: number;
  readonly taxes: readonly TaxShare[];
}

export interface Totals {
  readonly discountExact?: string;
  readonly discountMinor: number;
  readonly discountNetExact?: string;
  readonly discountNetMinor: number;
  readonly discountTaxExact?: string;
  readonly discountTaxMinor: number;
  readonly feesExact?: string;
  readonly feesMinor: number;
  readonly itemsExact?: string;
  readonly itemsMinor: number;
  readonly itemsNetExact?: string;
  readonly itemsNetMinor: number;
  readonly itemsTaxExact?: string;
  readonly itemsTaxMinor: number;
  readonly netExact?: string;
  readonly netMinor: number;
  readonly payableMinor: number;
  readonly prepaidMinor: number;
  readonly roundingMinor: number;
  readonly shippingNetExact?: string;
  readonly shippingNetMinor: number;
  readonly shippingTaxExact?: string;
  readonly shippingTaxMinor: number;
  readonly taxExact?: string;
  readonly taxMinor: number;
  readonly totalExact?: string;
  readonly totalMinor: number;
  readonly undiscountedNetExact?: string;
  readonly undiscountedNetMinor: number;
}

export interface OrderMoney {
  readonly authorizedMinor: number;
  readonly capturedMinor: number;
  readonly chargedBackMinor: number;
  readonly dueMinor: number;
  readonly owedMinor: number;
  readonly refundableMinor: number;
  readonly refundedMinor: number;
  readonly refundingMinor: number;
}

export interface Message {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly subject: string;
}

export interface OrderCoupon {
  readonly code: string;
  readonly promotion: string;
  readonly reason: string | null;
  readonly state: 'applied' | 'held' | 'claimed' | 'dropped';
}

export interface OrderGiftCard {
  /** What the order takes from the card. */
  readonly amountMinor: number;
  readonly code: string;
  readonly state: 'applied' | 'held' | 'claimed' | 'dropped';
}

export interface SavedLine {
  readonly configuration?: string | null;
  readonly quantity: number;
  readonly sku: string;
}

/** A cart that was left, for staff; a customer's view always says that it is none. */
export interface Abandoned {
  readonly is: boolean;
  readonly reason: SkipReason | null;
  readonly reminder: 'none' | 'due' | 'sent' | 'skipped';
}

/** Why no reminder goes. */
export type SkipReason =
  | 'switched_off'
  | 'older_than_switch'
  | 'no_address'
  | 'no_consent'
  | 'unsubscribed'
  | 'payment_failed'
  | 'nothing_priced'
  | 'bought_since'
  | 'reminded_already'
  | 'sold_out';

export interface Hold {
  readonly expiresMs: number;
  readonly location: string;
  readonly quantity: number;
  readonly sku: string;
}

export interface NeedsPerson {
  readonly reason: PersonCause;
  readonly sinceMs: number;
}

/** Why a person of the shop has to look at the order. */
export type PersonCause =
  | 'stock_gone'
  | 'refund_impossible'
  | 'void_impossible'
  | 'money_unexpected'
  | 'payment_lost'
  | 'capture_failed'
  | 'void_failed'
  | 'refund_failed'
  | 'charged_back';

export interface Payment {
  readonly amountMinor: number;
  readonly attempt: number;
  readonly authorizedMinor: number;
  readonly capturedMinor: number;
  readonly method: string;
  readonly provider: string;
  readonly reason: string | null;
  readonly refundableMinor: number;
  readonly refundedMinor: number;
  readonly state:
    'created' | 'pending' | 'authorized' | 'captured' | 'failed' | 'canceled' | 'voided';
}

export interface Refund {
  readonly amountMinor: number;
  /** The payment that it gives back; null where a gift card got it. */
  readonly attempt: number | null;
  /** The gift card that got it back, in place of a payment. */
  readonly giftCard: string | null;
  readonly lines: readonly RefundLine[];
  readonly reason: string | null;
  readonly refund: number;
  /** The return that it pays for. */
  readonly return: number | null;
  readonly shippingMinor: number;
  readonly state: 'pending' | 'succeeded' | 'failed';
}

export interface RefundLine {
  readonly amountMinor: number;
  readonly lineId: string;
  readonly quantity: number;
}

export interface Delivery {
  readonly backorderOf: number | null;
  /** When the carrier handed it over. */
  readonly deliveredMs: number | null;
  readonly doneMs: number | null;
  /** The return whose goods it replaces. */
  readonly exchangeOf: number | null;
  readonly lines: readonly DeliveryLine[];
  readonly location: string;
  readonly state: 'waiting' | 'ready' | 'done' | 'canceled';
  readonly step: 'pick' | 'pack' | 'ship';
  /** The numbers of the parcels: one text when there is one, null when there is none. */
  readonly tracking: string | readonly string[] | null;
  readonly transfer: number;
}

export interface DeliveryLine {
  readonly demanded: number;
  readonly done: number;
  readonly lineId: string;
  readonly reserved: number;
  readonly sku: string;
}

export interface Invoice {
  /** What earlier down payments had billed of it. */
  readonly deductedMinor: number;
  readonly invoice: number;
  readonly kind: 'invoice' | 'down_payment' | 'credit_note';
  readonly lines: readonly InvoiceLine[];
  readonly netMinor: number;
  /** Within its series; null until it is posted. */
  readonly number: number | null;
  /** The invoice that a credit note corrects. */
  readonly of: number | null;
  readonly paidMinor: number;
  readonly series: string | null;
  readonly shipping: InvoiceShipping;
  readonly state: 'draft' | 'posted' | 'canceled';
  readonly taxMinor: number;
  readonly taxes: readonly InvoiceTax[];
  readonly totalMinor: number;
}

export interface InvoiceLine {
  readonly grossMinor: number;
  readonly lineId: string;
  readonly netMinor: number;
  readonly quantity: number;
  readonly taxMinor: number;
  readonly taxes: readonly InvoiceTax[];
}

/** The shipping, and what belongs to no line: fees. */
export interface InvoiceShipping {
  readonly grossMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly taxes: readonly InvoiceTax[];
}

export interface InvoiceTax {
  readonly amountMinor: number;
  readonly baseMinor: number;
  readonly tax: string;
}

export interface OrderReturn {
  readonly lines: readonly OrderReturnLine[];
  /** What can be given back for the units that were accepted. */
  readonly refundableMinor: number;
  readonly return: number;
  readonly state: 'requested' | 'in_transit' | 'received' | 'closed' | 'rejected' | 'canceled';
}

export interface OrderReturnLine {
  readonly accepted: number;
  readonly approved: number;
  readonly exchanged: number;
  readonly lineId: string;
  readonly rejected: number;
  readonly requested: number;
  readonly restocked: number;
}
