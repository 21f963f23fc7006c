// SPDX-License-Identifier: Apache-2.0
// Events outside a batch: what a client catches up with, with today's offers and facts.
#include <algorithm>

#include "app/services.hpp"

namespace tandem::app {
namespace {

constexpr std::int64_t kAll = std::int64_t{1} << 40;

/// The facts that a client computes its cart with, as they were committed last.
Result<void> add_facts(const Services& services, const Shop& shop, const Order& order,
                       OrderAnswer& answer) {
  Subjects subjects;
  subjects.add(shop);
  subjects.add(order);
  auto facts = facts_now(services, shop, answer.head.order_no, order, subjects, answer.now_ms);
  if (!facts) return std::unexpected(std::move(facts.error()));
  answer.offers = std::move(facts->known);
  answer.facts = std::move(facts->quote);
  return {};
}

}  // namespace

Result<Facts> facts_now(const Services& services, const Shop& shop, std::int64_t order_no,
                        const Order& order, const Subjects& subjects, std::int64_t now_ms) {
  const bool hashes = subjects.reminds || counts_customers(shop.rules.rules());
  const auto who = who_is(order, services.tools.contact_key, hashes, services.reads);
  if (!who) return std::unexpected(who.error());
  ReadFacts source(services.reads, order_no);
  const Gatherer gatherer({.catalog = services.catalog,
                           .shop = shop,
                           .reads = services.reads,
                           .source = source,
                           .order_no = order_no,
                           .now_ms = now_ms});
  return gatherer.gather(subjects, order, *who);
}

Result<EventsJson> events_json(const Services& services, const store::OrderHead& head,
                               std::int64_t after, Audience audience) {
  const auto shop = services.catalog.now();
  if (!shop) return std::unexpected(shop.error());
  auto known = services.memory.find(head.order_no);
  if (!known || known->order.version != head.version) {
    auto loaded = load_folded(services.reads, head.order_no);
    if (!loaded) return std::unexpected(std::move(loaded.error()));
    known = *std::move(loaded);
  }
  if (!known) return reject(Reason::order_unknown);
  OrderAnswer answer;
  answer.head = head;
  answer.head.version = known->order.version;
  answer.head.head = known->head;
  answer.shop = *shop;
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return std::unexpected(now_ms.error());
  answer.now_ms = *now_ms;
  auto events = or_refusal(services.reads.events(head.order_no, after, kAll));
  if (!events) return std::unexpected(std::move(events.error()));
  answer.events = *std::move(events);
  std::erase_if(answer.events,
                [&](const store::Event& event) { return event.n > known->order.version; });
  auto parts = or_refusal(services.reads.parts(head.order_no));
  if (!parts) return std::unexpected(std::move(parts.error()));
  answer.parts = *std::move(parts);
  if (auto ok = add_facts(services, **shop, known->order, answer); !ok) {
    return std::unexpected(std::move(ok.error()));
  }
  AnswerFrame frame{.core_version = services.options.core_version,
                    .payment = payment_step(known->order, head.order_no, services.providers),
                    .audience = audience};
  return EventsJson{commands_json(answer, nullptr, std::move(frame)), answer.head.version};
}

}  // namespace tandem::app
