// SPDX-License-Identifier: Apache-2.0
#include "commit/ahead.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace tandem::commit {

using store::fail;
using store::Stored;

namespace {

/// The batch may be decided, but not ahead.
std::unexpected<store::Failure> not_guessed(std::string table) {
  return fail({store::Fault::conflict, std::move(table), {}, "only a batch can load it"});
}

bool same(const std::optional<store::LoadedOrder>& guessed,
          const std::optional<store::LoadedOrder>& loaded) {
  if (!guessed || !loaded) return guessed.has_value() == loaded.has_value();
  return guessed->head == loaded->head &&
         std::ranges::is_permutation(guessed->holds, loaded->holds) &&
         std::ranges::is_permutation(guessed->commands, loaded->commands);
}

}  // namespace

Stored<void> GuessedBatch::begin() {
  const auto version = reads_.catalog_version();
  if (!version) return fail(version.error());
  const auto now = reads_.now_ms();
  if (!now) return fail(now.error());
  catalog_version_ = *version;
  now_ms_ = *now;
  return {};
}

Stored<std::vector<GuessedBatch::Order>> GuessedBatch::load_orders(
    std::span<const store::OrderRequest> requests) {
  std::vector<Order> orders;
  orders.reserve(requests.size());
  for (const store::OrderRequest& request : requests) {
    auto order = guess_order(request);
    if (!order) return fail(std::move(order.error()));
    keep(request, *order);
    orders.push_back(*std::move(order));
  }
  return orders;
}

/// Of the events it is enough that the chain ends alike.
void GuessedBatch::keep(store::OrderRequest request, const Order& order) {
  request.with_parts = false;
  Order kept;
  if (order) {
    request.after_n = order->head.version;
    kept = {.head = order->head, .commands = order->commands, .holds = order->holds};
  }
  requests_.push_back(std::move(request));
  orders_.push_back(std::move(kept));
}

/// What the batch before has changed cannot be read yet: its events are known to who remembers the
/// order, or nothing is guessed.
Stored<GuessedBatch::Order> GuessedBatch::guess_order(const store::OrderRequest& request) {
  Order known = remembered_.order(request.ref);
  if (known && request.after_n >= known->head.version) return known;
  if (!known && request.may_be_new) return Order();
  auto order = read_order(request);
  const bool has_moved = order && known && (!*order || (*order)->head != known->head);
  if (has_moved) return not_guessed("orders");
  return order;
}

Stored<GuessedBatch::Order> GuessedBatch::read_order(const store::OrderRequest& request) {
  auto head = reads_.order(request.ref);
  if (!head) return fail(std::move(head.error()));
  if (!*head) return Order();
  store::LoadedOrder order{.head = **std::move(head)};
  const std::int64_t order_no = order.head.order_no;
  auto events = reads_.events(order_no, request.after_n, std::numeric_limits<std::int64_t>::max());
  if (!events) return fail(std::move(events.error()));
  order.events = *std::move(events);
  auto parts = request.with_parts ? reads_.parts(order_no) : std::vector<store::Part>();
  if (!parts) return fail(std::move(parts.error()));
  order.parts = *std::move(parts);
  const std::int64_t version = order.head.version;
  std::erase_if(order.events, [&](const store::Event& event) { return event.n > version; });
  std::erase_if(order.parts, [&](const store::Part& part) {
    return part.n > version || part.n <= request.after_n;
  });
  auto holds = reads_.holds(order_no);
  if (!holds) return fail(std::move(holds.error()));
  order.holds = *std::move(holds);
  for (const std::string& id : request.command_ids) {
    auto command = reads_.command(order_no, id);
    if (!command) return fail(std::move(command.error()));
    if (*command) order.commands.push_back(**std::move(command));
  }
  return order;
}

Stored<std::int64_t> GuessedBatch::reserve_order_nos(std::int64_t count) {
  const auto first = remembered_.take_order_nos(count);
  if (!first) return not_guessed("serials");
  return *first;
}

Stored<std::vector<store::LedgerRow>> GuessedBatch::load_ledger(
    std::span<const store::LedgerKey> keys) {
  std::vector<store::LedgerKey> unknown;
  for (const store::LedgerKey& key : keys) {
    if (auto row = remembered_.ledger(key)) {
      ledgers_.emplace(key, *std::move(row));
    } else {
      unknown.push_back(key);
    }
  }
  if (!unknown.empty()) {
    auto rows = reads_.ledger(unknown);
    if (!rows) return rows;
    for (store::LedgerRow& row : *rows) ledgers_.emplace(row.key, row);
  }
  std::vector<store::LedgerRow> rows;
  rows.reserve(keys.size());
  for (const store::LedgerKey& key : keys) rows.push_back(ledgers_.at(key));
  return rows;
}

/// But for those that the batches before have released, which can be read still.
Stored<std::vector<store::Hold>> GuessedBatch::load_expired_holds(
    std::span<const store::LedgerKey> keys) {
  auto ended = reads_.holds_ended(keys, now_ms_);
  if (!ended) return ended;
  std::erase_if(*ended, [&](const store::Hold& hold) {
    return hold.expires_ms <= remembered_.released_ms(hold.key);
  });
  ended_.insert(ended_.end(), ended->begin(), ended->end());
  return ended;
}

Stored<std::vector<std::optional<store::IdempotencyRow>>> GuessedBatch::load_idempotency(
    std::span<const store::IdempotencyKey> keys) {
  idempotency_.insert(idempotency_.end(), keys.begin(), keys.end());
  return std::vector<std::optional<store::IdempotencyRow>>(keys.size());
}

Stored<std::vector<store::Hold>> GuessedBatch::still_held(std::vector<store::Hold> known) {
  held_.insert(held_.end(), known.begin(), known.end());
  return known;
}

Stored<std::vector<store::UnmatchedWebhook>> GuessedBatch::load_webhooks(
    std::span<const store::ProviderReference>) {
  return not_guessed("webhooks");
}

Stored<std::vector<store::WaitingRow>> GuessedBatch::load_waiting(std::span<const std::string>) {
  return not_guessed("waiting");
}

Stored<std::vector<store::ReservedRow>> GuessedBatch::load_reserved(const store::LedgerKey&) {
  return not_guessed("order_rows");
}

Stored<std::vector<store::OutboxRow>> GuessedBatch::take_outbox(std::int64_t, std::int64_t) {
  return not_guessed("outbox");
}

Stored<void> GuessedBatch::write(const store::Writes&) { return not_guessed({}); }

Stored<void> GuessedBatch::commit() { return not_guessed({}); }

/// Loads in the order in which a batch does, which is that of the locks.
Stored<bool> GuessedBatch::is_confirmed_by(store::Batch& batch) const {
  const auto version = batch.catalog_version();
  if (!version) return fail(version.error());
  if (*version != catalog_version_) return false;
  auto as_guessed = orders_are_as_guessed(batch);
  if (!as_guessed || !*as_guessed) return as_guessed;
  if (!idempotency_.empty()) {
    const auto rows = batch.load_idempotency(idempotency_);
    if (!rows) return fail(rows.error());
    if (std::ranges::any_of(*rows, [](const auto& row) { return row.has_value(); })) return false;
  }
  return ledgers_are_as_guessed(batch);
}

Stored<bool> GuessedBatch::orders_are_as_guessed(store::Batch& batch) const {
  if (requests_.empty()) return true;
  const auto orders = batch.load_orders(requests_);
  if (!orders) return fail(orders.error());
  return std::ranges::equal(orders_, *orders, same);
}

Stored<bool> GuessedBatch::ledgers_are_as_guessed(store::Batch& batch) const {
  if (ledgers_.empty()) return true;
  std::vector<store::LedgerKey> keys;
  std::vector<store::LedgerKey> held_keys;
  for (const auto& [key, row] : ledgers_) {
    keys.push_back(key);
    if (row.figures.held != 0) held_keys.push_back(key);
  }
  const auto rows = batch.load_ledger(keys);
  if (!rows) return fail(rows.error());
  if (!std::ranges::equal(ledgers_, *rows, {}, &decltype(ledgers_)::value_type::second)) {
    return false;
  }
  const auto held = batch.still_held(held_);
  if (!held) return fail(held.error());
  if (!std::ranges::is_permutation(held_, *held)) return false;
  if (held_keys.empty()) return true;
  auto ended = batch.load_expired_holds(held_keys);
  if (!ended) return fail(ended.error());
  // What has ended since ends with the next batch.
  std::erase_if(*ended, [&](const store::Hold& hold) { return hold.expires_ms > now_ms_; });
  return std::ranges::is_permutation(ended_, *ended);
}

std::size_t Ahead::decide(std::span<Job* const> jobs) {
  const std::size_t before = decision_.decided();
  decision_.add(jobs);
  if (decision_.load(guessed_)) (void)decision_.decide(guessed_, nullptr);
  decision_.drop_undecided();
  return decision_.decided() - before;
}

}  // namespace tandem::commit
