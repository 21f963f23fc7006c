// SPDX-License-Identifier: Apache-2.0
// Everything that can happen to an order, as `replay` and a server's feed tell it.
import type { CartEvent } from './cart-events.js';
import type { StatusEvent } from './order-events.js';
import type { GoodsEvent, InvoiceEvent, PaymentEvent } from './record-events.js';

export type OrderEvent = CartEvent | StatusEvent | PaymentEvent | GoodsEvent | InvoiceEvent;

export type * from './cart-events.js';
export type * from './order-events.js';
export type * from './record-events.js';
