// SPDX-License-Identifier: Apache-2.0
// What a promotion asks for and what it gives, in the wire's spelling.

/** Which lines are meant: skus and categories together, none of either for every line. */
export interface Target {
  readonly categories?: readonly string[];
  readonly except?: Target | null;
  readonly floor_minor?: number | null;
  readonly group_units?: number | null;
  readonly limit_units?: number | null;
  readonly skus?: readonly string[];
  readonly unit_price_from_minor?: number | null;
  readonly unit_price_to_minor?: number | null;
}

export type Condition =
  | AnyOf
  | AllOf
  | NoneOf
  | SubtotalAtLeast
  | QuantityAtLeast
  | Contains
  | ShippingAtLeast
  | CustomerGroupIs
  | FirstOrder
  | NthOrder
  | CountryIs
  | ChannelIs
  | ShippingMethodIs
  | PaymentMethodIs
  | Between;

export interface AnyOf {
  readonly kind: 'any';
  readonly of: readonly Condition[];
}
export interface AllOf {
  readonly kind: 'all';
  readonly of: readonly Condition[];
}
/** Holds when none of them does. */
export interface NoneOf {
  readonly kind: 'not';
  readonly of: readonly Condition[];
}
export interface SubtotalAtLeast {
  readonly kind: 'subtotal_at_least';
  readonly amount_minor: number;
  readonly target?: Target | null;
  readonly tax?: 'as_prices' | 'included' | 'excluded';
}
export interface QuantityAtLeast {
  readonly kind: 'quantity_at_least';
  readonly quantity: number;
  readonly target?: Target | null;
}
export interface Contains {
  readonly kind: 'contains';
  readonly target: Target;
}
export interface ShippingAtLeast {
  readonly kind: 'shipping_at_least';
  readonly amount_minor: number;
}
export interface CustomerGroupIs {
  readonly kind: 'customer_group';
  readonly groups: readonly string[];
}
export interface FirstOrder {
  readonly kind: 'first_order';
}
export interface NthOrder {
  readonly kind: 'nth_order';
  readonly n: number;
}
export interface CountryIs {
  readonly kind: 'country';
  readonly countries: readonly string[];
}
export interface ChannelIs {
  readonly kind: 'channel';
  readonly channels: readonly string[];
}
export interface ShippingMethodIs {
  readonly kind: 'shipping_method';
  readonly methods: readonly string[];
}
export interface PaymentMethodIs {
  readonly kind: 'payment_method';
  readonly methods: readonly string[];
}
/** From `from_ms` up to, but not at, `to_ms`. */
export interface Between {
  readonly kind: 'between';
  readonly from_ms?: number | null;
  readonly to_ms?: number | null;
}

export type Action =
  | PercentOffOrder
  | AmountOffOrder
  | PercentOffLines
  | AmountOffLines
  | PercentOffCheapest
  | AmountOffCheapest
  | NthOff
  | BuyXGetY
  | BundlePrice
  | TieredPrice
  | PercentOffShipping
  | AmountOffShipping
  | FreeShipping
  | Gift;

export interface PercentOffOrder {
  readonly kind: 'percent_off_order';
  readonly covers_shipping?: boolean | null;
  readonly maximum_minor?: number | null;
  readonly ppm: number;
  readonly target?: Target | null;
}
export interface AmountOffOrder {
  readonly kind: 'amount_off_order';
  readonly amount_minor: number;
  readonly covers_shipping?: boolean | null;
  readonly target?: Target | null;
}
export interface PercentOffLines {
  readonly kind: 'percent_off_lines';
  readonly ppm: number;
  readonly rounds?: 'discount' | 'price';
  readonly target?: Target;
}
export interface AmountOffLines {
  readonly kind: 'amount_off_lines';
  readonly amount_minor: number;
  readonly per?: 'unit' | 'line';
  readonly target?: Target;
}
/** One unit of the cheapest line. */
export interface PercentOffCheapest {
  readonly kind: 'percent_off_cheapest';
  readonly ppm: number;
  readonly target?: Target;
}
/** One unit of the cheapest line. */
export interface AmountOffCheapest {
  readonly kind: 'amount_off_cheapest';
  readonly amount_minor: number;
  readonly target?: Target;
}
export interface NthOff {
  readonly kind: 'nth_off';
  readonly n: number;
  readonly ppm: number;
  readonly target?: Target;
}
export interface BuyXGetY {
  readonly kind: 'buy_x_get_y';
  readonly buy: UnitsOf;
  readonly get: UnitsOf;
  readonly ppm?: number;
  readonly take?: 'dearest' | 'cheapest';
  readonly times?: number | null;
}
export interface BundlePrice {
  readonly kind: 'bundle_price';
  readonly amount_minor: number;
  readonly items: readonly BundleItem[];
}
export interface TieredPrice {
  readonly kind: 'tiered_price';
  readonly target?: Target;
  readonly tiers: readonly PriceTier[];
}
export interface PercentOffShipping {
  readonly kind: 'percent_off_shipping';
  readonly methods?: readonly string[];
  readonly ppm: number;
}
/** `shared`: one amount for all shipments together. */
export interface AmountOffShipping {
  readonly kind: 'amount_off_shipping';
  readonly amount_minor: number;
  readonly methods?: readonly string[];
  readonly shared?: boolean;
}
export interface FreeShipping {
  readonly kind: 'free_shipping';
  readonly methods?: readonly string[];
}
export interface Gift {
  readonly kind: 'gift';
  readonly per_unit_of?: Target | null;
  readonly quantity?: number;
  readonly sku: string;
}
export interface UnitsOf {
  readonly quantity?: number;
  readonly target?: Target;
}
export interface BundleItem {
  readonly quantity?: number;
  readonly skus: readonly string[];
}
export interface PriceTier {
  readonly from: number;
  readonly unit_price_minor: number;
}
