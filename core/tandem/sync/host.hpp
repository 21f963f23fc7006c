// SPDX-License-Identifier: Apache-2.0
#pragma once
// The other side of a session, in memory: one order, decided and recorded as the server does it and
// answered in the server's messages. Simulators and tests let many sessions talk to one host; it
// stores nothing and takes nothing from any ledger.
//
//   Host host({"5f…"}, rules, rules_id);
//   host.offers = offers;
//   session.receive(host.answer(batch, customer, now_ms));

#include <string>
#include <vector>

#include "tandem/order/decide.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/sync/messages.hpp"

namespace tandem::sync {

class Host {
 public:
  Host(OrderId order, CompiledRules rules, const Digest& rules_id);

  std::vector<Offer> offers;  // ascending by sku
  QuoteFacts facts;
  Settings settings;

  [[nodiscard]] const Order& order() const { return order_; }
  [[nodiscard]] const std::vector<Recorded>& records() const { return records_; }
  [[nodiscard]] Digest head() const { return records_.empty() ? Digest{} : records_.back().chain; }
  void set_rules(CompiledRules rules, const Digest& rules_id);

  /// Judges each command alone and in order; a command id that an event carries is not judged
  /// again. Answers with the events since the batch's version.
  [[nodiscard]] Answer answer(const Batch& batch, const Actor& actor, std::int64_t now_ms);
  /// The events after a version, as the feed gives them.
  [[nodiscard]] Answer events_after(std::int64_t version, std::int64_t now_ms) const;

 private:
  CommandResult judge(const SentCommand& sent, const Actor& actor, std::int64_t now_ms);
  [[nodiscard]] bool is_recorded(const CommandId& id) const;

  OrderId order_id_;
  CompiledRules rules_;
  Digest rules_id_;
  Order order_;
  std::vector<Recorded> records_;
};

}  // namespace tandem::sync
