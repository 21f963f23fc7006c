// SPDX-License-Identifier: Apache-2.0
#pragma once
// What events do outside their own order, in the same commit: entries in the ledgers of stock, of
// promotions, of gift cards and of invoice series, and work for the outbox. One function for the
// server's store and for `replay`.
//
//   evolve_with_effects(order, recorded, …).stock[0] == StockEntry{.held = 2, .sku = {"TEA-100"},
//   …}

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
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

/// By how much an event changes what is left on a gift card and what of it is held.
struct GiftCardEntry {
  std::int64_t balance_minor = 0;
  std::string code;
  std::int64_t held_minor = 0;

  friend bool operator==(const GiftCardEntry&, const GiftCardEntry&) = default;
};

/// A number that was taken of an invoice series; the next one follows it.
struct SeriesEntry {
  std::int64_t number = 0;
  std::string series;

  friend bool operator==(const SeriesEntry&, const SeriesEntry&) = default;
};

TANDEM_ENUM(OutboxKind, provider_start, provider_capture, provider_void, provider_refund, command,
            webhook, mail_payment_initiated, mail_payment_received, mail_order_confirmed,
            mail_order_canceled, mail_delivery_done, mail_invoice, mail_credit_note, mail_refund,
            mail_return, mail_cart_reminder, mail_quotation)

/// Work that must be done at least once after the commit. `subject` is the number of the attempt,
/// refund, transfer, invoice or return that it is about.
struct OutboxEntry {
  OutboxKind kind{};
  std::int64_t subject = 0;

  friend bool operator==(const OutboxEntry&, const OutboxEntry&) = default;
};

/// A command to another order.
struct OtherCommand {
  std::string order;
  Command command;
};

struct Effects {
  std::vector<StockEntry> stock;
  std::vector<PromotionEntry> promotions;
  std::vector<GiftCardEntry> gift_cards;
  std::vector<SeriesEntry> series;
  std::vector<OutboxEntry> outbox;
  std::vector<OtherCommand> others;
};

/// What the events of one decision do, given the order before them; takes the order past them. The
/// rules say whether a use of a promotion is given back when an order is canceled, the settings
/// which mails go out.
[[nodiscard]] Effects evolve_with_effects(Order& order, std::span<const Recorded> events,
                                          const Rules& rules, const Settings& settings);

/// The products of which some became free: waiting deliveries may be served.
[[nodiscard]] std::set<Sku> freed_by(const Effects& effects);

/// A command that falls due by itself.
struct Due {
  std::int64_t at_ms = 0;
  Command command;
};

/// What falls due on this order, earliest first: the end of its hold, of its payment attempts, of a
/// quotation or an unpaid order, and the reminder of a cart that was left.
[[nodiscard]] std::vector<Due> due(const Order& order, const Settings& settings);

/// When an order that nobody paid, or a quotation that nobody took up, expires; nothing while money
/// came or a payment runs.
[[nodiscard]] std::optional<std::int64_t> unpaid_deadline(const Order& order);

/// What the lines of an order have reserved and were promised, by the place of the open transfers
/// that are to move it.
[[nodiscard]] std::vector<StockTaken> taken_by(const Order& order);

/// What an order has of the stock of each product at each place.
struct StockOfOrder {
  std::int64_t reserved = 0;
  std::int64_t backordered = 0;
};
using StockPlace = std::pair<Sku, std::string>;
[[nodiscard]] std::map<StockPlace, StockOfOrder> stock_of(const Order& order);

}  // namespace tandem
