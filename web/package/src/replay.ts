// SPDX-License-Identifier: Apache-2.0
// What `replay` reads and answers, in the wire's spelling, so that a script can be pasted from a
// file and an answer into one.
import type { Offer } from './documents.js';
import type { OrderEvent } from './events.js';
import type { Rejection } from './outcome.js';
import type { Rules } from './rules.js';
import type { AnyCommand } from './staff-commands.js';
import type { OrderView } from './view.js';

type WireName<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${WireName<Rest>}`
    : `_${Lowercase<First>}${WireName<Rest>}`
  : Name;

/** The same with its keys as they are on the wire. */
export type Wire<T> = T extends readonly (infer Element)[]
  ? readonly Wire<Element>[]
  : T extends object
    ? { readonly [Key in keyof T as Key extends string ? WireName<Key> : never]: Wire<T[Key]> }
    : T;

export type Actor =
  | { readonly class: 'customer'; readonly id?: string }
  | {
      readonly class: 'staff';
      readonly id?: string;
      readonly role: 'sales' | 'warehouse' | 'accounting' | 'admin';
    }
  | { readonly class: 'provider'; readonly provider: string }
  | { readonly class: 'system' };

/** An amount, or what it is at that moment. */
type Amount = number | 'due' | 'owed' | 'refundable';
/** A digest that was shown: now, or after an earlier entry. */
type ShownDigest = string | { readonly after: number };

type WithStandIns<T> = T extends unknown
  ? {
      readonly [Key in keyof T]: Key extends 'amount_minor'
        ? Amount | Extract<T[Key], null | undefined>
        : Key extends 'expected_digest'
          ? ShownDigest | Extract<T[Key], null | undefined>
          : T[Key];
    }
  : never;

export type ScriptCommand = WithStandIns<Wire<AnyCommand>>;

/** What of a shop a script is given, and may change: rows are merged by their name. */
export interface ShopFacts {
  readonly coupons?: readonly { readonly code: string; readonly promotion?: string | null }[];
  readonly customers?: readonly ScriptCustomer[];
  readonly gift_cards?: readonly ScriptGiftCard[];
  readonly offers?: readonly Partial<Offer>[];
  readonly rules?: Partial<Rules>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly stock?: readonly ScriptStock[];
}

export interface ScriptCustomer {
  readonly email?: string | null;
  readonly group?: string | null;
  readonly id: string;
  readonly name?: string | null;
  readonly reminders?: boolean | null;
  readonly salesperson?: string | null;
}

export interface ScriptGiftCard {
  readonly balance_minor?: number | null;
  readonly code: string;
  readonly expires_ms?: number | null;
}

export interface ScriptStock {
  /** A physical count: a fact, even below what is reserved. */
  readonly count?: boolean;
  readonly location?: string;
  readonly on_hand?: number | null;
  readonly safety_stock?: number | null;
  readonly sku: string;
}

/** A command, facts that change, or time that passes. */
export type ScriptEntry =
  | {
      readonly actor: Actor;
      readonly at_ms: number;
      readonly command: ScriptCommand;
      readonly command_id?: string;
      readonly order: string;
    }
  | { readonly at_ms: number; readonly set: ShopFacts }
  | { readonly at_ms: number };

export interface ReplayScript extends ShopFacts {
  readonly format: 1;
  readonly script: readonly ScriptEntry[];
}

/** What an entry led to: its events or its refusal, and what followed by itself. */
export interface ReplayStep {
  readonly caused: readonly {
    readonly at_ms: number;
    readonly events: readonly OrderEvent[];
    readonly order: string;
  }[];
  readonly events?: readonly OrderEvent[];
  readonly order: string | null;
  readonly rejected?: Rejection;
}

export interface ReplayAnswer {
  readonly coupons: readonly {
    readonly code: string;
    readonly held: number;
    readonly promotion: string;
    readonly uses: number;
  }[];
  readonly gift_cards: readonly {
    readonly balance_minor: number;
    readonly code: string;
    readonly held_minor: number;
  }[];
  readonly orders: Readonly<Record<string, Wire<OrderView>>>;
  readonly outbox: readonly { readonly kind: string; readonly order: string }[];
  readonly promotions: readonly {
    readonly held: number;
    readonly promotion: string;
    readonly uses: number;
  }[];
  readonly steps: readonly ReplayStep[];
  readonly stock: readonly {
    readonly available: number;
    readonly backordered: number;
    readonly held: number;
    readonly location: string;
    readonly on_hand: number;
    readonly reserved: number;
    readonly sku: string;
  }[];
  readonly stream_digests: Readonly<Record<string, string>>;
}
