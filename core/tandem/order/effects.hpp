// SPDX-License-Identifier: Apache-2.0
#pragma once
// What events do outside their own order, in the same commit: entries in the ledgers of stock and
// of promotions, and work for the outbox. One function for the server's store and for `replay`.
//
//   effects_of(order, recorded, rules).stock[0] == StockEntry{.held = 2, .sku = {"TEA-100"}, …}

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/catalog/rules.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/order.hpp"
#include "tandem/order/record.hpp"
#include "tandem/order/settings.hpp"

namespace tandem {

/// By how much an event changes the figures of one product at one place.
struct StockEntry {
  std::int64_t backordered = 0;
  std::int64_t held = 0;
  std::string location;
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  Sku sku;

  friend bool operator==(const StockEntry&, const StockEntry&) = default;
};

/// By how much an event changes how often a promotion was used or is held for use.
struct PromotionEntry {
  std::optional<std::string> code;  // the code it was used by
  std::int64_t held = 0;
  PromotionId promotion;
  std::int64_t uses = 0;

  friend bool operator==(const PromotionEntry&, const PromotionEntry&) = default;
};

TANDEM_ENUM(OutboxKind, provider_start, provider_void, provider_refund, mail_payment_initiated,
            mail_payment_received, mail_order_confirmed, mail_order_canceled)

/// Work that must be done at least once after the commit. `subject` is the attempt or refund.
struct OutboxEntry {
  OutboxKind kind{};
  std::int64_t subject = 0;

  friend bool operator==(const OutboxEntry&, const OutboxEntry&) = default;
};

struct Effects {
  std::vector<StockEntry> stock;
  std::vector<PromotionEntry> promotions;
  std::vector<OutboxEntry> outbox;
};

/// What the events of one decision do, given the order before them. The rules say whether a use of
/// a promotion is given back when an order is canceled.
[[nodiscard]] Effects effects_of(Order before, std::span<const Recorded> events,
                                 const Rules& rules);

/// A command that falls due by itself.
struct Due {
  std::int64_t at_ms = 0;
  Command command;
};

/// What falls due on this order, earliest first: the end of its hold, of its payment attempts.
[[nodiscard]] std::vector<Due> due(const Order& order);

}  // namespace tandem
