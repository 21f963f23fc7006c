// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small words that commands, events and views share: why an order was reopened, what was taken from
// stock, what a transfer moves.
//
//   StockTaken{.line = {"LAMP"}, .quantity = 2, .backordered = 1} for three lamps, two of them
//   there

#include <cstdint>
#include <string>

#include "tandem/base/enum.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

TANDEM_ENUM(ReopenCause, payment_failed, payment_canceled, attempt_expired, edited, staff,
            stock_gone)

/// Why a person has to look at an order; each is explained in the operator's guide.
TANDEM_ENUM(PersonCause, stock_gone, refund_impossible, void_impossible, money_unexpected,
            payment_lost)

TANDEM_ENUM(TransferStep, pick, pack, ship)

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

/// One line of a transfer when it is made.
struct TransferDemand {
  std::int64_t demanded = 0;
  LineId line;
  std::int64_t reserved = 0;
  Sku sku;

  friend bool operator==(const TransferDemand&, const TransferDemand&) = default;
};

template <>
struct Fields<TransferDemand> {
  static constexpr std::array list{
      required<&TransferDemand::demanded>("demanded"), required<&TransferDemand::line>("line"),
      required<&TransferDemand::reserved>("reserved"), required<&TransferDemand::sku>("sku")};
};

}  // namespace tandem
