// SPDX-License-Identifier: Apache-2.0
// The state of a checkout: plain data, a new object on each change. Lines that stayed as they were
// are the same objects as before.
import type { CustomerCommand } from './commands.js';
import type { Reason } from './generated/reasons.js';
import type { Rejection } from './outcome.js';
import type { OrderView } from './view.js';

/** A text per language, by BCP 47 tag. */
export type Translations = Readonly<Record<string, string>>;

export interface ShippingOption {
  readonly available: boolean;
  /** What it would cost, tax included; null when the cart cannot be priced with it. */
  readonly grossMinor: number | null;
  readonly label: Translations;
  readonly method: string;
  /** The customer fetches the goods. */
  readonly pickup: boolean;
  /** Why it cannot be chosen. */
  readonly reason: Reason | null;
}

export interface PaymentOption {
  readonly available: boolean;
  /** A wallet may fill in the whole checkout and pay with it. */
  readonly express: boolean;
  readonly label: Translations;
  readonly method: string;
  readonly provider: string;
  readonly reason: Reason | null;
}

/** What the core shows of a session. */
export interface SessionState {
  readonly orderId: string;
  /** The shop's number of the order, once it has one. */
  readonly orderNo: number | null;
  readonly paymentOptions: readonly PaymentOption[];
  /** How many commands the server has not answered. */
  readonly pending: number;
  /** Codes that only the server can judge; they have no effect on the totals yet. */
  readonly pendingCodes: readonly string[];
  /** What placing the order would answer now: the first fault, and further ones like it. */
  readonly place: { readonly possible: boolean; readonly rejection: Rejection | null };
  readonly quoteDigest: string;
  readonly shippingOptions: readonly ShippingOption[];
  readonly streamDigest: string;
  /** Why totals cannot be known here. While it is set, show "calculated at checkout" instead. */
  readonly unpriced: Rejection | null;
  /** The number of the last confirmed event. */
  readonly version: number;
  /** The order as its confirmed events and the pending commands make it. */
  readonly view: OrderView;
}

export type Connection = 'online' | 'offline' | 'saving';

export interface CheckoutState extends SessionState {
  readonly connection: Connection;
  /** The server runs another core than this page; it is being fetched, or could not be. */
  readonly coreOutdated: boolean;
}

/** A command that had been accepted here and came to nothing. */
export interface Notice {
  /** Who refused it: the server, or this core when it decided again on the server's events. */
  readonly by: 'server' | 'rebase';
  readonly rejection: Rejection;
  readonly sent: { readonly command: CustomerCommand; readonly commandId: string };
}
