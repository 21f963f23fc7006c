// SPDX-License-Identifier: Apache-2.0
// Documents that travel as they are: files, HTTP bodies, the input of `quote`. They keep the wire's
// spelling, so that one can be pasted from any of these places into any other.
import type { Reason } from './generated/reasons.js';

export type Translations = Readonly<Record<string, string>>;

export interface Offer {
  readonly active?: boolean;
  readonly backorder_limit?: number | null;
  readonly categories?: readonly string[];
  readonly floor_minor?: number | null;
  readonly invoice_policy?: 'ordered' | 'delivered' | null;
  readonly kind?: OfferKind;
  readonly name?: Translations;
  /** What the price for everybody was from each instant on, ascending. */
  readonly price_history?: readonly PricePoint[] | null;
  readonly prices?: readonly PriceRow[] | null;
  /** How many decimals a quantity may have, 0 to 12; any when it is not said. */
  readonly quantity_scale?: number | null;
  readonly returnable?: boolean;
  /** Goods with the same name leave in one parcel. */
  readonly ship_together?: string | null;
  readonly sku: string;
  readonly stock_policy?: 'deny' | 'backorder' | 'untracked';
  readonly tax_class?: string | null;
  /** UN/ECE Recommendation 20: `KGM`. */
  readonly unit_code?: string | null;
  readonly unit_price_exact?: string | null;
  readonly unit_price_minor?: number | null;
  readonly weight_g?: number;
}

/** One row of a price list. It counts from `starts_ms` until just before `ends_ms`. */
export interface PriceRow {
  /** None: everybody. */
  readonly customer_groups?: readonly string[];
  readonly ends_ms?: number | null;
  readonly quantity_from?: number | null;
  readonly starts_ms?: number | null;
  readonly unit_price_exact?: string | null;
  readonly unit_price_minor?: number | null;
}

export interface PricePoint {
  readonly from_ms: number;
  readonly unit_price_minor: number;
}

export type OfferKind = 'goods' | 'service' | 'digital';

/** What the core is told about the customer and the world. */
export interface Facts {
  readonly availability?: Readonly<Record<string, number>>;
  readonly channel?: string | null;
  readonly coupons?: Readonly<Record<string, CouponFact>>;
  readonly customer_group?: string | null;
  readonly first_order?: boolean | null;
  readonly gift_cards?: readonly { readonly balance_minor: number; readonly id: string }[];
  readonly orders_placed?: number | null;
  /** Promotions without a code that may not be used now, with the reason. */
  readonly promotions?: Readonly<Record<string, 'ok' | Reason>>;
  readonly vat_number?: VatNumber | null;
}

export interface CouponFact {
  readonly promotion: string;
  readonly verdict?: 'ok' | Reason;
}

export interface VatNumber {
  readonly answer?: 'valid' | 'invalid' | 'unknown';
  readonly number: string;
}

export interface Destination {
  readonly country: string;
  readonly postcode?: string | null;
  readonly region?: string | null;
}

export interface Cart {
  readonly coupons?: readonly string[];
  readonly fees?: readonly CartFee[];
  readonly gift_cards?: readonly string[];
  readonly lines?: readonly CartLine[];
  readonly payment_method?: string | null;
  readonly ship_to?: Destination | null;
  readonly shipments?: readonly CartShipment[] | null;
  readonly shipping_method?: string | null;
}

export interface CartLine {
  readonly configuration?: string | null;
  readonly quantity?: number | null;
  readonly quantity_exact?: string | null;
  readonly sku: string;
}

export interface CartFee {
  readonly amount_minor: number;
  readonly id: string;
  readonly price_includes_tax?: boolean | null;
  readonly tax_class?: string | null;
}

export interface CartShipment {
  readonly id: string;
  readonly shipping_method: string;
}
