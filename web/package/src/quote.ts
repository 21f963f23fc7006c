// SPDX-License-Identifier: Apache-2.0
// What `quote` reads and answers, in the wire's spelling. Amounts are whole minor units; `…_exact`
// stands beside them only where nothing is rounded.
import type { Cart, Facts, Offer } from './documents.js';
import type { Rules } from './rules.js';

export interface QuoteInput {
  readonly cart: Cart;
  readonly facts?: Facts;
  readonly format: number;
  readonly now_ms: number;
  readonly offers?: readonly Offer[];
  readonly rules: Rules;
}

export interface Quote {
  /** The promotions that had an effect, as they ran. */
  readonly applied: readonly string[];
  readonly currency: string;
  readonly fees: readonly QuoteFee[];
  readonly gift_cards: readonly { readonly amount_minor: number; readonly id: string }[];
  readonly lines: readonly QuoteLine[];
  readonly messages: readonly QuoteMessage[];
  readonly order_discounts: readonly QuoteOrderDiscount[];
  readonly pricing_version: number;
  readonly quote_digest: string;
  readonly shipments: readonly QuoteShipping[];
  readonly shipping: QuoteShipping;
  /** Counted steps: the same on every machine. */
  readonly steps: number;
  readonly tax_summary: readonly QuoteTaxTotal[];
  readonly tax_zone: string | null;
  readonly terms_version: string | null;
  readonly totals: QuoteTotals;
  /** The first known end of what was counted; the figures are right until then. */
  readonly valid_until_ms?: number;
}

export interface QuoteLine {
  readonly discount_exact?: string;
  readonly discount_minor: number;
  readonly discounts: readonly QuoteDiscount[];
  /** The promotion that put the line here. */
  readonly gift?: string;
  readonly gross_exact?: string;
  readonly gross_minor: number;
  readonly line_id: string;
  /** The lowest unit price in the 30 days before the price was reduced (98/6/EC, article 6a). */
  readonly lowest_30_days_minor?: number;
  readonly net_exact?: string;
  readonly net_minor: number;
  readonly quantity: number;
  readonly quantity_exact?: string;
  readonly sku: string;
  readonly subtotal_exact?: string;
  readonly subtotal_minor: number;
  readonly tax_exact?: string;
  readonly tax_minor: number;
  readonly taxes: readonly QuoteTax[];
  readonly unit_code?: string;
  readonly unit_gross_exact?: string;
  readonly unit_gross_minor: number;
  readonly unit_net_exact?: string;
  readonly unit_net_minor: number;
  readonly unit_price_exact?: string;
  readonly unit_price_minor: number;
  readonly units: readonly { readonly discount_minor: number }[];
}

export interface QuoteDiscount {
  readonly amount_exact?: string;
  readonly amount_minor: number;
  readonly promotion: string;
}

export interface QuoteTax {
  readonly amount_exact?: string;
  readonly amount_minor: number;
  readonly base_exact?: string;
  readonly base_minor: number;
  readonly tax: string;
}

export interface QuoteTaxTotal extends QuoteTax {
  readonly ppm: number;
}

export interface QuoteShipping {
  readonly discount_exact?: string;
  readonly discount_minor: number;
  readonly discounts: readonly QuoteDiscount[];
  readonly gross_exact?: string;
  readonly gross_minor: number;
  readonly method: string | null;
  readonly net_exact?: string;
  readonly net_minor: number;
  readonly price_exact?: string;
  readonly price_minor: number;
  readonly shipment?: string;
  readonly tax_exact?: string;
  readonly tax_minor: number;
  readonly taxes: readonly QuoteTax[];
}

export interface QuoteFee {
  readonly amount_minor: number;
  readonly gross_exact?: string;
  readonly gross_minor: number;
  readonly id: string;
  readonly net_exact?: string;
  readonly net_minor: number;
  readonly tax_exact?: string;
  readonly tax_minor: number;
  readonly taxes: readonly QuoteTax[];
}

/** An order discount kept apart from the lines, for one set of taxes. */
export interface QuoteOrderDiscount {
  readonly gross_minor: number;
  readonly net_minor: number;
  readonly promotion: string;
  readonly tax_minor: number;
  readonly taxes: readonly QuoteTax[];
}

export interface QuoteMessage {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly subject: string;
}

export interface QuoteTotals {
  readonly discount_exact?: string;
  readonly discount_minor: number;
  readonly discount_net_exact?: string;
  readonly discount_net_minor: number;
  readonly discount_tax_exact?: string;
  readonly discount_tax_minor: number;
  readonly fees_exact?: string;
  readonly fees_minor: number;
  readonly items_exact?: string;
  readonly items_minor: number;
  readonly items_net_exact?: string;
  readonly items_net_minor: number;
  readonly items_tax_exact?: string;
  readonly items_tax_minor: number;
  readonly net_exact?: string;
  readonly net_minor: number;
  readonly payable_minor: number;
  readonly prepaid_minor: number;
  readonly rounding_minor: number;
  readonly shipping_net_exact?: string;
  readonly shipping_net_minor: number;
  readonly shipping_tax_exact?: string;
  readonly shipping_tax_minor: number;
  readonly tax_exact?: string;
  readonly tax_minor: number;
  readonly total_exact?: string;
  readonly total_minor: number;
  readonly undiscounted_net_exact?: string;
  readonly undiscounted_net_minor: number;
}
