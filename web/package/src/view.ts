// SPDX-License-Identifier: Apache-2.0
// What is shown of an order. Amounts are whole minor units of the order's currency, instants are
// milliseconds since 1970 in UTC; `…Exact` stands beside an amount only where nothing is rounded.
import type { Address, Contact } from './commands.js';

export interface OrderView {
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
  readonly holds: readonly Hold[];
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
  readonly netMinor: number;
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

export interface Hold {
  readonly expiresMs: number;
  readonly location: string;
  readonly quantity: number;
  readonly sku: string;
}

export interface NeedsPerson {
  readonly reason:
    'stock_gone' | 'refund_impossible' | 'void_impossible' | 'money_unexpected' | 'payment_lost';
  readonly sinceMs: number;
}

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
  readonly attempt: number;
  readonly refund: number;
  readonly state: 'pending' | 'succeeded' | 'failed';
}

export interface Delivery {
  readonly backorderOf: number | null;
  readonly lines: readonly DeliveryLine[];
  readonly location: string;
  readonly state: 'waiting' | 'ready' | 'done' | 'canceled';
  readonly step: 'pick' | 'pack' | 'ship';
  readonly tracking: readonly string[];
  readonly transfer: number;
}

export interface DeliveryLine {
  readonly demanded: number;
  readonly done: number;
  readonly lineId: string;
  readonly reserved: number;
  readonly sku: string;
}
