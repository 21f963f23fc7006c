// SPDX-License-Identifier: Apache-2.0
#include "app/consequences.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <utility>

#include "app/secrets.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/ledger/stock.hpp"
#include "tandem/ledger/waiting.hpp"

namespace tandem::app {

/// What an outbox row of a command says.
struct CommandPayload {
  Command command;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::CommandPayload> {
  static constexpr std::array list{required<&app::CommandPayload::command>("command")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

/// A number as text whose order is the numbers' order: the core compares orders by their names.
std::string name_of(std::int64_t order_no) {
  std::string digits = std::to_string(order_no);
  return std::string(20 - std::min<std::size_t>(20, digits.size()), '0') + digits;
}

std::int64_t number_of(const std::string& name) {
  std::int64_t number = 0;
  std::from_chars(name.data(), name.data() + name.size(), number);
  return number;
}

std::vector<Task> take_back(const Adjustment& adjustment, const store::LedgerKey& key,
                            std::int64_t short_by, const std::string& cause, commit::Scope& scope) {
  std::vector<Task> tasks;
  if (short_by <= 0) return tasks;
  std::vector<Reserved> reserved;
  for (const store::ReservedRow& row : scope.reserved_of(key)) {
    reserved.push_back({.confirmed_ms = row.confirmed_ms,
                        .order = name_of(row.order_no),
                        .quantity = row.quantity});
  }
  for (const Reserved& lost : lose_reserved(std::move(reserved), short_by)) {
    tasks.push_back(put_command(
        number_of(lost.order),
        LoseStock{.location = adjustment.place, .quantity = lost.quantity, .sku = {adjustment.sku}},
        cause, scope));
  }
  return tasks;
}

}  // namespace

CommandId command_id_of(const std::string& dedupe_key) {
  return CommandId{hex(sha256(dedupe_key)).substr(0, 32)};
}

Task put_command(std::int64_t order_no, const Command& command, const std::string& cause,
                 commit::Scope& scope) {
  Task task{.kind = std::string(kCommand), .order_no = order_no, .command = command};
  const std::string name(OneOf<Command>::names[command.index()]);
  task.dedupe_key = "command/" + std::to_string(order_no) + '/' + name + '/' + cause;
  scope.writes().outbox.push_back({.kind = task.kind,
                                   .order_no = order_no,
                                   .payload = canonical(CommandPayload{command}),
                                   .due_ms = scope.now_ms() + kTaskLeaseMs,
                                   .dedupe_key = task.dedupe_key});
  return task;
}

commit::StockOfOrder stock_of_order(const Order& order, std::int64_t order_no) {
  commit::StockOfOrder all{.confirmed_ms = order.confirmed_ms.value_or(0)};
  for (const tandem::Waiting& waiting : waiting_of(order, {})) {
    for (const Sku& sku : waiting.missing) {
      all.waiting.push_back({.sku = sku.value,
                             .confirmed_ms = waiting.confirmed_ms,
                             .order_no = order_no,
                             .transfer = waiting.transfer});
    }
  }
  std::ranges::sort(all.waiting);
  for (const auto& [place, stock] : stock_of(order)) {
    const auto& [sku, location] = place;
    if (stock.reserved > 0) all.reserved[{sku.value, location}] = stock.reserved;
  }
  return all;
}

void note_stock_of(const Step& step, commit::Scope& scope) {
  const commit::StockOfOrder& before = step.stock_before;
  commit::StockOfOrder after = stock_of_order(step.after, step.order_no);
  if (before.waiting == after.waiting && before.reserved == after.reserved) return;
  scope.put_stock_of(step.order_no, std::move(after), before.waiting != after.waiting);
}

std::vector<Task> serve_waiting_orders(std::span<const std::string> skus, const std::string& cause,
                                       commit::Scope& scope) {
  std::map<std::pair<std::int64_t, std::int64_t>, tandem::Waiting> waiting;
  for (const store::WaitingRow& row : scope.waiting_for(skus)) {
    tandem::Waiting& one = waiting[{row.order_no, row.transfer}];
    one.confirmed_ms = row.confirmed_ms;
    one.order = name_of(row.order_no);
    one.transfer = row.transfer;
    one.missing.insert(Sku{row.sku});
  }
  std::vector<tandem::Waiting> all;
  for (auto& [key, one] : waiting) all.push_back(std::move(one));
  std::set<Sku> freed;
  for (const std::string& sku : skus) freed.insert(Sku{sku});
  std::vector<Task> tasks;
  for (const tandem::Waiting& one : serve_waiting(std::move(all), freed)) {
    tasks.push_back(put_command(number_of(one.order), ServeDelivery{.transfer = one.transfer},
                                std::to_string(one.transfer) + '/' + cause, scope));
  }
  return tasks;
}

Result<std::vector<Task>> adjust_stock(const Adjustment& adjustment, commit::Scope& scope) {
  const store::LedgerKey key = stock_key(adjustment.sku, adjustment.place);
  const store::LedgerRow before = scope.ledger(key);
  const StockFigures figures{.on_hand = before.figures.on_hand,
                             .reserved = before.figures.reserved,
                             .held = before.figures.held};
  const std::int64_t on_hand =
      adjustment.on_hand.value_or(before.figures.on_hand) + adjustment.received;
  if (auto ok = check_on_hand(figures, Sku{adjustment.sku}, on_hand, adjustment.count); !ok) {
    return std::unexpected(std::move(ok.error()));
  }
  if (adjustment.safety_stock || !before.exists) {
    scope.put_stock_policy({.sku = adjustment.sku,
                            .location = adjustment.place,
                            .safety_stock = adjustment.safety_stock.value_or(before.safety_stock),
                            .backorder_max = before.backorder_max});
  }
  const std::int64_t change = on_hand - before.figures.on_hand;
  scope.move({.key = key,
              .movement = adjustment.received > 0 ? "receive"
                          : adjustment.count      ? "count"
                                                  : "adjust",
              .change = {.on_hand = change},
              .cause = {.actor = adjustment.actor, .reason = adjustment.reason},
              .guard = store::Guard::fact});
  // An adjustment has no event to be named by.
  const std::string cause = "stock/" + random_hex(16);
  auto tasks = take_back(adjustment, key, before.figures.reserved - on_hand, cause, scope);
  const std::int64_t safety_stock = adjustment.safety_stock.value_or(before.safety_stock);
  if (change <= 0 && safety_stock >= before.safety_stock) return tasks;
  const std::vector<std::string> skus{adjustment.sku};
  std::ranges::move(serve_waiting_orders(skus, cause, scope), std::back_inserter(tasks));
  return tasks;
}

}  // namespace tandem::app
