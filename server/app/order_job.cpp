// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "app/consequences.hpp"
#include "app/hook_jobs.hpp"
#include "app/order_running.hpp"
#include "app/projection.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/access.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/effects.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

namespace {

bool is_money(const Actor& actor) {
  return actor.kind == ActorClass::provider || actor.kind == ActorClass::system;
}

/// Random where parts are sealed with them; most events have none.
std::vector<Salt> salts_for(const std::vector<tandem::NewEvent>& events) {
  const bool seals = std::ranges::any_of(events, [](const tandem::NewEvent& event) {
    const Parts& parts = event.parts;
    return parts.address || parts.contact || parts.note || parts.reason;
  });
  return seals ? random_salts(events.size()) : std::vector<Salt>(events.size());
}

bool names(const store::OrderRef& ref, const store::OrderHead& head) {
  const auto* order_no = std::get_if<std::int64_t>(&ref);
  return order_no != nullptr ? *order_no == head.order_no
                             : std::get<std::string>(ref) == head.order_id;
}

std::string email_of(const Order& order) {
  return order.contact ? order.contact->email : std::string();
}

}  // namespace

Asked asked(Command command, std::optional<CommandId> id) {
  Asked asked{.command = std::move(command), .id = std::move(id)};
  asked.digest = sha256(canonical(asked.command));
  return asked;
}

OrderJob::OrderJob(const JobTools& tools, OrderRequest request)
    : tools_(tools), request_(std::move(request)) {
  for (const Asked& asked : request_.commands) {
    const auto* sent = std::get_if<SetContact>(&asked.command);
    if (sent == nullptr) continue;
    sent_contact_ = {.email = sent->email, .hash = contact_hash(tools_.contact_key, sent->email)};
  }
}

void OrderJob::declare(commit::Needs& needs) {
  std::vector<std::string> ids;
  for (const Asked& asked : request_.commands) {
    if (asked.id) ids.push_back(asked.id->value);
  }
  known_ = tools_.memory.find(request_.order);
  const std::int64_t version = known_ ? known_->order.version : 0;
  const std::int64_t base = request_.base_version.value_or(version);
  needs.order({.ref = request_.order,
               .command_ids = std::move(ids),
               .with_parts = true,
               .after_n = std::min(version, base),
               .may_be_new = request_.create && base == 0});
  for (const Asked& asked : request_.commands) {
    const std::string* other = other_of(asked.command);
    if (other != nullptr) needs.order(*other, {}, true);
  }
  if (request_.create) needs.new_order();
}

/// What the order, the commands and the orders that they name bring along.
Subjects OrderJob::subjects_of(const Order& order, const Shop& shop) const {
  Subjects subjects;
  subjects.add(shop);
  subjects.add(order);
  for (const Asked& asked : request_.commands) subjects.add(asked.command);
  return subjects;
}

Result<Who> OrderJob::who(const Order& order, const Shop& shop, const Subjects& subjects) const {
  const bool hashes = subjects.reminds || counts_customers(shop.rules.rules());
  return who_is(order, tools_.contact_key, hashes, tools_.reads);
}

void OrderJob::declare_ledgers(const commit::WorkingSet& set, commit::Needs& needs) {
  const auto shop = tools_.catalog.at(set.catalog_version());
  if (!shop) return;  // decide() says so
  auto here = std::make_shared<const Folded>();
  if (const commit::WorkingOrder* known = set.order(request_.order)) {
    auto folded = fold(set, *known);
    if (!folded) return;
    here = *std::move(folded);
  }
  const Order& order = here->order;
  Subjects subjects = subjects_of(order, **shop);
  for (const Asked& asked : request_.commands) {
    const std::string* other = other_of(asked.command);
    const commit::WorkingOrder* named = other == nullptr ? nullptr : set.order(*other);
    if (named == nullptr) continue;
    const auto folded = fold(set, *named);
    if (folded) subjects.add((*folded)->order);
  }
  const auto customer = who(order, **shop, subjects);
  if (!customer) return;
  const auto keys = ledgers_of(tools_.catalog, **shop, subjects, *customer);
  if (!keys) return;
  for (const store::LedgerKey& key : *keys) needs.ledger(key);
}

/// The order at the version it has in the set: as an earlier job of the batch left it, as it is
/// remembered, or from its stream.
Result<std::shared_ptr<const Folded>> OrderJob::fold(const commit::WorkingSet& set,
                                                     const commit::WorkingOrder& order) const {
  const store::OrderHead& head = order.loaded.head;
  if (order.folded) return std::static_pointer_cast<const Folded>(order.folded);
  // What was not loaded because it was known then may be forgotten by now.
  const bool was_known = known_ && names(request_.order, head);
  std::shared_ptr<const Folded> known = was_known ? known_ : tools_.memory.find(head.order_no);
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

/// Unknown, foreign and wrongly signed orders are told the same: see may().
Result<const commit::WorkingOrder*> OrderJob::find_or_create(commit::Scope& scope) {
  const commit::WorkingOrder* order = scope.order(request_.order);
  if (order == nullptr) {
    if (!request_.create || !request_.secret_hash) return reject(Reason::order_unknown);
    order = &scope.create_order(std::get<std::string>(request_.order), *request_.secret_hash);
    answer_.created = true;
    return order;
  }
  if (!request_.account && !may(order->loaded.head, {})) return reject(Reason::order_unknown);
  return order;
}

Result<void> OrderJob::decide(commit::Scope& scope) {
  answer_ = {};
  answer_.now_ms = scope.now_ms();
  const auto shop = tools_.catalog.at(scope.set().catalog_version());
  if (!shop) return std::unexpected(shop.error());
  answer_.shop = *shop;
  const auto order = find_or_create(scope);
  if (!order) {
    // Who may send a command is asked first, also where there is no such order.
    for (const Asked& asked : request_.commands) {
      if (auto ok = check_access(asked.command.index(), request_.actor); !ok) return ok;
    }
    return std::unexpected(order.error());
  }
  const auto folded = fold(scope.set(), **order);
  if (!folded) return std::unexpected(folded.error());
  if (!may((*order)->loaded.head, (*folded)->order)) return reject(Reason::order_unknown);
  const std::int64_t order_no = (*order)->order_no();
  Subjects subjects = subjects_of((*folded)->order, **shop);
  auto customer = who((*folded)->order, **shop, subjects);
  if (!customer) return std::unexpected(std::move(customer.error()));

  BatchFacts source(tools_.catalog, **shop, scope, order_no);
  Running running{.scope = scope,
                  .shop = **shop,
                  .held_shop = *shop,
                  .head = (*order)->loaded.head,
                  .folded = **folded,
                  .subjects = std::move(subjects),
                  .who = *std::move(customer),
                  .source = source,
                  .gatherer = Gatherer({.catalog = tools_.catalog,
                                        .shop = **shop,
                                        .reads = tools_.reads,
                                        .source = source,
                                        .order_no = order_no,
                                        .now_ms = scope.now_ms()}),
                  .facts = {},
                  .context = {},
                  .other = {},
                  .appraiser = {}};
  if (auto ok = run_all(running); !ok) return ok;
  write_beside(request_, running.head.order_no, scope);
  finish(running);
  return {};
}

/// An order that commands name brings its products along: those that are taken up.
Result<void> OrderJob::run_all(Running& running) {
  for (const Asked& asked : request_.commands) {
    if (auto ok = name_other(running, asked.command); !ok) return ok;
    if (running.other) running.subjects.add(running.other->order);
  }
  auto facts = running.gatherer.gather(running.subjects, running.folded.order, running.who);
  if (!facts) return std::unexpected(std::move(facts.error()));
  running.facts = *std::move(facts);
  know(running);
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
  if (const auto* place = std::get_if<PlaceOrder>(&asked.command)) recall_shown(running, *place);
  if (auto ok = name_other(running, asked.command); !ok) return ok;
  auto events = tandem::decide(running.folded.order, asked.command, context_of(running));
  if (!events) return std::unexpected(std::move(events.error()));
  return apply(running, *std::move(events), asked);
}

/// An order that a command names counts when it is the caller's too: by its secret, or as the order
/// of the same account. Staff may name any. What is unknown and what is foreign are told alike.
Result<void> OrderJob::name_other(Running& running, const Command& command) const {
  running.other = nullptr;
  running.other_is_this = false;
  const std::string* from = other_of(command);
  if (from == nullptr) return {};
  running.other_is_this = *from == running.head.order_id;
  if (running.other_is_this) return {};
  const commit::WorkingOrder* other = running.scope.order(*from);
  if (other == nullptr || other->version() == 0) return {};
  auto folded = fold(running.scope.set(), *other);
  if (!folded) return std::unexpected(std::move(folded.error()));
  const Order& order = (*folded)->order;
  const auto& account = running.folded.order.customer;
  const bool by_secret =
      request_.other_hash && same(other->loaded.head.secret_hash, *request_.other_hash);
  const bool by_account =
      order.customer && (order.customer == account || order.customer == request_.actor.id);
  const bool is_customer = request_.actor.kind == ActorClass::customer;
  if (!is_customer || by_secret || by_account) running.other = *std::move(folded);
  return {};
}

/// Puts the facts in place for decisions, once they were gathered or have changed.
void OrderJob::know(Running& running) const {
  running.context = running.facts.context(running.shop, running.scope.now_ms(), request_.actor);
  running.context.appraiser = &running.appraiser;
}

const Context& OrderJob::context_of(Running& running) {
  Context& context = running.context;
  context.shown = running.folded.quote ? &*running.folded.quote : nullptr;
  context.other = running.other_is_this ? &running.folded.order
                  : running.other       ? &running.other->order
                                        : nullptr;
  context.other_is_this = running.other_is_this;
  return context;
}

/// What the customer was shown last, so that a changed quote can name what changed.
void OrderJob::recall_shown(Running& running, const PlaceOrder& place) const {
  running.folded.recall(place.expected_digest);
  // An order without events has shown nothing yet: there is no row to ask for.
  if (running.folded.quote || running.head.version == 0) return;
  const auto row = tools_.reads.order_row(running.head.order_no);
  if (!row || !*row) return;
  if (const auto view = wire::decode<View>((*row)->view)) running.folded.quote = quote_shown(*view);
}

Result<void> OrderJob::apply(Running& running, std::vector<NewEvent> events, const Asked& asked) {
  const std::int64_t first = running.folded.order.version + 1;
  if (!events.empty()) {
    const std::vector<Salt> salts = salts_for(events);
    const Recording facts{.version = running.folded.order.version,
                          .chain = running.folded.head,
                          .at_ms = std::max(running.scope.now_ms(), running.folded.order.last_ms),
                          .actor = request_.actor,
                          .command_id = asked.id};
    std::vector<Recorded> recorded = record(std::move(events), facts, salts);
    Order& order = running.folded.order;
    const std::int64_t order_no = running.head.order_no;
    const std::optional<std::string> account = order.customer;
    const std::string email = email_of(order);
    const commit::StockOfOrder stock_before = stock_of_order(order, order_no);
    const Effects effects =
        evolve_with_effects(order, recorded, running.shop.rules.rules(), running.shop.settings);
    running.folded.head = recorded.back().chain;
    note_events(running.happened, recorded);
    append(running, recorded);
    keep_facts(running, recorded);
    erase(running, recorded);
    Carried carried = carry_over({.order_no = order_no,
                                  .stock_before = stock_before,
                                  .after = order,
                                  .events = recorded,
                                  .effects = effects,
                                  .shop = running.shop,
                                  .facts = running.facts,
                                  .who = running.who,
                                  .sends_mail = tools_.sends_mail},
                                 running.scope);
    for (const std::string& place : carried.places) tools_.catalog.note_place(place);
    std::ranges::move(carried.tasks, std::back_inserter(answer_.tasks));
    if (auto ok = take_notice(running, account, email, carried.moved); !ok) return ok;
  }
  if (asked.id) {
    running.scope.put_command(running.head.order_no, {.command_id = asked.id->value,
                                                      .digest = asked.digest,
                                                      .first_n = first,
                                                      .last_n = running.folded.order.version});
  }
  return {};
}

/// What codes and cards are worth depends on who uses them: the answer tells it with the same
/// batch.
Result<void> OrderJob::take_notice(Running& running, const std::optional<std::string>& account,
                                   const std::string& email, bool moved) {
  const Order& order = running.folded.order;
  const bool other = order.customer != account || email_of(order) != email;
  if (other) {
    auto customer = who(order, running.shop, running.subjects);
    if (!customer) return std::unexpected(std::move(customer.error()));
    running.who = *std::move(customer);
  }
  if (!moved && !other) return {};
  running.appraiser.forget();
  auto known = running.gatherer.refresh(running.facts, running.subjects, order, running.who);
  know(running);
  return known;
}

}  // namespace tandem::app
