// SPDX-License-Identifier: Apache-2.0
#pragma once
// Invoices and credit notes: by ordered or delivered quantities, by hand or by themselves, with
// amounts that are the stored shares of the units they bill.
//
//   create_invoice(d, {})   // drafts and posts all that is to be invoiced

#include "tandem/invoice/amounts.hpp"
#include "tandem/order/decider.hpp"

namespace tandem {

/// Refuses, in this order: not_confirmed, line_unknown, quantity_not_positive, nothing_to_invoice
/// (limit: what is left of a line).
Result<void> create_invoice(Decider& d, const CreateInvoice& command);

/// Refuses, in this order: invoice_unknown, invoice_posted, invoice_canceled.
Result<void> post_invoice(Decider& d, const PostInvoice& command);

/// Only drafts can be canceled. Refuses, in this order: invoice_unknown, invoice_posted,
/// invoice_canceled.
Result<void> cancel_invoice(Decider& d, const CancelInvoice& command);

/// Refuses, in this order: invoice_unknown (also one that is not posted, or a credit note),
/// line_unknown, quantity_not_positive, nothing_to_invoice (nothing is to be credited),
/// credit_exceeds_invoiced.
Result<void> create_credit_note(Decider& d, const CreateCreditNote& command);

/// What the shop invoices by itself when an order is paid or shipped: all that is to be invoiced
/// once it is fully paid; a down payment when it is confirmed by a part of its amount.
void invoice_automatically(Decider& d);

}  // namespace tandem
