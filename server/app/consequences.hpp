// SPDX-License-Identifier: Apache-2.0
#pragma once
// What one order, or a change of stock, leads to on other orders: commands of the shop itself,
// which stand in the outbox from the same commit on and are carried out soon after. Each is carried
// out once: its key in the outbox makes the command's id.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/movements.hpp"
#include "commit/scope.hpp"

namespace tandem::app {

/// Puts a command to an order into the outbox. `cause` and the order name it uniquely.
[[nodiscard]] Task put_command(std::int64_t order_no, const Command& command,
                               const std::string& cause, commit::Scope& scope);

/// The id under which a command from the outbox is carried out.
[[nodiscard]] CommandId command_id_of(const std::string& dedupe_key);

/// What an order has reserved and waits for.
[[nodiscard]] commit::StockOfOrder stock_of_order(const Order& order, std::int64_t order_no);

/// Keeps what the order has reserved and waits for, when a step has changed it.
void note_stock_of(const Step& step, commit::Scope& scope);

/// Asks the orders that wait for these products to take what became free, in the core's order.
[[nodiscard]] std::vector<Task> serve_waiting_orders(std::span<const std::string> skus,
                                                     const std::string& cause,
                                                     commit::Scope& scope);

/// How much is on hand of a product, as staff say it. `on_hand` none: it stays, but for what has
/// come.
struct Adjustment {
  std::string sku;
  std::string place{kMainLocation};
  std::optional<std::int64_t> on_hand;
  std::int64_t received = 0;  // more than there was, whatever that is
  std::optional<std::int64_t> safety_stock;
  bool count = false;  // a physical count: a fact, whatever is reserved
  std::string actor;
  std::string reason;
};

/// Adjusts a counter; what arrived is offered to those who wait, what is missing is taken from the
/// orders that were confirmed last. Refuses, in this order: on_hand_negative,
/// on_hand_below_reserved.
[[nodiscard]] Result<std::vector<Task>> adjust_stock(const Adjustment& adjustment,
                                                     commit::Scope& scope);

}  // namespace tandem::app
