// SPDX-License-Identifier: Apache-2.0
#pragma once
// Taxes of lines, fees and shipping: exact first, then rounded where `tax_rounding` says.
//
//   unit            each tax of each unit; what is left of a line is split over its units in whole
//                   minor units, the first units taking one more each
//   line            each tax of each line, and of shipping, on its own
//   group           per tax id, included and added apart, the exact sum once; each line gets the
//                   floor of its tax and the missing units go to the largest fractions
//   document_carry  lines in order, then shipping, one running remainder per tax from 0
//   none            nothing

#include <span>
#include <vector>

#include "tandem/pricing/work.hpp"

namespace tandem::pricing {

/// One thing that is taxed.
struct Item {
  const TaxSet* taxes = nullptr;
  Exact price;              // what is left of it, as entered
  Exact taxed;              // what its taxes are computed from: mostly the same
  Exact quantity = Exact::minor(1);
  std::int64_t units = 1;
  bool negative_unit = false;  // the unit price is below zero
  Place rank = 0;              // for ties: lines by id, then the rest
};

struct ItemTax {
  const SetTax* entry = nullptr;
  Exact exact;
  Exact amount;  // rounded as the policy says
  Exact base;
};

struct SettledItem {
  Exact exact_net;
  Exact net;
  Exact tax;
  std::span<ItemTax> taxes;  // of Settled::taxes

  [[nodiscard]] Exact gross() const { return net + tax; }
};

struct Settled {
  std::vector<SettledItem> items;
  std::vector<ItemTax> taxes;  // item by item
  Exact document_net;  // rounded once, where the document is
};

/// The taxes of these items together, in this order.
[[nodiscard]] Settled settle(Work& work, const std::vector<Item>& items);

/// The items of lines as they stand, or as they stood before any discount.
[[nodiscard]] Item item_of(Work& work, Place line, bool undiscounted);

/// The price of an item with the taxes that are added to it, each rounded by itself.
[[nodiscard]] Exact gross_of(const Work& work, const Item& item);

/// The item with its fixed taxes taken away: out of its price where they are included, and out of
/// the taxes that compound on them.
[[nodiscard]] Item without_fixed(Work& work, Item item);

[[nodiscard]] inline bool shipping_includes_tax(const Work& work) {
  return work.money.shipping_price_includes_tax.value_or(work.rules.prices_include_tax);
}

/// The items of one shipment: one, or with "proportional" one per set of taxes of the goods.
/// None while the shipment costs nothing (shipping_tax.cpp).
[[nodiscard]] std::vector<Item> items_of_shipment(Work& work, const WorkShipment& shipment);

/// The tax that stands for the mean rate of the goods; it is in no rules.
inline constexpr Place kMeanTax = kNowhere - 1;

}  // namespace tandem::pricing
