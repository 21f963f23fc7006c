// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/decider.hpp"

#include <algorithm>
#include <utility>

namespace tandem {

Decider::Decider(const Order& order, const Context& context)
    : order_(order), context_(context), now_ms_(std::max(context.now_ms, order.last_ms)) {}

Decider::~Decider() = default;

const Cart& Decider::cart() const {
  if (!cart_) cart_.emplace(cart_of(order_));
  return *cart_;
}

const Appraisal& Decider::appraisal() const {
  return appraiser().of(quote_request(context_, cart()));
}

Result<const Quote*> Decider::quote() const {
  return current_quote(order_, quote_request(context_, cart()), context_.shown, appraiser());
}

void Decider::emit(Event event) { emit(std::move(event), {}); }

void Decider::emit(Event event, Parts parts) {
  evolve(order_, event, parts,
         {.n = order_.version + 1, .at_ms = now_ms_, .by = context_.actor.kind});
  cart_.reset();
  events_.push_back({std::move(event), std::move(parts)});
}

std::vector<NewEvent> Decider::take() { return std::move(events_); }

}  // namespace tandem
