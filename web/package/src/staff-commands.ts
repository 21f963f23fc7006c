// SPDX-License-Identifier: Apache-2.0
// What the shop's staff may ask of an order, by role. An admin may send each of them, and sales
// every command of a customer besides.
import type { CustomerCommand } from './commands.js';
import type { OutsideCommand } from './outside-commands.js';

/** How a revised order is priced: by what was agreed, by the rules of then, or by today's. */
export type RevisionTerms = 'stored_shares' | 'original_rules' | 'today';

/** What becomes of goods that came back: sold again, set aside, thrown away. */
export type Disposition = 'restock' | 'quarantine' | 'scrap';

/** An absolute quantity of a line, or of a product that is added; 0 takes the line away. */
export interface QuantityChange {
  readonly line?: string | null;
  readonly quantity: number;
  readonly sku?: string | null;
}
export interface LineQuantity {
  readonly line: string;
  readonly quantity: number;
}
/** Other goods than came back when `sku` is named. */
export interface ExchangedLine {
  readonly line: string;
  readonly quantity: number;
  readonly sku?: string | null;
}
/** What came back of one line, and what becomes of the accepted units. */
export interface ReceivedLine {
  readonly accepted?: number;
  readonly disposition?: Disposition;
  readonly line: string;
  readonly rejected?: number;
}

/** A quotation made by staff goes to the customer; nothing is set aside for it. */
export interface SendQuotation {
  readonly type: 'send_quotation';
}
/** Reserves the goods, from a quotation or from one that was sent. */
export interface ConfirmOrder {
  readonly type: 'confirm_order';
}
/** A sent or canceled order becomes a quotation again. */
export interface ReopenOrder {
  readonly type: 'reopen_order';
}
/** Changes a placed order. Moves no money. */
export interface ReviseOrder {
  readonly type: 'revise_order';
  readonly changes: readonly QuantityChange[];
  readonly couponsAdd?: readonly string[];
  readonly couponsRemove?: readonly string[];
  readonly expectedDigest?: string | null;
  readonly shippingMethod?: string | null;
  readonly terms?: RevisionTerms;
}
/** Who of the shop looks after the order. */
export interface Assign {
  readonly type: 'assign';
  readonly salesperson?: string | null;
  readonly team?: string | null;
}
/** Nobody edits, cancels, reopens, confirms or revises a locked order. */
export interface LockOrder {
  readonly type: 'lock_order';
}
export interface UnlockOrder {
  readonly type: 'unlock_order';
}
export interface AddNote {
  readonly type: 'add_note';
  readonly text: string;
}
/** All that was requested when no lines are named. */
export interface ApproveReturn {
  readonly type: 'approve_return';
  readonly lines?: readonly LineQuantity[] | null;
  readonly return: number;
}
export interface RejectReturn {
  readonly type: 'reject_return';
  readonly reason: string;
  readonly return: number;
}
/** Sends goods in place of money: the same as came back when no lines are named. */
export interface ExchangeReturn {
  readonly type: 'exchange_return';
  readonly lines?: readonly ExchangedLine[] | null;
  readonly return: number;
}

/** All that is reserved when no lines are named. `backorder`: whether what is missing follows. */
export interface CompleteTransfer {
  readonly type: 'complete_transfer';
  readonly backorder?: boolean | null;
  readonly lines?: readonly LineQuantity[] | null;
  readonly tracking?: string | readonly string[];
  readonly transfer: number;
}
/** Reserves what has become free for what is missing. */
export interface CheckAvailability {
  readonly type: 'check_availability';
  readonly transfer: number;
}
/** What was not moved is canceled and its stock is free again. */
export interface CancelTransfer {
  readonly type: 'cancel_transfer';
  readonly transfer: number;
}
/** The carrier's word that the goods were handed over; now when no time is named. */
export interface RecordDelivery {
  readonly type: 'record_delivery';
  readonly deliveredMs?: number | null;
  readonly transfer: number;
}
/** What came back, and what becomes of it. Without a location it goes to the main one. */
export interface ReceiveReturn {
  readonly type: 'receive_return';
  readonly lines: readonly ReceivedLine[];
  readonly location?: string | null;
  readonly return: number;
}

/** All that is left of what was authorized, or a part. */
export interface CapturePayment {
  readonly type: 'capture_payment';
  readonly amountMinor?: number | null;
  readonly attempt: number;
}
export interface VoidPayment {
  readonly type: 'void_payment';
  readonly attempt: number;
}
/** Money that was seen on the bank statement or in the till. */
export interface RecordPayment {
  readonly type: 'record_payment';
  readonly amountMinor: number;
  readonly method: string;
  readonly reference?: string | null;
}
/** By amount, by lines or by return; all that is refundable when nothing is named. */
export interface RefundPayment {
  readonly type: 'refund';
  readonly amountMinor?: number | null;
  readonly attempt?: number | null;
  readonly lines?: readonly LineQuantity[] | null;
  readonly reason?: string | null;
  readonly return?: number | null;
  readonly shipping?: boolean;
}
/** All that is to be invoiced when no lines are named. */
export interface CreateInvoice {
  readonly type: 'create_invoice';
  readonly draft?: boolean;
  readonly lines?: readonly LineQuantity[] | null;
}
export interface PostInvoice {
  readonly type: 'post_invoice';
  readonly invoice: number;
}
export interface CancelInvoice {
  readonly type: 'cancel_invoice';
  readonly invoice: number;
}
/** What is to be credited when no lines are named. */
export interface CreateCreditNote {
  readonly type: 'create_credit_note';
  readonly invoice: number;
  readonly lines?: readonly LineQuantity[] | null;
}
/** A person has looked at the order. */
export interface ResolvePerson {
  readonly type: 'resolve_person';
  readonly note: string;
}

/** Deletes parts of the events so far: address, contact, note, reason; all when none is named. */
export interface ErasePersonalData {
  readonly type: 'erase_personal_data';
  readonly parts?: readonly string[] | null;
}

/** What sales may send. */
export type SalesCommand =
  | SendQuotation
  | ConfirmOrder
  | ReopenOrder
  | ReviseOrder
  | Assign
  | LockOrder
  | UnlockOrder
  | AddNote
  | ApproveReturn
  | RejectReturn
  | ExchangeReturn;
/** What warehouse staff may send. */
export type WarehouseCommand =
  CompleteTransfer | CheckAvailability | CancelTransfer | RecordDelivery | ReceiveReturn;
/** What an accountant may send. */
export type AccountingCommand =
  | CapturePayment
  | VoidPayment
  | RecordPayment
  | RefundPayment
  | CreateInvoice
  | PostInvoice
  | CancelInvoice
  | CreateCreditNote
  | ResolvePerson;

/** Every command of the staff's own. */
export type StaffCommand = SalesCommand | WarehouseCommand | AccountingCommand | ErasePersonalData;

/** Everything that can be asked of an order. */
export type AnyCommand = CustomerCommand | StaffCommand | OutsideCommand;
