// SPDX-License-Identifier: Apache-2.0
#include "tandem/sync/host.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tandem::sync {
namespace {

/// Repeatable, as `replay` makes them; a server that stores anything takes random ones.
Salt salt_for(const OrderId& order, std::int64_t n) {
  const Digest digest = sha256(order.value + "/" + std::to_string(n));
  Salt salt;
  std::copy_n(digest.begin(), salt.bytes.size(), salt.bytes.begin());
  return salt;
}

}  // namespace

Host::Host(OrderId order, CompiledRules rules, const Digest& rules_id)
    : order_id_(std::move(order)), rules_(std::move(rules)), rules_id_(rules_id) {}

void Host::set_rules(CompiledRules rules, const Digest& rules_id) {
  rules_ = std::move(rules);
  rules_id_ = rules_id;
}

bool Host::is_recorded(const CommandId& id) const {
  return std::ranges::any_of(records_,
                             [&](const Recorded& r) { return r.record.command_id == id; });
}

CommandResult Host::judge(const SentCommand& sent, const Actor& actor, std::int64_t now_ms) {
  if (is_recorded(sent.command_id)) {
    return {.accepted = true, .command_id = sent.command_id, .rejected = {}};
  }
  const Context context{.now_ms = now_ms,
                        .actor = actor,
                        .rules = &rules_,
                        .rules_id = rules_id_,
                        .settings = &settings,
                        .offers = offers,
                        .facts = &facts,
                        .shown = nullptr,
                        .appraiser = nullptr};
  auto events = decide(order_, sent.command, context);
  if (!events) {
    return {.accepted = false, .command_id = sent.command_id, .rejected = events.error()};
  }
  std::vector<Salt> salts;
  for (std::size_t i = 0; i < events->size(); ++i) {
    salts.push_back(salt_for(order_id_, order_.version + 1 + static_cast<std::int64_t>(i)));
  }
  auto recorded = record(*std::move(events),
                         {.version = order_.version,
                          .chain = head(),
                          .at_ms = std::max(now_ms, order_.last_ms),
                          .actor = actor,
                          .command_id = sent.command_id},
                         salts);
  for (const Recorded& event : recorded) evolve(order_, event);
  std::ranges::move(recorded, std::back_inserter(records_));
  return {.accepted = true, .command_id = sent.command_id, .rejected = {}};
}

Answer Host::answer(const Batch& batch, const Actor& actor, std::int64_t now_ms) {
  std::vector<CommandResult> results;
  for (const SentCommand& sent : batch.commands) results.push_back(judge(sent, actor, now_ms));
  Answer answer = events_after(batch.base_version, now_ms);
  answer.core_version = batch.core_version;
  answer.results = std::move(results);
  return answer;
}

Answer Host::events_after(std::int64_t version, std::int64_t now_ms) const {
  Answer answer{.core_version = {},
                .events = {},
                .facts = facts,
                .offers = {},
                .order_no = {},
                .payment = {},
                .results = {},
                .rules_id = rules_id_,
                .server_time_ms = now_ms,
                .stream_digest = head(),
                .version = order_.version};
  for (const Recorded& recorded : records_) {
    if (recorded.record.n <= version) continue;
    answer.events.push_back({.parts = recorded.parts, .record = recorded.record});
  }
  for (const Line& line : order_.lines) {
    const Offer* offer = find_offer(offers, line.sku);
    const bool listed =
        std::ranges::find(answer.offers, line.sku, &Offer::sku) != answer.offers.end();
    if (offer != nullptr && !listed) answer.offers.push_back(*offer);
  }
  return answer;
}

}  // namespace tandem::sync
