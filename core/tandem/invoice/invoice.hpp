// SPDX-License-Identifier: Apache-2.0
#pragma once
// An invoice, a down payment's invoice, or a credit note, and its states. What is posted stays: it
// is corrected by a credit note that refers to it.
//
// draft: no number yet. posted: has the next number of its series. canceled: never had one.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/transitions.hpp"
#include "tandem/invoice/words.hpp"
#include "tandem/order/words.hpp"
#include "tandem/pricing/quote.hpp"

namespace tandem {

TANDEM_ENUM(InvoiceState, draft, posted, canceled)

TANDEM_ENUM(InvoiceAction, post, cancel)

inline constexpr std::array kInvoiceTransitions{
    Transition{InvoiceState::draft, InvoiceAction::post, InvoiceState::posted},
    Transition{InvoiceState::draft, InvoiceAction::cancel, InvoiceState::canceled},
};
static_assert(every_state_reachable(kInvoiceTransitions, InvoiceState::draft));
static_assert(final_states_are(kInvoiceTransitions,
                               {InvoiceState::posted, InvoiceState::canceled}));
static_assert(rows_are_unambiguous(kInvoiceTransitions));

/// The amounts of an invoice. `total` is what it asks for, down payments deducted.
struct Billed {
  std::vector<InvoiceLine> lines;
  InvoiceShipping shipping;
  std::vector<InvoiceTax> taxes;
  std::int64_t net_minor = 0;
  std::int64_t tax_minor = 0;
  std::int64_t total_minor = 0;
  std::int64_t deducted_minor = 0;
};

/// The line of the quote that an invoice's line was drawn from, and the first of its units.
struct BilledFrom {
  std::int64_t first = 0;
  QuoteLine line;
};

struct Invoice {
  std::int64_t number = 0;  // 1, 2, … in its order
  InvoiceKind kind = InvoiceKind::invoice;
  InvoiceState state = InvoiceState::draft;
  std::string series;
  std::optional<std::int64_t> posted_number;  // 1, 2, … in its series
  std::optional<std::int64_t> posted_ms;
  std::optional<std::int64_t> of;             // of a credit note
  Billed billed;
  std::vector<BilledFrom> from;  // of billed.lines, in their order
  bool frees_units = false;  // a credit note from before the order was confirmed again

  [[nodiscard]] bool is_credit() const { return kind == InvoiceKind::credit_note; }
  /// Whether its units count against what is still to be invoiced. Those that a credit note took
  /// back stay billed: they were paid for and came back. Only what was credited of a canceled order
  /// is billed anew once that is confirmed again.
  [[nodiscard]] bool bills() const { return !is_credit() && state != InvoiceState::canceled; }
};

}  // namespace tandem
