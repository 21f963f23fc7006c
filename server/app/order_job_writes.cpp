// SPDX-License-Identifier: Apache-2.0
// What an order's job leaves behind: events, facts, the projection, the answer.
#include <algorithm>
#include <utility>

#include "app/hook_jobs.hpp"
#include "app/order_running.hpp"
#include "app/projection.hpp"
#include "tandem/order/decide.hpp"

namespace tandem::app {

/// Personal data goes with the event that says so: parts and salts of all events before.
void OrderJob::erase(Running& running, const std::vector<Recorded>& recorded) {
  for (const Recorded& one : recorded) {
    const auto* erased = std::get_if<PersonalDataErased>(&one.record.event);
    if (erased == nullptr) continue;
    for (const std::string& part : erased->parts) {
      running.scope.erase_parts(running.head.order_no, part);
    }
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

/// An order that is frozen keeps the offers that its quote was made from.
void OrderJob::keep_facts(Running& running, const std::vector<Recorded>& recorded) {
  for (const Recorded& one : recorded) {
    const std::vector<Digest>* used = facts_in(one.record.event);
    if (used == nullptr) continue;
    for (const auto& offer : running.facts.known) {
      if (std::ranges::find(*used, offer->digest) == used->end()) continue;
      running.scope.writes().facts.push_back({offer->digest, offer->bytes});
    }
  }
}

/// Has the projection made and written when something happened, and answers.
void OrderJob::finish(Running& running) {
  const Order& order = running.folded.order;
  const bool changed = order.version != running.head.version;
  if (changed) {
    // A product that was taken out of the shop leaves an open cart with the quote it had.
    auto quote = current_quote(order, context_of(running));
    if (quote) running.folded.show(*std::move(quote));
  }
  if (changed) hash_contact(running.folded);
  auto folded = std::make_shared<const Folded>(std::move(running.folded));
  if (changed) {
    running.scope.put_later([folded, shop = running.held_shop, head = running.head,
                             happened = std::move(running.happened),
                             now_ms = running.scope.now_ms()](store::Writes& writes) {
      static const Quote kNone;
      std::optional<store::Digest> contact;
      if (folded->contact) contact = folded->contact->hash;
      auto row = project(folded->order, folded->quote ? *folded->quote : kNone, head,
                         shop->settings, contact);
      tell_hooks(shop->hooks, row, head.order_id, happened, now_ms, writes);
      writes.order_rows.push_back(std::move(row));
    });
  }
  running.scope.keep_folded(running.head.order_no, folded);
  answer_.folded = folded;
  answer_.offers = running.facts.known;
  answer_.facts = std::move(running.facts.quote);
  answer_with(*running.scope.order(running.head.order_no));
}

void OrderJob::hash_contact(Folded& folded) const {
  const auto& contact = folded.order.contact;
  if (!contact) return folded.contact.reset();
  if (folded.contact && folded.contact->email == contact->email) return;
  if (sent_contact_ && sent_contact_->email == contact->email) {
    folded.contact = sent_contact_;
    return;
  }
  folded.contact = {.email = contact->email,
                    .hash = contact_hash(tools_.contact_key, contact->email)};
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
