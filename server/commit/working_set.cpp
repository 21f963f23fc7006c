// SPDX-License-Identifier: Apache-2.0
#include "commit/working_set.hpp"

#include <algorithm>

namespace tandem::commit {
namespace {

/// The value under a key, or null.
auto at_or_null(auto& map, const auto& key) -> decltype(&map.begin()->second) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

const store::CommandRecord* WorkingOrder::command(std::string_view command_id) const {
  const auto found =
      std::ranges::find(loaded.commands, command_id, &store::CommandRecord::command_id);
  return found == loaded.commands.end() ? nullptr : &*found;
}

const WorkingOrder* WorkingSet::order(const store::OrderRef& ref) const {
  if (const auto* order_no = std::get_if<std::int64_t>(&ref)) {
    return at_or_null(orders_, *order_no);
  }
  const auto* order_no = at_or_null(order_nos_, std::get<std::string>(ref));
  return order_no == nullptr ? nullptr : at_or_null(orders_, *order_no);
}

const store::LedgerRow* WorkingSet::ledger(const store::LedgerKey& key) const {
  return at_or_null(ledgers_, key);
}

const store::Hold* WorkingSet::hold(const store::LedgerKey& key, std::int64_t order_no) const {
  return at_or_null(holds_, HoldKey{key, order_no});
}

const store::IdempotencyRow* WorkingSet::idempotency(const store::IdempotencyKey& id) const {
  return at_or_null(idempotency_, id);
}

std::vector<const store::UnmatchedWebhook*> WorkingSet::webhooks(std::string_view provider,
                                                                 std::string_view reference) const {
  std::vector<const store::UnmatchedWebhook*> waiting;
  for (const store::UnmatchedWebhook& webhook : webhooks_) {
    if (webhook.provider == provider && webhook.reference == reference) {
      waiting.push_back(&webhook);
    }
  }
  return waiting;
}

void WorkingSet::keep_folded(std::int64_t order_no, std::shared_ptr<const void> folded) const {
  if (auto* order = at_or_null(orders_, order_no)) order->folded = std::move(folded);
}

}  // namespace tandem::commit
