// SPDX-License-Identifier: Apache-2.0
#include "tandem/replay/replay.hpp"

#include "tandem/fields/writer.hpp"
#include "tandem/replay/answer.hpp"
#include "tandem/replay/entry.hpp"
#include "tandem/wire/problem.hpp"

namespace tandem {
namespace replay {
namespace {

/// Plays a script entry by entry and collects the steps.
class Player {
 public:
  Result<Answer> play(const wire::Value& input) {
    if (auto ok = check_frame(input); !ok) return std::unexpected(std::move(ok.error()));
    if (auto ok = shop_.begin(input); !ok) return std::unexpected(std::move(ok.error()));
    const wire::Value* script = input.find("script");
    const wire::List none;
    const wire::List* entries = script == nullptr ? &none : script->list();
    if (entries == nullptr) return reject(Reason::type_mismatch, "/script");
    for (std::size_t i = 0; i < entries->size(); ++i) {
      if (auto ok = step((*entries)[i], "/script/" + std::to_string(i)); !ok) {
        return std::unexpected(std::move(ok.error()));
      }
    }
    finish();
    return std::move(answer_);
  }

 private:
  static Result<void> check_frame(const wire::Value& input) {
    if (input.object() == nullptr) return reject(Reason::type_mismatch);
    const wire::Value* format = input.find("format");
    if (format == nullptr) return reject(Reason::field_missing, "/format");
    if (format->integer() == nullptr) return reject(Reason::type_mismatch, "/format");
    if (*format->integer() != 1) return reject(Reason::format_unknown, "/format", 1);
    if (input.find("rules") == nullptr) return reject(Reason::field_missing, "/rules");
    return {};
  }

  Result<void> step(const wire::Value& value, const std::string& pointer) {
    auto entry = read_entry(value, pointer);
    if (!entry) return std::unexpected(std::move(entry.error()));
    Step& step = answer_.steps.emplace_back();
    now_ms_ = entry->at_ms;
    run_due(step);
    if (entry->set != nullptr) {
      note(step, shop_.set(*entry->set, pointer + "/set"));
    } else if (entry->command != nullptr) {
      step.order = entry->order;
      auto command = read_command(*entry, shop_, shown_, pointer);
      if (!command && command.error().reason != Reason::command_unknown) {
        return std::unexpected(std::move(command.error()));
      }
      carry_out(step, *entry, std::move(command));
    } else {
      step.events.emplace();
    }
    run_consequences(step);
    remember_shown();
    return {};
  }

  void run_due(Step& step) {
    // Every due command ends what made it due, so this comes to an end.
    while (const auto due = shop_.next_due(now_ms_)) {
      auto events = shop_.run(due->order, due->due.command, {.kind = ActorClass::system},
                              due->due.at_ms, std::nullopt);
      step.caused.push_back({.at_ms = due->due.at_ms,
                             .events = events ? *std::move(events) : std::vector<Event>{},
                             .order = due->order});
      run_consequences(step);
    }
  }

  /// What the entry led to on other orders; it may lead to more.
  void run_consequences(Step& step) {
    while (const auto next = shop_.next_consequence()) {
      auto events = shop_.run(next->order, next->command, {.kind = ActorClass::system}, now_ms_,
                              std::nullopt);
      if (!events || events->empty()) continue;
      step.caused.push_back({.at_ms = now_ms_, .events = *std::move(events), .order = next->order});
    }
  }

  static void note(Step& step, Result<void> done) {
    if (done) {
      step.events.emplace();
    } else {
      step.rejected = std::move(done.error());
    }
  }

  void carry_out(Step& step, const Entry& entry, Result<Command> command) {
    Result<std::vector<Event>> events =
        command ? shop_.run(*entry.order, *command, entry.actor, entry.at_ms, entry.command_id)
                : std::unexpected(std::move(command.error()));
    if (events) {
      step.events = *std::move(events);
    } else {
      step.rejected = std::move(events.error());
    }
  }

  void remember_shown() {
    auto& digests = shown_.emplace_back();
    for (const auto& [id, at] : shop_.orders()) {
      if (const auto quote = shop_.show(id, now_ms_)) digests[id] = quote->quote_digest;
    }
  }

  void finish() {
    for (const auto& [id, at] : shop_.orders()) {
      answer_.orders.emplace(id, shop_.view(id, now_ms_));
      answer_.stream_digests.emplace(id, at.chain);
    }
    for (const auto& [key, figures] : shop_.stock()) {
      answer_.stock.push_back({.available = figures.available(),
                               .backordered = figures.backordered,
                               .held = figures.held,
                               .location = key.second,
                               .on_hand = figures.on_hand,
                               .reserved = figures.reserved,
                               .sku = key.first});
    }
    for (const auto& [code, row] : shop_.coupons().rows()) {
      const auto figures = shop_.code_figures().find(fold_code(code));
      const Figures known = figures == shop_.code_figures().end() ? Figures{} : figures->second;
      const wire::Value* promotion = row.find("promotion");
      const bool named = promotion != nullptr && promotion->text() != nullptr;
      answer_.coupons.push_back({.code = code,
                                 .held = known.held,
                                 .promotion = named ? *promotion->text() : std::string(),
                                 .uses = known.uses});
    }
    for (const auto& [promotion, figures] : shop_.promotions()) {
      answer_.promotions.push_back(
          {.held = figures.held, .promotion = promotion, .uses = figures.uses});
    }
    for (const auto& [code, card] : shop_.gift_cards()) {
      answer_.gift_cards.push_back({.balance_minor = card.balance_minor,
                                    .code = card.spelled,
                                    .held_minor = card.held_minor});
    }
    for (const OutboxRow& row : shop_.outbox()) {
      answer_.outbox.push_back({.kind = row.kind, .order = row.order});
    }
  }

  Shop shop_;
  Answer answer_;
  ShownDigests shown_;
  std::int64_t now_ms_ = 0;
};

}  // namespace
}  // namespace replay

VerbAnswer replay_verb(std::string_view input) {
  auto value = wire::parse(input);
  if (!value) return {wire::problem_document(value.error()), 1};
  auto answer = replay::Player{}.play(*value);
  if (!answer) return {wire::problem_document(answer.error()), 1};
  return {canonical(*answer), 0};
}

}  // namespace tandem
