// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every outside fact that a decision may use: time, actor, the published rules, the settings, the
// offers, and what the ledgers say. The core has no other way to learn anything.
//
//   decide(order, command, Context{.now_ms = now, .actor = actor, .rules = &rules, …})

#include <cstdint>
#include <span>

#include "tandem/catalog/offer.hpp"
#include "tandem/order/actor.hpp"
#include "tandem/order/appraiser.hpp"
#include "tandem/order/settings.hpp"
#include "tandem/pricing/facts.hpp"
#include "tandem/pricing/pricing.hpp"
#include "tandem/pricing/quote.hpp"

namespace tandem {

struct Context {
  std::int64_t now_ms = 0;
  Actor actor;
  const CompiledRules* rules = nullptr;
  Digest rules_id{};
  const Settings* settings = nullptr;
  /// Ascending by sku: at least the offers of the order's lines and of the command.
  std::span<const Offer> offers;
  /// `facts->availability` is what this order may take of a sku: on hand − reserved − backordered −
  /// safety stock − live holds of others; its own hold does not count. Absent: not known here.
  const QuoteFacts* facts = nullptr;
  /// The quote that the customer was shown, if it is still known: only to name what changed.
  const Quote* shown = nullptr;
  /// Where the run of the engine for a cart is kept for the next question under the same facts.
  /// Changes no answer; a decision without one keeps its own.
  Appraiser* appraiser = nullptr;
};

}  // namespace tandem
