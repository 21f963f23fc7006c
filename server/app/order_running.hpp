// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an order's job works with while it decides: of its own sources alone.

#include <string_view>
#include <vector>

#include "app/order_job.hpp"

namespace tandem::app {

/// The state of one decide(): nothing of it outlives the call but what the answer and the rows
/// that are made later take.
struct OrderJob::Running {
  commit::Scope& scope;
  const Shop& shop;
  std::shared_ptr<const Shop> held_shop;  // for what outlives the call
  store::OrderHead head;
  Folded folded;
  Subjects subjects;
  Who who;
  BatchFacts& source;
  Gatherer gatherer;
  Facts facts;
  Context context;  // of the facts as they are: see OrderJob::know
  std::shared_ptr<const Folded> other;  // the order that the command at hand names
  bool other_is_this = false;
  mutable Appraiser appraiser;  // forgets whenever the facts change
  std::vector<std::string_view> happened{};  // the names of all events so far
};

}  // namespace tandem::app
