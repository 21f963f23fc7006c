// SPDX-License-Identifier: Apache-2.0
#pragma once
// The fold: what an order is, given what has happened. Total: a recorded event always applies, also
// one whose parts were erased. It never refuses and never computes money.
//
//   fold(history).state == OrderState::order

#include <span>

#include "tandem/order/order.hpp"
#include "tandem/order/record.hpp"

namespace tandem {

/// When and by whom an event came about.
struct EventMoment {
  std::int64_t n = 0;
  std::int64_t at_ms = 0;
  ActorClass by = ActorClass::customer;
};

/// Applies one event in place.
void evolve(Order& order, const Event& event, const Parts& parts, const EventMoment& moment);

/// Applies a recorded event in place.
void evolve(Order& order, const Recorded& recorded);

/// The order that a history makes.
[[nodiscard]] Order fold(std::span<const Recorded> history);

}  // namespace tandem
