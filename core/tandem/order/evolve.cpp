// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/evolve.hpp"

#include <algorithm>

#include "tandem/order/fold.hpp"

namespace tandem {
namespace {

template <class Container, class Key, class Projection>
auto* find_in(Container& container, const Key& key, Projection projection) {
  const auto found = std::ranges::find(container, key, projection);
  return found == container.end() ? nullptr : &*found;
}

}  // namespace

Line* Order::find_line(const LineId& id) { return find_in(lines, id, &Line::id); }
const Line* Order::find_line(const LineId& id) const { return find_in(lines, id, &Line::id); }
Attempt* Order::find_attempt(std::int64_t number) {
  return find_in(attempts, number, &Attempt::number);
}
const Attempt* Order::find_attempt(std::int64_t number) const {
  return find_in(attempts, number, &Attempt::number);
}
Refund* Order::find_refund(std::int64_t number) {
  return find_in(refunds, number, &Refund::number);
}
const Refund* Order::find_refund(std::int64_t number) const {
  return find_in(refunds, number, &Refund::number);
}
Transfer* Order::find_transfer(std::int64_t number) {
  return find_in(transfers, number, &Transfer::number);
}
const Transfer* Order::find_transfer(std::int64_t number) const {
  return find_in(transfers, number, &Transfer::number);
}
Invoice* Order::find_invoice(std::int64_t number) {
  return find_in(invoices, number, &Invoice::number);
}
const Invoice* Order::find_invoice(std::int64_t number) const {
  return find_in(invoices, number, &Invoice::number);
}
Return* Order::find_return(std::int64_t number) {
  return find_in(returns, number, &Return::number);
}
const Return* Order::find_return(std::int64_t number) const {
  return find_in(returns, number, &Return::number);
}

void evolve(Order& order, const Event& event, const Parts& parts, const EventMoment& moment) {
  std::visit(Fold(order, parts, moment), event);
  order.version = moment.n;
  order.last_ms = moment.at_ms;
  if (moment.by != ActorClass::customer) return;
  order.last_customer_ms = moment.at_ms;
  order.reminded.reset();  // what the customer does begins a new episode
}

void evolve(Order& order, const Recorded& recorded) {
  const Record& record = recorded.record;
  evolve(order, record.event, recorded.disclosed,
         {.n = record.n, .at_ms = record.at_ms, .by = record.actor.kind});
}

Order fold(std::span<const Recorded> history) {
  Order order;
  for (const Recorded& recorded : history) evolve(order, recorded);
  return order;
}

}  // namespace tandem
