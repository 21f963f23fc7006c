// SPDX-License-Identifier: Apache-2.0
#pragma once
// One request's commands on one order, as a job of the committer: find the order or make it, fold
// it once, decide each command alone and in order, append what comes out, move the ledgers, write
// the projection. The answer is kept as values; it counts once the job is durable.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/facts.hpp"
#include "app/folded.hpp"
#include "app/limits.hpp"
#include "app/movements.hpp"
#include "app/secrets.hpp"
#include "commit/job.hpp"
#include "tandem/order/context.hpp"

namespace tandem::app {

/// A command with its id. The digest tells another command under the same id from a repetition.
struct Asked {
  Command command;
  std::optional<CommandId> id;
  Digest digest{};
};

[[nodiscard]] Asked asked(Command command, std::optional<CommandId> id = std::nullopt);

/// What all jobs share. All of it outlives them.
struct JobTools {
  Catalog& catalog;
  OrderMemory& memory;
  store::Reads& reads;
  SigningKey contact_key{};      // hashes email addresses
  std::int64_t history_max = 0;  // events of one order that customers and staff may cause
  bool sends_mail = false;  // whether somebody here does; else mails wait in the outbox
};

/// What is asked of an order, by whom, and with which right.
struct OrderRequest {
  store::OrderRef order;
  Actor actor;
  std::optional<Source> from{};  // of customers and staff: where they sit
  std::optional<store::Digest> secret_hash;  // the customer's
  std::optional<std::string> account;  // who is signed in; neither: the right was checked already
  std::optional<store::Digest> other_hash;  // of the secret of an order that a command names
  bool create = false;  // makes the order when its id is new
  std::optional<std::int64_t> base_version;  // the answer has the events since then
  std::vector<Asked> commands;
  std::optional<std::string> task_done;  // an outbox row that this job completes
  std::vector<store::OutboxRow> later;  // more work, `due_ms` counted from now
  std::vector<store::ProviderReference> references;  // what a provider calls something of it
  std::vector<store::UnmatchedWebhook> matched;  // kept webhooks that this job carries out
};

/// What a request writes beside its order: a task that is done, work for later, what a provider
/// calls something of it, kept webhooks that count as told.
void write_beside(const OrderRequest& request, std::int64_t order_no, commit::Scope& scope);

/// What a command came to.
struct CommandResult {
  std::optional<CommandId> id;
  std::optional<Rejection> rejected;
};

/// The answer as values, put together while deciding.
struct OrderAnswer {
  bool created = false;
  store::OrderHead head;
  std::int64_t now_ms = 0;
  std::shared_ptr<const Shop> shop;  // in which it was decided
  std::vector<CommandResult> results;
  std::vector<store::Event> events;  // since the base version
  std::vector<store::Part> parts;  // of these events
  std::vector<std::shared_ptr<const KnownOffer>> offers;
  QuoteFacts facts;
  std::shared_ptr<const Folded> folded;
  std::vector<Task> tasks;
};

class OrderJob final : public commit::Job {
 public:
  OrderJob(const JobTools& tools, OrderRequest request);

  [[nodiscard]] bool may_go_ahead() const override { return true; }
  void declare(commit::Needs& needs) override;
  void declare_ledgers(const commit::WorkingSet& set, commit::Needs& needs) override;
  [[nodiscard]] Result<void> decide(commit::Scope& scope) override;

  /// True once, and only then, the outcome is `committed`.
  [[nodiscard]] const OrderAnswer& answer() const { return answer_; }
  [[nodiscard]] OrderAnswer& answer() { return answer_; }
  [[nodiscard]] const OrderRequest& request() const { return request_; }
  /// What the request took of its sender's limits.
  [[nodiscard]] Taken& taken() { return taken_; }

 private:
  struct Running;

  [[nodiscard]] Result<std::shared_ptr<const Folded>> fold(const commit::WorkingSet& set,
                                                           const commit::WorkingOrder& order) const;
  [[nodiscard]] Result<const commit::WorkingOrder*> find_or_create(commit::Scope& scope);
  [[nodiscard]] bool may(const store::OrderHead& head, const Order& order) const;
  [[nodiscard]] Subjects subjects_of(const Order& order, const Shop& shop) const;
  [[nodiscard]] Result<Who> who(const Order& order, const Shop& shop,
                                const Subjects& subjects) const;
  [[nodiscard]] Result<void> name_other(Running& running, const Command& command) const;
  [[nodiscard]] Result<void> run_all(Running& running);
  [[nodiscard]] Result<void> run(Running& running, const Asked& asked);
  [[nodiscard]] Result<void> apply(Running& running, std::vector<NewEvent> events,
                                   const Asked& asked);
  [[nodiscard]] Result<void> take_notice(Running& running,
                                         const std::optional<std::string>& account,
                                         const std::string& email, bool moved);
  void know(Running& running) const;
  void erase(Running& running, const std::vector<Recorded>& recorded);
  void append(Running& running, std::vector<Recorded>& recorded);
  void keep_facts(Running& running, const std::vector<Recorded>& recorded);
  void finish(Running& running);
  void hash_contact(Folded& folded) const;
  void answer_with(const commit::WorkingOrder& order);
  [[nodiscard]] static const Context& context_of(Running& running);
  void recall_shown(Running& running, const PlaceOrder& place) const;

  const JobTools& tools_;
  OrderRequest request_;
  std::shared_ptr<const Folded> known_;  // when it was declared what has to be loaded
  std::optional<HashedContact> sent_contact_;  // hashed while other orders are written
  OrderAnswer answer_;
  Taken taken_;
};

}  // namespace tandem::app
