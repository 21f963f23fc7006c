// SPDX-License-Identifier: Apache-2.0
#include "core/workload/world.hpp"

#include <algorithm>

#include "tandem/base/reason.hpp"
#include "tandem/base/rejection_fields.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/possible.hpp"

namespace tandem::workload {
namespace {

constexpr std::int64_t kLedgersEvery = 500;
constexpr std::size_t kRecent = 30;

/// Bytes that change whenever the shop's ledgers do.
std::string ledgers_of(const replay::Shop& shop) {
  std::string bytes;
  const auto add = [&](std::int64_t value) { bytes += std::to_string(value) + ','; };
  for (const auto& [key, figures] : shop.stock()) {
    add(figures.on_hand);
    add(figures.reserved);
    add(figures.held);
    add(figures.backordered);
  }
  for (const auto& [id, figures] : shop.promotions()) {
    add(figures.uses);
    add(figures.held);
  }
  for (const auto& [code, card] : shop.gift_cards()) {
    add(card.balance_minor);
    add(card.held_minor);
  }
  add(static_cast<std::int64_t>(shop.outbox().size()));
  return bytes;
}

/// Why possible() says that a command may not be sent at all, if the shop can tell.
template <class Shop>
std::optional<Reason> promise(const Shop& shop, const Ask& ask, std::int64_t now_ms) {
  if constexpr (requires { shop.possible(ask.order, ask.actor, now_ms); }) {
    if (!shop.orders().contains(ask.order)) return std::nullopt;
    const std::string_view type = OneOf<Command>::names[ask.command.index()];
    std::optional<Reason> refused = Reason::command_unknown;
    for (const Possibility& one : shop.possible(ask.order, ask.actor, now_ms)) {
      if (one.command != type) continue;
      if (!one.refused) return std::nullopt;
      refused = one.refused;
    }
    return refused;
  }
  return std::nullopt;
}

}  // namespace

World::World(std::uint64_t seed)
    : seed_(seed),
      random_(seed),
      document_(shop_document(random_)),
      auditor_(wire::parse(document_).value()),
      generator_(random_, shop_),
      most_alive_(static_cast<std::size_t>(random_.between(8, 30))) {
  if (auto begun = shop_.begin(wire::parse(document_).value()); !begun) {
    faults_.push_back("the shop is refused: " + canonical(begun.error()));
  }
}

bool World::step() {
  if (!sound()) return false;
  ++steps_;
  let_time_pass();
  run_due();
  if (random_.chance(6))
    change_facts();
  else
    ask();
  run_consequences();
  look_at_touched();
  if (steps_ % kLedgersEvery == 0) auditor_.check_ledgers(shop_, true);
  return sound();
}

bool World::finish() {
  if (!sound()) return false;
  auditor_.check_ledgers(shop_, true);
  for (const auto& [id, at] : shop_.orders()) auditor_.check_chain(id, at.order);
  return sound();
}

void World::let_time_pass() {
  switch (random_.below(100)) {
    case 0:
      now_ms_ += random_.between(1, 21) * kDayMs;
      break;
    case 1:
    case 2:
      now_ms_ += random_.between(1, 30) * kHourMs;
      break;
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
      now_ms_ += random_.between(1, 60) * 60'000;
      break;
    default:
      now_ms_ += random_.between(0, 30'000);
      break;
  }
}

void World::run_due() {
  while (const auto due = shop_.next_due(now_ms_)) {
    const auto before = shop_.orders().at(due->order).order.version;
    (void)run(due->order, due->due.command,
              {.kind = ActorClass::system, .id = {}, .provider = {}, .role = {}}, due->due.at_ms);
    if (shop_.orders().at(due->order).order.version == before) {
      faults_.push_back(due->order + ": what fell due changes nothing and is due for ever");
      return;
    }
    run_consequences();
  }
}

void World::run_consequences() {
  while (const auto next = shop_.next_consequence()) {
    (void)run(next->order, next->command,
              {.kind = ActorClass::system, .id = {}, .provider = {}, .role = {}}, now_ms_);
  }
}

void World::change_facts() {
  const std::string text = shop_change(random_, shop_);
  entries_.push_back(R"({"at_ms":)" + std::to_string(now_ms_) + R"(,"set":)" + text + "}");
  recent_.push_back(entries_.back());
  const wire::Value changes = wire::parse(text).value();
  if (shop_.set(changes, "")) {
    auditor_.note_set(changes);
    ++counts_["set"];
  } else {
    ++counts_["set refused"];
    recent_.back() += " refused";
  }
}

std::string World::choose_order() {
  if (alive_.empty() || (alive_.size() < most_alive_ && random_.chance(12))) {
    alive_.push_back("o" + std::to_string(++orders_));
    lives_[alive_.back()] = random_.between(10, 300);
    return alive_.back();
  }
  return random_.pick(alive_);
}

void World::ask() {
  const std::string order = choose_order();
  Ask ask = generator_.next(order, now_ms_);
  std::string entry = R"({"at_ms":)" + std::to_string(now_ms_) + R"(,"order":")" + order +
                      R"(","actor":)" + canonical(ask.actor) + R"(,"command":)" +
                      canonical(ask.command) + "}";
  entries_.push_back(std::move(entry));
  const auto found = shop_.orders().find(order);
  const bool closely = random_.chance(10);
  const std::string ledgers = ledgers_of(shop_);
  const Digest chain = found == shop_.orders().end() ? Digest{} : found->second.chain;
  const std::string seen =
      closely && found != shop_.orders().end() ? canonical(view(order)) : std::string();
  const auto promised = random_.chance(10) ? promise(shop_, ask, now_ms_) : std::nullopt;
  const Answer answer = run(order, ask.command, ask.actor, now_ms_, ask.command_id);
  if (promised && answer && refuses_any_input(*promised)) {
    faults_.push_back(order +
                      ": possible() refuses what is accepted: " + std::string(name(*promised)));
  }
  if (!answer || answer->empty()) {
    const auto after = shop_.orders().find(order);
    const bool same_chain = after == shop_.orders().end() || after->second.chain == chain;
    const bool same_view = seen.empty() || canonical(view(order)) == seen;
    if (!same_chain || !same_view || ledgers_of(shop_) != ledgers) {
      faults_.push_back(order + ": a refusal changes something");
    }
  }
  if (--lives_[order] <= 0) retire(order);
}

World::Answer World::run(const std::string& order, const Command& command, const Actor& actor,
                         std::int64_t at_ms, const std::optional<CommandId>& command_id) {
  const auto known = shop_.orders().find(order);
  const std::int64_t last = known == shop_.orders().end() ? 0 : known->second.order.last_ms;
  Answer answer = shop_.run(order, command, actor, at_ms, command_id);
  const std::string type(OneOf<Command>::names[command.index()]);
  std::string line = "{\"at_ms\":" + std::to_string(at_ms) + ",\"order\":\"" + order +
                     "\",\"actor\":" + canonical(actor) + ",\"command\":" + canonical(command) +
                     "}\n   ";
  if (answer) {
    auditor_.note({.order = order,
                   .actor = actor,
                   .command = command,
                   .events = *answer,
                   .at_ms = std::max(at_ms, last)});
    if (!answer->empty()) touched_.insert(order);
    line += canonical(*answer);
    ++counts_[type + (answer->empty() ? " no event" : "")];
  } else {
    line += canonical(answer.error());
    ++counts_[type + " refused " + std::string(name(answer.error().reason))];
  }
  recent_.push_back(std::move(line));
  while (recent_.size() > kRecent) recent_.pop_front();
  return answer;
}

View World::view(const std::string& order) const {
  const Order& at = shop_.orders().at(order).order;
  static const Quote none;
  return view_of(at, at.is_placed() ? at.placed->quote : none,
                 {.order = order, .order_no = {}, .staff = true, .abandonment = {}});
}

void World::look_at_touched() {
  for (const std::string& order : touched_) {
    const bool whole = !shop_.orders().at(order).order.is_placed() && random_.chance(15);
    auditor_.check_order(order, whole ? shop_.view(order, now_ms_) : view(order));
  }
  touched_.clear();
}

/// An order's life ends: nobody asks anything of it any more, but others may still lead to
/// something.
void World::retire(const std::string& order) {
  std::erase(alive_, order);
  lives_.erase(order);
  const auto found = shop_.orders().find(order);
  if (found != shop_.orders().end()) auditor_.check_chain(order, found->second.order);
}

std::string World::script() const {
  std::string text = document_;
  text.back() = ',';
  text += "\"script\":[\n";
  for (std::size_t i = 0; i < entries_.size(); ++i) text += (i == 0 ? "" : ",\n") + entries_[i];
  return text + "]}\n";
}

std::string World::report() const {
  std::string text = "seed " + std::to_string(seed_) + ", step " + std::to_string(steps_) + "\n";
  text += document_ + "\n";
  for (const std::string& line : recent_) text += line + "\n";
  for (const std::string& fault : faults_) text += "FAULT " + fault + "\n";
  for (const std::string& fault : auditor_.faults()) text += "FAULT " + fault + "\n";
  return text;
}

}  // namespace tandem::workload
