// SPDX-License-Identifier: Apache-2.0
// Events of an order's records: payments and refunds, transfers, returns, invoices.
import type { ReturnDemand } from './commands.js';
import type { LineQuantity, ReceivedLine } from './staff-commands.js';

export type TransferStep = 'pick' | 'pack' | 'ship';

export interface RefundedLine {
  readonly amount_minor: number;
  readonly line_id: string;
  readonly quantity: number;
}
export interface TransferDemand {
  readonly demanded: number;
  readonly line: string;
  readonly reserved: number;
  readonly sku: string;
}
/** Of what was done: `reserved` before, `backordered` promised beyond; `canceled` never comes. */
export interface TransferDoneLine {
  readonly backordered: number;
  readonly canceled: number;
  readonly line: string;
  readonly quantity: number;
  readonly reserved: number;
  readonly sku: string;
}
export interface ExchangeLine {
  readonly line: string;
  readonly quantity: number;
  readonly reserved: number;
  readonly sku: string;
  /** Whether the stock of what goes out is counted. */
  readonly tracked: boolean;
}
export interface BilledLine {
  readonly gross_minor: number;
  readonly line_id: string;
  readonly net_minor: number;
  readonly quantity: number;
  readonly tax_minor: number;
  readonly taxes: readonly BilledTax[];
}
export interface BilledShipping {
  readonly gross_minor: number;
  readonly net_minor: number;
  readonly tax_minor: number;
  readonly taxes: readonly BilledTax[];
}
export interface BilledTax {
  readonly amount_minor: number;
  readonly base_minor: number;
  readonly tax: string;
}

export interface PaymentStartedEvent {
  readonly type: 'payment_started';
  readonly amount_minor: number;
  readonly attempt: number;
  readonly expires_ms?: number | null;
  readonly method: string;
  readonly provider: string;
}
/** The order was edited; the attempt counts no more. */
export interface PaymentSupersededEvent {
  readonly type: 'payment_superseded';
  readonly attempt: number;
}
export interface PaymentPendingEvent {
  readonly type: 'payment_pending';
  readonly attempt: number;
  readonly occurred_ms?: number | null;
  readonly reference?: string | null;
}
export interface PaymentAuthorizedEvent {
  readonly type: 'payment_authorized';
  readonly amount_minor: number;
  readonly attempt: number;
  readonly occurred_ms?: number | null;
  readonly reference?: string | null;
}
export interface CaptureRequestedEvent {
  readonly type: 'capture_requested';
  readonly amount_minor: number;
  readonly attempt: number;
}
export interface PaymentCapturedEvent {
  readonly type: 'payment_captured';
  readonly amount_minor: number;
  readonly attempt: number;
  readonly occurred_ms?: number | null;
  readonly reference?: string | null;
}
export interface CaptureFailedEvent {
  readonly type: 'capture_failed';
  readonly attempt: number;
  readonly occurred_ms?: number | null;
  readonly reason?: string | null;
  readonly reference?: string | null;
}
export interface PaymentFailedEvent {
  readonly type: 'payment_failed';
  readonly attempt: number;
  readonly occurred_ms?: number | null;
  readonly reason?: string | null;
  readonly reference?: string | null;
}
export interface PaymentCanceledEvent {
  readonly type: 'payment_canceled';
  readonly attempt: number;
  readonly occurred_ms?: number | null;
  readonly reference?: string | null;
}
export interface VoidRequestedEvent {
  readonly type: 'void_requested';
  readonly attempt: number;
}
export interface PaymentVoidedEvent {
  readonly type: 'payment_voided';
  readonly attempt: number;
  readonly occurred_ms?: number | null;
  readonly reference?: string | null;
}
export interface VoidFailedEvent {
  readonly type: 'void_failed';
  readonly attempt: number;
  readonly occurred_ms?: number | null;
  readonly reason?: string | null;
  readonly reference?: string | null;
}
/** Money that a person saw. */
export interface PaymentRecordedEvent {
  readonly type: 'payment_recorded';
  readonly amount_minor: number;
  readonly attempt: number;
  readonly method: string;
  readonly provider: string;
  readonly reference?: string | null;
}
/** One per payment, oldest payment first. */
export interface RefundRequestedEvent {
  readonly type: 'refund_requested';
  readonly amount_minor: number;
  readonly attempt?: number | null;
  /** The gift card that gets it back, in place of a payment. */
  readonly gift_card?: string | null;
  readonly lines: readonly RefundedLine[];
  readonly refund: number;
  readonly return?: number | null;
  readonly shipping_minor: number;
}
export interface RefundSucceededEvent {
  readonly type: 'refund_succeeded';
  readonly occurred_ms?: number | null;
  readonly reference?: string | null;
  readonly refund: number;
}
export interface RefundFailedEvent {
  readonly type: 'refund_failed';
  readonly occurred_ms?: number | null;
  readonly reason?: string | null;
  readonly reference?: string | null;
  readonly refund: number;
}
export interface PaymentChargedBackEvent {
  readonly type: 'payment_charged_back';
  readonly amount_minor: number;
  readonly attempt: number;
  readonly occurred_ms?: number | null;
  readonly reference?: string | null;
}

export interface TransferCreatedEvent {
  readonly type: 'transfer_created';
  /** The return whose goods it replaces. */
  readonly exchange_of?: number | null;
  readonly lines: readonly TransferDemand[];
  readonly location: string;
  /** The transfer that moves these units no more. */
  readonly split_of?: number | null;
  readonly step: TransferStep;
  readonly transfer: number;
}
export interface TransferReadyEvent {
  readonly type: 'transfer_ready';
  readonly transfer: number;
}
/** What was reserved for it is gone. */
export interface TransferWaitingEvent {
  readonly type: 'transfer_waiting';
  readonly transfer: number;
}
export interface TransferDoneEvent {
  readonly type: 'transfer_done';
  readonly lines: readonly TransferDoneLine[];
  readonly tracking: string | readonly string[] | null;
  readonly transfer: number;
}
export interface TransferCanceledEvent {
  readonly type: 'transfer_canceled';
  readonly transfer: number;
}
export interface BackorderCreatedEvent {
  readonly type: 'backorder_created';
  readonly backorder_of: number;
  readonly lines: readonly TransferDemand[];
  readonly location: string;
  readonly step: TransferStep;
  readonly transfer: number;
}
/** The carrier's word. */
export interface TransferDeliveredEvent {
  readonly type: 'transfer_delivered';
  readonly delivered_ms: number;
  readonly transfer: number;
}
/** Goods in place of money. */
export interface ExchangeCreatedEvent {
  readonly type: 'exchange_created';
  readonly lines: readonly ExchangeLine[];
  readonly location: string;
  readonly return: number;
  readonly step: TransferStep;
  readonly transfer: number;
}
export interface ReturnRequestedEvent {
  readonly type: 'return_requested';
  readonly lines: readonly ReturnDemand[];
  readonly return: number;
}
export interface ReturnApprovedEvent {
  readonly type: 'return_approved';
  readonly lines: readonly LineQuantity[];
  readonly return: number;
}
export interface ReturnRejectedEvent {
  readonly type: 'return_rejected';
  readonly return: number;
}
export interface ReturnCanceledEvent {
  readonly type: 'return_canceled';
  readonly return: number;
}
export interface ReturnReceivedEvent {
  readonly type: 'return_received';
  readonly lines: readonly ReceivedLine[];
  readonly location: string;
  readonly return: number;
}
export interface ReturnClosedEvent {
  readonly type: 'return_closed';
  readonly return: number;
}

export interface InvoiceDraftedEvent {
  readonly type: 'invoice_drafted';
  readonly deducted_minor: number;
  readonly invoice: number;
  readonly kind: 'invoice' | 'down_payment' | 'credit_note';
  readonly lines: readonly BilledLine[];
  readonly net_minor: number;
  readonly shipping: BilledShipping;
  readonly tax_minor: number;
  readonly taxes: readonly BilledTax[];
  readonly total_minor: number;
}
export interface InvoicePostedEvent {
  readonly type: 'invoice_posted';
  readonly invoice: number;
  readonly number: number;
  readonly series: string;
}
export interface InvoiceCanceledEvent {
  readonly type: 'invoice_canceled';
  readonly invoice: number;
}
export interface CreditNotePostedEvent {
  readonly type: 'credit_note_posted';
  readonly invoice: number;
  readonly lines: readonly BilledLine[];
  readonly net_minor: number;
  readonly number: number;
  readonly of: number;
  readonly series: string;
  readonly shipping: BilledShipping;
  readonly tax_minor: number;
  readonly taxes: readonly BilledTax[];
  readonly total_minor: number;
}

export type PaymentEvent =
  | PaymentStartedEvent
  | PaymentSupersededEvent
  | PaymentPendingEvent
  | PaymentAuthorizedEvent
  | CaptureRequestedEvent
  | PaymentCapturedEvent
  | CaptureFailedEvent
  | PaymentFailedEvent
  | PaymentCanceledEvent
  | VoidRequestedEvent
  | PaymentVoidedEvent
  | VoidFailedEvent
  | PaymentRecordedEvent
  | RefundRequestedEvent
  | RefundSucceededEvent
  | RefundFailedEvent
  | PaymentChargedBackEvent;

/** What is moved to the customer and back. */
export type GoodsEvent =
  | TransferCreatedEvent
  | TransferReadyEvent
  | TransferWaitingEvent
  | TransferDoneEvent
  | TransferCanceledEvent
  | BackorderCreatedEvent
  | TransferDeliveredEvent
  | ExchangeCreatedEvent
  | ReturnRequestedEvent
  | ReturnApprovedEvent
  | ReturnRejectedEvent
  | ReturnCanceledEvent
  | ReturnReceivedEvent
  | ReturnClosedEvent;

export type InvoiceEvent =
  InvoiceDraftedEvent | InvoicePostedEvent | InvoiceCanceledEvent | CreditNotePostedEvent;
