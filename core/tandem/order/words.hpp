// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small words that commands, events and views share: why an order was reopened, who has to look at
// it, what was taken from stock.
//
//   StockTaken{.backordered = 1, .line = {"LAMP"}, .quantity = 2} for three lamps, two of them
//   there

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

TANDEM_ENUM(ReopenCause, payment_failed, payment_canceled, attempt_expired, payment_voided, edited,
            staff, stock_gone)

TANDEM_ENUM(CancelCause, customer, staff, expired, merged)

/// Why a person has to look at an order; each is explained in the operator's guide.
TANDEM_ENUM(PersonCause, stock_gone, refund_impossible, void_impossible, money_unexpected,
            payment_lost, capture_failed, void_failed, refund_failed, charged_back)

/// Why a cart that was left gets no reminder; the first that holds.
TANDEM_ENUM(SkipReason, switched_off, older_than_switch, no_address, no_consent, unsubscribed,
            payment_failed, nothing_priced, bought_since, reminded_already, sold_out)

/// The one place goods lie in until a shop names more.
inline constexpr std::string_view kMainLocation = "main";

/// What one line takes from stock: `quantity` from what is there, `backordered` promised beyond it.
struct StockTaken {
  std::int64_t backordered = 0;
  LineId line;
  std::string location;
  std::int64_t quantity = 0;
  Sku sku;

  friend bool operator==(const StockTaken&, const StockTaken&) = default;
};
template <>
struct Fields<StockTaken> {
  static constexpr std::array list{
      required<&StockTaken::backordered>("backordered"), required<&StockTaken::line>("line"),
      required<&StockTaken::location>("location"), required<&StockTaken::quantity>("quantity"),
      required<&StockTaken::sku>("sku")};
};

struct LineQuantity {
  LineId line;
  std::int64_t quantity = 0;

  friend bool operator==(const LineQuantity&, const LineQuantity&) = default;
};
template <>
struct Fields<LineQuantity> {
  static constexpr std::array list{required<&LineQuantity::line>("line"),
                                   required<&LineQuantity::quantity>("quantity")};
};

/// Kept for later when carts were merged.
struct SavedLine {
  std::optional<std::string> configuration;
  std::int64_t quantity = 0;
  Sku sku;

  friend bool operator==(const SavedLine&, const SavedLine&) = default;
};
template <>
struct Fields<SavedLine> {
  static constexpr std::array list{optional<&SavedLine::configuration>("configuration"),
                                   required<&SavedLine::quantity>("quantity"),
                                   required<&SavedLine::sku>("sku")};
};

}  // namespace tandem
