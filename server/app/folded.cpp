// SPDX-License-Identifier: Apache-2.0
#include "app/folded.hpp"

#include <algorithm>

#include "tandem/order/evolve.hpp"
#include "tandem/wire/decode.hpp"
#include "tandem/wire/upcast.hpp"

namespace tandem::app {
namespace {

/// Parts the reader does not know are left sealed: a newer program may have written them.
Result<void> disclose(const StoredPart& part, Parts& to) {
  const auto field = std::ranges::find(Fields<Parts>::list, part.name, &Field::name);
  if (field == Fields<Parts>::list.end()) return {};
  const auto value = wire::parse(part.bytes);
  if (!value) return std::unexpected(value.error());
  return wire::read(*value, field->type(), field->member(&to));
}

/// fold_on(), wherever the chain of the events ends.
Result<Folded> continued(Folded from, std::span<const store::Event> events,
                         std::span<const store::Part> parts) {
  for (const store::Event& event : events) {
    if (event.n <= from.order.version) continue;
    auto recorded = decode_event(event, parts);
    if (!recorded) return std::unexpected(std::move(recorded.error()));
    if (event.n != from.order.version + 1) return reject(Reason::internal, "events");
    from.head = next_chain(from.head, event.bytes);
    evolve(from.order, *recorded);
    from.quote.reset();
  }
  return from;
}

}  // namespace

Result<Recorded> decode_event(const store::Event& event, std::span<const store::Part> parts) {
  auto record = wire::decode_record(event.bytes);
  if (!record) return std::unexpected(std::move(record.error()));
  Recorded recorded;
  recorded.record = *std::move(record);
  recorded.bytes = event.bytes;
  for (const store::Part& part : parts) {
    if (part.n != event.n) continue;
    recorded.parts.push_back({.bytes = part.bytes, .name = part.name, .salt = {part.salt}});
    if (auto ok = disclose(recorded.parts.back(), recorded.disclosed); !ok) {
      return std::unexpected(std::move(ok.error()));
    }
  }
  return recorded;
}

void Folded::show(Quote next) {
  if (quote && quote->quote_digest != next.quote_digest) quote_before = std::move(quote);
  quote = std::move(next);
}

void Folded::recall(const Digest& expected) {
  if (quote_before && quote_before->quote_digest == hex(expected)) std::swap(quote, quote_before);
}

Result<Folded> fold_on(Folded from, std::span<const store::Event> events,
                       std::span<const store::Part> parts, const Digest& head) {
  auto folded = continued(std::move(from), events, parts);
  if (folded && folded->head != head) return reject(Reason::internal, "chain");
  return folded;
}

Result<std::shared_ptr<const Folded>> load_folded(store::Reads& reads, std::int64_t order_no) {
  constexpr std::int64_t kAll = std::int64_t{1} << 40;
  const auto head = reads.order(order_no);
  if (!head) return std::unexpected(store::rejection_of(head.error()));
  if (!*head) return std::shared_ptr<const Folded>();
  const auto events = reads.events(order_no, 0, kAll);
  if (!events) return std::unexpected(store::rejection_of(events.error()));
  const auto parts = reads.parts(order_no);
  if (!parts) return std::unexpected(store::rejection_of(parts.error()));
  // The order may have moved on between the reads: its chain ends where its events end.
  auto folded = continued(Folded{}, *events, *parts);
  if (!folded) return std::unexpected(std::move(folded.error()));
  return std::make_shared<const Folded>(*std::move(folded));
}

Result<std::shared_ptr<const Folded>> load_folded(OrderMemory& memory, store::Reads& reads,
                                                  std::int64_t order_no) {
  const auto known = memory.find(order_no);
  if (!known) return load_folded(reads, order_no);
  const auto head = reads.order(order_no);
  if (!head) return std::unexpected(store::rejection_of(head.error()));
  const bool is_now =
      *head && (*head)->version == known->order.version && (*head)->head == known->head;
  return is_now ? known : load_folded(reads, order_no);
}

OrderMemory::Entries::iterator OrderMemory::place(const store::OrderRef& ref) {
  if (const auto* order_no = std::get_if<std::int64_t>(&ref)) {
    const auto found = by_no_.find(*order_no);
    return found == by_no_.end() ? entries_.end() : found->second;
  }
  const auto found = by_id_.find(std::get<std::string>(ref));
  return found == by_id_.end() ? entries_.end() : found->second;
}

void OrderMemory::drop(Entries::iterator entry) {
  by_no_.erase(entry->order_no);
  by_id_.erase(entry->order_id);
  entries_.erase(entry);
}

std::shared_ptr<const Folded> OrderMemory::find(const store::OrderRef& ref) {
  const std::lock_guard lock(mutex_);
  const auto entry = place(ref);
  if (entry == entries_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->folded;
}

void OrderMemory::put(std::int64_t order_no, const std::string& order_id,
                      std::shared_ptr<const Folded> folded) {
  const std::lock_guard lock(mutex_);
  if (const auto entry = place(order_no); entry != entries_.end()) {
    entry->folded = std::move(folded);
    entries_.splice(entries_.begin(), entries_, entry);
    return;
  }
  entries_.push_front({order_no, order_id, std::move(folded)});
  by_no_.emplace(order_no, entries_.begin());
  by_id_.emplace(order_id, entries_.begin());
  if (entries_.size() > size_max_) drop(std::prev(entries_.end()));
}

void OrderMemory::forget(const store::OrderRef& ref) {
  const std::lock_guard lock(mutex_);
  if (const auto entry = place(ref); entry != entries_.end()) drop(entry);
}

}  // namespace tandem::app
