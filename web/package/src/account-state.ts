// SPDX-License-Identifier: Apache-2.0
// What is known of the customer's account: plain data, as the server tells it.
import type { Address } from './commands.js';
import type { Rejection } from './outcome.js';

/** A customer who is signed in. */
export interface Customer {
  readonly id: string;
  readonly email: string | null;
  /** Decides which prices the customer sees. */
  readonly group: string | null;
  readonly name: string | null;
  readonly reminders: boolean;
}

/** `unknown` until the server was asked for the first time. */
export type AccountState =
  | { readonly status: 'unknown' | 'guest'; readonly customer: null }
  | { readonly status: 'signed_in'; readonly customer: Customer };

/** What signing in, or finding somebody signed in, did to the cart. */
export interface Settled {
  readonly customer: Customer;
  /** Whether the cart holds something else than before: goods of the account's own cart, say. */
  readonly cartChanged: boolean;
  /** Why the account's own cart could not be taken up; it stays as it is. */
  readonly refused: Rejection | null;
}

/** One entry of the address book. */
export interface BookAddress {
  readonly id: string;
  readonly address: Address;
  readonly updatedMs: number;
}

/** A row of the account's list of orders. */
export interface OwnOrder {
  readonly id: string;
  readonly orderNo: number;
  readonly currency: string;
  readonly totalMinor: number;
  readonly state: string;
  readonly payment: string;
  readonly delivery: string;
  readonly placedMs: number | null;
  readonly updatedMs: number;
}

export interface OwnOrders {
  /** What asks for the next page; null on the last one. */
  readonly cursor: string | null;
  readonly orders: readonly OwnOrder[];
}

export type AccountResult<Value> =
  | { readonly status: 'done'; readonly value: Value }
  | {
      readonly status: 'rejected';
      readonly rejection: Rejection;
      /** After which time it may be asked again; null when nothing was said of it. */
      readonly retryAfterMs: number | null;
    }
  /** No answer came. Asking again does no harm. */
  | { readonly status: 'offline' };
