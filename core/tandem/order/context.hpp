// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every outside fact that a decision may use: time, actor, the published rules, the settings, the
// offers, and what the ledgers say. The core has no other way to learn anything.
//
//   decide(order, command, Context{.now_ms = now, .actor = actor, .rules = &rules, …})

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tandem/catalog/offer.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/ledger/gift_cards.hpp"
#include "tandem/order/actor.hpp"
#include "tandem/order/appraiser.hpp"
#include "tandem/order/history.hpp"
#include "tandem/order/settings.hpp"
#include "tandem/pricing/facts.hpp"
#include "tandem/pricing/pricing.hpp"
#include "tandem/pricing/quote.hpp"

namespace tandem {

struct Order;

/// What lies at one place that is neither reserved nor held by others nor safety stock. What was
/// promised to others beyond stock does not count: it is not on any shelf yet.
struct Shelf {
  std::string location;
  std::int64_t free = 0;
};

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
  /// By sku: where its units lie, the main place first, the others by name. Absent: nowhere.
  std::map<std::string, std::vector<Shelf>> shelves{};
  /// By code: the gift cards of the order and of the command. Absent: there is no such card.
  std::map<std::string, GiftCardFigures> gift_cards{};
  /// What the shop remembers of this customer beside the order.
  CustomerHistory history{};
  /// The order that the command names with `from`; nullptr: there is none that this customer may
  /// see.
  const Order* other = nullptr;
  bool other_is_this = false;
  /// The number that the next invoice of a series gets. Absent: 1.
  std::map<std::string, std::int64_t> next_numbers{};
  /// The rules and offers the order was frozen under, to price a revision by them.
  const CompiledRules* placed_rules = nullptr;
  std::span<const Offer> placed_offers{};
  /// Where the run of the engine for a cart is kept for the next question under the same facts.
  /// Changes no answer; a decision without one keeps its own.
  Appraiser* appraiser = nullptr;
};

}  // namespace tandem
