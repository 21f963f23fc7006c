// SPDX-License-Identifier: Apache-2.0
#pragma once
// How much of an order is to be invoiced and to be credited, and what it amounts to.
//
//   to_invoice(order, line) == 2 of three ordered, one invoiced

#include <cstdint>
#include <optional>
#include <vector>

#include "tandem/order/order.hpp"

namespace tandem {

/// Ordered (or delivered, less returned) units of a line that no invoice bills yet; never below 0,
/// and 0 unless the order is confirmed.
[[nodiscard]] std::int64_t to_invoice(const Order& order, const Line& line);

/// Whether units of a line, or the shipping, that were billed cost more since: a revision made them
/// dearer, and an invoice without further units bills the rest.
[[nodiscard]] bool is_dearer(const Order& order, const Line& line);
[[nodiscard]] bool is_shipping_dearer(const Order& order);

/// Units of a line that an invoice billed and that are not the customer's to pay: canceled with the
/// order, returned, or billed beyond what was delivered.
[[nodiscard]] std::int64_t to_credit(const Order& order, const Line& line);

/// Units of a line that are the customer's to pay for good: ordered (or delivered), less returned.
[[nodiscard]] std::int64_t units_kept(const Order& order, const Line& line);

/// Units of a line that this invoice billed and no credit note took back.
[[nodiscard]] std::int64_t creditable(const Order& order, const Invoice& invoice,
                                      const LineId& line);

/// What these units amount to, after those that were billed before, and what was not billed of the
/// shipping. The invoice that bills the last units brings all invoices to what the order costs,
/// also when it was revised in between.
[[nodiscard]] Billed bill(const Order& order, const std::vector<LineQuantity>& lines);

/// What a credit note takes back of an invoice: the named units, at what that invoice billed for
/// them; and the shipping once the order is canceled.
[[nodiscard]] Billed credit(const Order& order, const Invoice& invoice,
                            const std::vector<LineQuantity>& lines);

/// What it takes back where none are named: all units of the invoice that are not the customer's to
/// pay any more, and, as lines without units, what it billed beyond what the order costs now.
[[nodiscard]] Billed credit_all(const Order& order, const Invoice& invoice);

/// A part of the whole order, as one sum with its taxes in proportion.
[[nodiscard]] Billed bill_part(const Order& order, std::int64_t total_minor);

/// What a credit note takes back of a down payment's invoice: all that no invoice deducted and no
/// credit note took back.
[[nodiscard]] Billed credit_down_payment(const Order& order, const Invoice& invoice);

/// Takes down payments off that were invoiced and neither deducted nor credited before.
void deduct_down_payments(const Order& order, Billed& billed);

}  // namespace tandem
