// SPDX-License-Identifier: Apache-2.0
// What a checkout tells: one event type per thing that can happen, each with its own detail.
import type { AccountState } from './account-state.js';
import type { CheckoutState, Notice } from './state.js';
import type { Rejection } from './outcome.js';

export interface CheckoutEventMap {
  /** The state is another one. */
  changed: CustomEvent<CheckoutState>;
  /** A command that had been accepted here came to nothing. */
  rejected: CustomEvent<Notice>;
  /** Every command is answered. */
  synced: CustomEvent<CheckoutState>;
  offline: CustomEvent<CheckoutState>;
  online: CustomEvent<CheckoutState>;
  /** The server runs another core; it is being fetched. */
  'core-outdated': CustomEvent<CheckoutState>;
  /** Somebody is signed in, or nobody any more. */
  account: CustomEvent<AccountState>;
  /** The server refused a whole request; the commands stay pending. */
  failed: CustomEvent<Rejection>;
}

/** An EventTarget whose events are typed. */
export class CheckoutEvents extends EventTarget {
  override addEventListener<Name extends keyof CheckoutEventMap>(
    type: Name,
    listener: ((event: CheckoutEventMap[Name]) => void) | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: unknown,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener as EventListener | null, options);
  }

  override removeEventListener<Name extends keyof CheckoutEventMap>(
    type: Name,
    listener: ((event: CheckoutEventMap[Name]) => void) | null,
    options?: boolean | EventListenerOptions,
  ): void;
  override removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
  override removeEventListener(
    type: string,
    listener: unknown,
    options?: boolean | EventListenerOptions,
  ): void {
    super.removeEventListener(type, listener as EventListener | null, options);
  }

  /** @internal */
  protected tell<Name extends keyof CheckoutEventMap>(
    type: Name,
    detail: CheckoutEventMap[Name]['detail'],
  ): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
