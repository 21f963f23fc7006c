// SPDX-License-Identifier: Apache-2.0
// Fails when a reason, a command, an event or a row of a transition table has no vector of an
// order.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/support/vectors.hpp"
#include "tandem/base/rejection_fields.hpp"
#include "tandem/order/access.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/replay/replay.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem {
namespace {

using wire::Value;

/// What the vectors reach.
struct Seen {
  std::set<std::string> reasons;
  std::set<std::string> commands;
  std::set<std::string> events;
  std::set<std::string> transitions;  // "record: from > to"
};

/// Folds the events of one script and notes every change of a record's state.
class Watcher {
 public:
  explicit Watcher(Seen& seen) : seen_(seen) {}

  void watch(const std::string& id, const Value& event) {
    seen_.events.insert(*event.find("type")->text());
    const auto decoded = wire::decode<Event>(event);
    ASSERT_TRUE(decoded.has_value()) << testing::text_of(event);
    Order& order = orders_[id];
    const Order before = order;
    evolve(order, *decoded, {}, {.n = order.version + 1, .at_ms = 0, .by = ActorClass::system});
    note("order", before.state, order.state);
    compare("attempt", before.attempts, order.attempts);
    compare("refund", before.refunds, order.refunds);
    compare("transfer", before.transfers, order.transfers);
    compare("invoice", before.invoices, order.invoices);
    compare("return", before.returns, order.returns);
  }

 private:
  template <class Record>
  void compare(const char* what, const std::vector<Record>& before,
               const std::vector<Record>& after) {
    for (std::size_t i = 0; i < before.size(); ++i) note(what, before[i].state, after[i].state);
  }

  template <class State>
  void note(const std::string& what, State from, State to) {
    seen_.transitions.insert(what + ": " + std::string(enum_name(from)) + " > " +
                             std::string(enum_name(to)));
  }

  Seen& seen_;
  std::map<std::string, Order> orders_;
};

void note_step(const Value& entry, const Value& step, Seen& seen, Watcher& watcher) {
  for (const Value& caused : *step.find("caused")->list()) {
    for (const Value& event : *caused.find("events")->list()) {
      watcher.watch(*caused.find("order")->text(), event);
    }
  }
  if (const Value* rejected = step.find("rejected")) {
    seen.reasons.insert(*rejected->find("reason")->text());
  }
  const Value* command = entry.find("command");
  const Value* events = step.find("events");
  if (command == nullptr || events == nullptr) return;
  seen.commands.insert(*command->find("type")->text());
  for (const Value& event : *events->list()) watcher.watch(*step.find("order")->text(), event);
}

/// Events of an entry come after what fell due before it and before what it led to; the fold of
/// this test only needs each record to exist, so it watches them in the order they are listed.
void note_vector(const Value& input, Seen& seen) {
  const auto answer = wire::parse(replay_verb(testing::text_of(input)).bytes, {.depth_max = 32});
  ASSERT_TRUE(answer.has_value());
  const auto& script = *input.find("script")->list();
  const auto& steps = *answer->find("steps")->list();
  Watcher watcher(seen);
  for (std::size_t i = 0; i < steps.size(); ++i) note_step(script[i], steps[i], seen, watcher);
}

const Seen& seen() {
  static const Seen all = [] {
    Seen found;
    for (const auto& file : testing::vector_files("tests/vectors/order")) {
      const auto vectors = wire::parse(testing::read_file(file), {.depth_max = 32});
      for (const Value& vector : *vectors->find("vectors")->list()) {
        note_vector(testing::merged(*vectors->find("base"), *vector.find("input")), found);
      }
    }
    return found;
  }();
  return all;
}

/// Reasons of bytes and messages, of the server, and of a browser that catches up are not an
/// order's.
bool is_of_orders(const ReasonInfo& row) {
  const auto number = static_cast<int>(row.reason);
  const bool of_sync = row.reason == Reason::core_outdated ||
                       row.reason == Reason::command_id_reused ||
                       row.reason == Reason::chain_broken;
  return number >= 200 && number < 400 && !of_sync;
}

TEST(Coverage, EveryReasonEndsAVector) {
  for (const ReasonInfo& row : reasons()) {
    if (!is_of_orders(row)) continue;
    EXPECT_TRUE(seen().reasons.contains(std::string(row.name))) << row.name;
  }
}

TEST(Coverage, EveryCommandOfPeopleAndProvidersIsAcceptedInAVector) {
  for (const CommandRow& row : command_table()) {
    if (row.sender == ActorClass::system) continue;  // the scheduler's own show in what they cause
    EXPECT_TRUE(seen().commands.contains(std::string(row.command))) << row.command;
  }
}

TEST(Coverage, EveryEventHappensInAVector) {
  for (const std::string_view name : OneOf<Event>::names) {
    EXPECT_TRUE(seen().events.contains(std::string(name))) << name;
  }
}

template <class State, class Action, std::size_t Rows>
void expect_rows(const std::string& record,
                 const std::array<Transition<State, Action>, Rows>& table) {
  for (const auto& row : table) {
    const std::string change =
        record + ": " + std::string(enum_name(row.from)) + " > " + std::string(enum_name(row.to));
    EXPECT_TRUE(seen().transitions.contains(change)) << change << " by " << enum_name(row.by);
  }
}

TEST(Coverage, EveryTransitionHappensInAVector) {
  expect_rows("order", kOrderTransitions);
  expect_rows("attempt", kAttemptTransitions);
  expect_rows("refund", kRefundTransitions);
  expect_rows("transfer", kTransferTransitions);
  expect_rows("invoice", kInvoiceTransitions);
  expect_rows("return", kReturnTransitions);
}

}  // namespace
}  // namespace tandem
