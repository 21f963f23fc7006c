// SPDX-License-Identifier: Apache-2.0
// tandem-checkout: a checkout that computes the cart in the browser with the server's own rules.
//
//   const checkout = await Checkout.open({ core: load() });
//   checkout.apply({ type: 'add_line', sku: 'TEA-100', quantity: 2 });
export { load, type LoadOptions } from './load.js';
export { Core, type VerbText } from './core.js';
export type { Account } from './account.js';
export type * from './account-state.js';
export { Checkout } from './checkout.js';
export { ShopUnreachableError, type CheckoutOptions } from './opening.js';
export { CheckoutEvents, type CheckoutEventMap } from './checkout-events.js';
export { formatMoney, localDigits, type MoneyFormat, type MoneyUnit } from './money.js';
export { formatQuantity, hasUnitName } from './quantity.js';
export { MemoryStorage, type CheckoutStorage, type KeptOrder, type KeptRules } from './storage.js';
export type { Environment, Timer } from './environment.js';
export type { CoreAnswer } from './transport.js';
export type * from './commands.js';
export type * from './documents.js';
export type * from './outcome.js';
export type * from './promotions.js';
export type * from './quote.js';
export type * from './results.js';
export type * from './rules.js';
export type * from './view.js';
export type {
  CheckoutState,
  Connection,
  Notice,
  PaymentOption,
  SessionState,
  ShippingOption,
} from './state.js';
export type { Reason, RetryReason } from './generated/reasons.js';
