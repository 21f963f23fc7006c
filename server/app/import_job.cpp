// SPDX-License-Identifier: Apache-2.0
#include "app/import_job.hpp"

#include "app/consequences.hpp"
#include "app/facts.hpp"
#include "commit/scope.hpp"

namespace tandem::app {

void ImportJob::declare_ledgers(const commit::WorkingSet&, commit::Needs& needs) {
  for (const auto& policy : plan_.policies) needs.ledger(stock_key(policy.sku));
  for (const auto& count : plan_.counts) needs.ledger(stock_key(count.sku));
}

Result<void> ImportJob::count(const ImportPlan::Count& count, commit::Scope& scope) {
  constexpr const char* kReason = "counted";
  if (count.is_new) {
    const std::int64_t before = scope.ledger(stock_key(count.sku)).figures.on_hand;
    scope.move({.key = stock_key(count.sku),
                .movement = "count",
                .change = {.on_hand = count.quantity - before},
                .cause = {.actor = kImporter, .reason = kReason},
                .guard = store::Guard::fact});
    return {};
  }
  // What the counts lead to on orders waits in the outbox for the server.
  const auto adjusted = adjust_stock({.sku = count.sku,
                                      .on_hand = count.quantity,
                                      .safety_stock = {},
                                      .count = true,
                                      .actor = kImporter,
                                      .reason = kReason},
                                     scope);
  return adjusted ? Result<void>() : std::unexpected(adjusted.error());
}

Result<void> ImportJob::decide(commit::Scope& scope) {
  store::Writes writes = plan_.writes;
  for (store::AuditRow& row : writes.audit) row.at_ms = scope.now_ms();
  for (store::RulesDocument& rules : writes.rules) rules.published_ms = scope.now_ms();
  for (store::SettingsDocument& settings : writes.settings) settings.published_ms = scope.now_ms();
  scope.writes().append(std::move(writes));
  // Before the counts: how much may be sold beyond them is part of what they are checked against.
  for (const auto& policy : plan_.policies) {
    const std::int64_t safety_stock = scope.ledger(stock_key(policy.sku)).safety_stock;
    scope.put_stock_policy({.sku = policy.sku,
                            .location = std::string(kMainLocation),
                            .safety_stock = safety_stock,
                            .backorder_max = policy.backorder_max});
  }
  for (const auto& one : plan_.counts) {
    if (auto ok = count(one, scope); !ok) return ok;
  }
  return {};
}

}  // namespace tandem::app
