// SPDX-License-Identifier: Apache-2.0
#include "app/order_job.hpp"

#include <algorithm>
#include <utility>

#include "app/projection.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

/// The state of one decide(): nothing of it outlives the call but what the answer takes.
struct OrderJob::Running {
  commit::Scope& scope;
  const Shop& shop;
  store::OrderHead head;
  Folded folded;
  Facts facts;
  std::optional<std::string> customer;
  mutable Appraiser appraiser;  // forgets whenever the facts change
};

namespace {

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool is_money(const Actor& actor) {
  return actor.kind == ActorClass::provider || actor.kind == ActorClass::system;
}

}  // namespace

Asked asked(Command command, std::optional<CommandId> id) {
  Asked asked{.command = std::move(command), .id = std::move(id)};
  asked.digest = sha256(canonical(asked.command));
  return asked;
}

void OrderJob::declare(commit::Needs& needs) {
  std::vector<std::string> ids;
  for (const Asked& asked : request_.commands) {
    if (asked.id) ids.push_back(asked.id->value);
  }
  const auto known = tools_.memory.find(request_.order);
  const std::int64_t version = known ? known->order.version : 0;
  needs.order(request_.order, std::move(ids), true,
              std::min(version, request_.base_version.value_or(version)));
  if (request_.create) needs.new_order();
}

void OrderJob::declare_ledgers(const commit::WorkingSet& set, commit::Needs& needs) {
  const auto shop = tools_.catalog.at(set.catalog_version());
  if (!shop) return;  // decide() says so
  Subjects subjects;
  std::optional<std::string> customer;
  if (const commit::WorkingOrder* order = set.order(request_.order)) {
    const auto folded = fold(set, *order);
    if (!folded) return;
    subjects.add((*folded)->order);
    customer = customer_of((*folded)->order, **shop);
  }
  for (const Asked& asked : request_.commands) subjects.add(asked.command);
  const auto keys = ledgers_of(tools_.catalog, **shop, subjects, customer);
  if (!keys) return;
  for (const store::LedgerKey& key : *keys) needs.ledger(key);
}

/// The order at the version it has in the set: as an earlier job of the batch left it, as it is
/// remembered, or from its stream.
Result<std::shared_ptr<const Folded>> OrderJob::fold(const commit::WorkingSet& set,
                                                     const commit::WorkingOrder& order) const {
  const store::OrderHead& head = order.loaded.head;
  if (order.folded) return std::static_pointer_cast<const Folded>(order.folded);
  std::shared_ptr<const Folded> known = tools_.memory.find(head.order_no);
  if (known && known->order.version == head.version && known->head == head.head) {
    set.keep_folded(head.order_no, known);
    return known;
  }
  const bool continues = known && known->order.version < head.version;
  auto folded =
      fold_on(continues ? *known : Folded{}, order.loaded.events, order.loaded.parts, head.head);
  if (!folded) {
    tools_.memory.forget(head.order_no);
    return std::unexpected(std::move(folded.error()));
  }
  auto shared = std::make_shared<const Folded>(*std::move(folded));
  set.keep_folded(head.order_no, shared);
  return shared;
}

/// Unknown, foreign and wrongly signed orders are told the same.
Result<const commit::WorkingOrder*> OrderJob::find_or_create(commit::Scope& scope) {
  const commit::WorkingOrder* order = scope.order(request_.order);
  if (order == nullptr) {
    if (!request_.create || !request_.secret_hash) return reject(Reason::order_unknown);
    order = &scope.create_order(std::get<std::string>(request_.order), *request_.secret_hash);
    answer_.created = true;
    return order;
  }
  const bool may =
      !request_.secret_hash || same(order->loaded.head.secret_hash, *request_.secret_hash);
  if (!may) return reject(Reason::order_unknown);
  return order;
}

/// Who the uses per customer count for: the account, else the email address. Nobody where no rule
/// counts them: the keyed hash is work on the writer's thread.
std::optional<std::string> OrderJob::customer_of(const Order& order, const Shop& shop) const {
  if (!counts_customers(shop.rules.rules())) return std::nullopt;
  if (order.customer) return *order.customer;
  if (!order.contact) return std::nullopt;
  return hex(mac(tools_.contact_key, lower(order.contact->email)), 16);
}

Result<void> OrderJob::decide(commit::Scope& scope) {
  answer_ = {};
  answer_.now_ms = scope.now_ms();
  const auto shop = tools_.catalog.at(scope.set().catalog_version());
  if (!shop) return std::unexpected(shop.error());
  answer_.rules_id = (*shop)->rules_id;
  const auto order = find_or_create(scope);
  if (!order) return std::unexpected(order.error());
  const auto folded = fold(scope.set(), **order);
  if (!folded) return std::unexpected(folded.error());

  Running running{.scope = scope,
                  .shop = **shop,
                  .head = (*order)->loaded.head,
                  .folded = **folded,
                  .facts = {},
                  .customer = customer_of((*folded)->order, **shop),
                  .appraiser = {}};
  if (auto ok = run_all(running); !ok) return ok;
  if (request_.task_done) {
    scope.writes().outbox_outcomes.push_back({.dedupe_key = *request_.task_done});
  }
  for (store::OutboxRow row : request_.later) {
    row.order_no = running.head.order_no;
    row.due_ms += scope.now_ms();
    scope.writes().outbox.push_back(std::move(row));
  }
  finish(running);
  return {};
}

Result<void> OrderJob::run_all(Running& running) {
  Subjects subjects;
  subjects.add(running.folded.order);
  for (const Asked& asked : request_.commands) subjects.add(asked.command);
  auto facts = gather(tools_.catalog, running.shop, subjects, running.customer,
                      running.head.order_no, running.scope);
  if (!facts) return std::unexpected(std::move(facts.error()));
  running.facts = *std::move(facts);
  for (const Asked& asked : request_.commands) {
    CommandResult result{.id = asked.id, .rejected = {}};
    if (auto done = run(running, asked); !done) result.rejected = std::move(done.error());
    answer_.results.push_back(std::move(result));
  }
  return {};
}

/// Refuses, in this order: command_id_reused, size_exceeded (history), as decide().
Result<void> OrderJob::run(Running& running, const Asked& asked) {
  const commit::WorkingOrder* working = running.scope.order(running.head.order_no);
  if (asked.id) {
    if (const store::CommandRecord* before = working->command(asked.id->value)) {
      if (before->digest == asked.digest) return {};
      return reject(Reason::command_id_reused, asked.id->value);
    }
  }
  if (!is_money(request_.actor) && running.folded.order.version >= tools_.history_max) {
    return reject(Reason::size_exceeded, "history", tools_.history_max);
  }
  if (std::holds_alternative<PlaceOrder>(asked.command)) recall_shown(running);
  auto events = tandem::decide(running.folded.order, asked.command, context_of(running));
  if (!events) return std::unexpected(std::move(events.error()));
  apply(running, *std::move(events), asked);
  return {};
}

Context OrderJob::context_of(const Running& running) const {
  return {.now_ms = running.scope.now_ms(),
          .actor = request_.actor,
          .rules = &running.shop.rules,
          .rules_id = running.shop.rules_id,
          .settings = &running.shop.settings,
          .offers = running.facts.offers,
          .facts = &running.facts.quote,
          .shown = running.folded.quote ? &*running.folded.quote : nullptr,
          .appraiser = &running.appraiser};
}

/// What the customer was shown last, so that a changed quote can name what changed.
void OrderJob::recall_shown(Running& running) const {
  // An order without events has shown nothing yet: there is no row to ask for.
  if (running.folded.quote || running.head.version == 0) return;
  const auto row = tools_.reads.order_row(running.head.order_no);
  if (!row || !*row) return;
  if (const auto view = wire::decode<View>((*row)->view)) running.folded.quote = quote_shown(*view);
}

void OrderJob::apply(Running& running, std::vector<NewEvent> events, const Asked& asked) {
  const std::int64_t first = running.folded.order.version + 1;
  if (!events.empty()) {
    const std::vector<Salt> salts = random_salts(events.size());
    const Recording facts{.version = running.folded.order.version,
                          .chain = running.folded.head,
                          .at_ms = std::max(running.scope.now_ms(), running.folded.order.last_ms),
                          .actor = request_.actor,
                          .command_id = asked.id};
    std::vector<Recorded> recorded = record(std::move(events), facts, salts);
    const Order before = running.folded.order;
    for (const Recorded& one : recorded) evolve(running.folded.order, one);
    running.folded.head = recorded.back().chain;
    append(running, recorded);
    keep_facts(running, recorded);
    bool moved = false;
    auto tasks = carry_over({.order_no = running.head.order_no,
                             .before = before,
                             .after = running.folded.order,
                             .events = recorded,
                             .shop = running.shop,
                             .facts = running.facts,
                             .customer = running.customer},
                            running.scope, moved);
    std::ranges::move(tasks, std::back_inserter(answer_.tasks));
    auto customer = customer_of(running.folded.order, running.shop);
    const bool other = customer != running.customer;
    running.customer = std::move(customer);
    // What codes are worth depends on who uses them: the answer tells it with the same batch.
    if (moved || other) {
      refresh(running.facts, running.shop, running.customer, running.head.order_no, running.scope);
      running.appraiser.forget();
    }
  }
  if (asked.id) {
    running.scope.put_command(running.head.order_no, {.command_id = asked.id->value,
                                                      .digest = asked.digest,
                                                      .first_n = first,
                                                      .last_n = running.folded.order.version});
  }
}

/// Hands the bytes over to be written; what was recorded stays readable as values.
void OrderJob::append(Running& running, std::vector<Recorded>& recorded) {
  std::vector<commit::NewEvent> events;
  events.reserve(recorded.size());
  for (Recorded& one : recorded) {
    commit::NewEvent& event = events.emplace_back();
    event.bytes = std::move(one.bytes);
    event.head = one.chain;
    if (one.record.command_id) event.command_id = one.record.command_id->value;
    for (StoredPart& part : one.parts) {
      event.parts.push_back(
          {.name = std::move(part.name), .salt = part.salt.bytes, .bytes = std::move(part.bytes)});
    }
  }
  running.scope.append(running.head.order_no, std::move(events));
}

/// An order that is placed keeps the offers that its quote was made from.
void OrderJob::keep_facts(Running& running, const std::vector<Recorded>& recorded) {
  for (const Recorded& one : recorded) {
    const auto* placed = std::get_if<OrderPlaced>(&one.record.event);
    if (placed == nullptr) continue;
    for (const auto& offer : running.facts.known) {
      if (std::ranges::find(placed->facts, offer->digest) == placed->facts.end()) continue;
      running.scope.writes().facts.push_back({offer->digest, offer->bytes});
    }
  }
}

/// Writes the projection when something happened, and answers.
void OrderJob::finish(Running& running) {
  const Order& order = running.folded.order;
  const bool changed = order.version != running.head.version;
  if (changed) {
    // A product that was taken out of the shop leaves an open cart with the quote it had.
    auto quote = current_quote(order, context_of(running));
    if (quote) running.folded.quote = *std::move(quote);
  }
  auto folded = std::make_shared<const Folded>(std::move(running.folded));
  if (changed) {
    std::optional<store::Digest> contact;
    if (folded->order.contact) {
      contact = mac(tools_.contact_key, lower(folded->order.contact->email));
    }
    running.scope.put_row(
        project(folded->order, folded->quote.value_or(Quote{}), running.head, contact));
  }
  running.scope.keep_folded(running.head.order_no, folded);
  answer_.folded = folded;
  answer_.offers = running.facts.known;
  answer_.facts = std::move(running.facts.quote);
  answer_with(*running.scope.order(running.head.order_no));
}

void OrderJob::answer_with(const commit::WorkingOrder& order) {
  answer_.head = order.loaded.head;
  if (!request_.base_version) return;
  const std::int64_t base = *request_.base_version;
  for (const store::Event& event : order.loaded.events) {
    if (event.n > base) answer_.events.push_back(event);
  }
  for (const store::Part& part : order.loaded.parts) {
    if (part.n > base) answer_.parts.push_back(part);
  }
}

}  // namespace tandem::app
