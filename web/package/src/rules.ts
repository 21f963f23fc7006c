// SPDX-License-Identifier: Apache-2.0
// The published rules of a shop, in the wire's spelling.
import type { Destination, OfferKind, Translations } from './documents.js';
import type { Action, Condition } from './promotions.js';

export interface Rules {
  readonly currency: string;
  readonly home?: Destination;
  readonly money?: MoneyPolicy;
  readonly payment_methods?: readonly PaymentMethod[];
  readonly policies?: Policies;
  readonly prices_include_tax?: boolean;
  readonly pricing_version: number;
  readonly promotions?: readonly Promotion[];
  readonly shipping_methods?: readonly ShippingMethod[];
  readonly tax_classes?: readonly TaxClass[];
  readonly taxes?: readonly Tax[];
  readonly zones?: readonly Zone[];
}

export type Rounding =
  | 'half_away'
  | 'half_even'
  | 'half_ceiling'
  | 'half_floor'
  | 'half_zero'
  | 'up'
  | 'down'
  | 'ceiling'
  | 'floor';

/** A profile's name, and the keys that differ from it. */
export interface MoneyPolicy {
  readonly discount_base?: 'before_tax' | 'undiscounted_tax' | null;
  readonly discount_sharing?:
    | 'largest_remainder'
    | 'first_lines'
    | 'last_line'
    | 'truncate_from_last'
    | 'even_per_unit'
    | 'unrounded'
    | null;
  readonly discount_weights?: 'line_amount' | 'line_gross' | null;
  readonly fixed_discount_is?: 'as_prices' | 'net' | 'gross' | null;
  readonly foreign_gross_prices?: 'rebase' | 'keep' | null;
  readonly included_tax_rounds?: 'tax' | 'net' | null;
  readonly line_rounding?: 'line' | 'document' | null;
  readonly negative_sharing?: 'mirror' | 'floor' | null;
  readonly order_discount_covers_shipping?: boolean | null;
  readonly order_discount_tax?: 'shared' | 'apart' | null;
  readonly payable_rounding?: Rounding | null;
  readonly payable_rounding_minor?: number | null;
  readonly percent_of?: 'as_prices' | 'gross' | 'net' | null;
  readonly percentages?: 'sequential' | 'parallel' | 'original_within_promotion' | 'best' | null;
  readonly profile?: string;
  readonly rounding?: Rounding | null;
  readonly rounding_included?: Rounding | null;
  readonly shipping_price_includes_tax?: boolean | null;
  readonly shipping_tax?:
    'own_class' | 'proportional' | 'weighted_mean' | 'highest' | 'predominant' | 'none' | null;
  readonly tax_rounding?: 'unit' | 'line' | 'group' | 'document_carry' | 'none' | null;
  readonly threshold_base?: 'reduced' | 'original' | null;
  readonly unit_price_rounding?: 'minor' | 'none' | null;
  readonly zero_weights?: 'even' | 'nothing' | 'refuse' | null;
}

export interface Policies {
  readonly account?: 'optional' | 'guest' | 'required';
  readonly customer_cancels?: 'until_confirmed' | 'never';
  readonly lines_max?: number;
  readonly merge?: 'sum' | 'max' | 'newer' | 'save_rest';
  readonly minimum_order_minor?: number;
  /** Whether a lower price than the one shown is passed on when placing, or needs consent. */
  readonly price_drop?: 'consent' | 'pass_on';
  readonly quantity_max?: number;
  readonly return_days?: number;
  readonly returnable_kinds?: readonly OfferKind[];
  readonly short_stock?: 'clamp' | 'refuse';
  readonly terms_version?: string | null;
  readonly zero_price?: 'allow' | 'refuse';
}

export interface Tax {
  readonly amount_exact?: string | null;
  readonly category?: string;
  readonly compound?: boolean | readonly string[];
  readonly ends_ms?: number | null;
  readonly id: string;
  readonly included?: boolean | null;
  readonly kind?: 'percent' | 'fixed' | 'division';
  readonly ppm?: number;
  readonly starts_ms?: number | null;
}

export interface Zone {
  readonly countries?: readonly string[];
  readonly id: string;
  readonly postcodes?: readonly string[];
  readonly regions?: readonly string[];
  readonly reverse_charge?: readonly string[] | null;
}

export interface TaxClass {
  readonly default?: boolean;
  readonly id: string;
  /** By zone, or "*" for all others. */
  readonly taxes?: Readonly<Record<string, readonly string[]>>;
}

export interface Promotion {
  readonly coupon?: boolean;
  readonly ends_ms?: number | null;
  readonly exclusive_group?: string | null;
  readonly id: string;
  readonly label?: Translations;
  readonly limits?: UseLimits | null;
  readonly priority?: number;
  readonly public_code?: string | null;
  readonly starts_ms?: number | null;
  readonly then: readonly Action[];
  readonly when?: readonly Condition[];
}

export interface UseLimits {
  readonly give_back_on_cancel?: boolean;
  readonly uses?: number | null;
  readonly uses_per_customer?: number | null;
}

export interface ShippingMethod {
  readonly enabled?: boolean;
  readonly except?: {
    readonly categories?: readonly string[];
    readonly skus?: readonly string[];
  } | null;
  readonly free_from_minor?: number | null;
  readonly free_from_tax?: 'as_prices' | 'included' | 'excluded';
  readonly id: string;
  readonly label?: Translations;
  readonly max_weight_g?: number | null;
  /** The customer fetches the goods. */
  readonly pickup?: boolean;
  readonly price: ShippingPrice;
  readonly tax_class?: string | null;
  readonly when?: readonly Condition[];
  readonly zones?: readonly string[];
}

export interface PriceStep {
  readonly amount_minor: number;
  readonly from: number;
}

export type ShippingPrice =
  | { readonly kind: 'flat'; readonly amount_minor: number }
  | { readonly kind: 'per_unit'; readonly amount_minor: number }
  | { readonly kind: 'by_weight'; readonly table: readonly PriceStep[] }
  | { readonly kind: 'by_value'; readonly table: readonly PriceStep[] }
  | { readonly kind: 'by_quantity'; readonly table: readonly PriceStep[] };

export interface PaymentMethod {
  readonly enabled?: boolean;
  /** A wallet of the provider's may fill in the whole checkout. */
  readonly express?: boolean;
  readonly id: string;
  readonly label?: Translations;
  readonly provider: string;
  readonly when?: readonly Condition[];
}
