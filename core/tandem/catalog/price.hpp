// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an offer costs whom, from which quantity, and when. An offer has its own price; rows beside
// it lower it for everybody or set another one for groups of customers. price_of() is the only
// place that chooses; all else asks it.
//
//   {"unit_price_minor": 2000,
//    "prices": [{"quantity_from": 10, "unit_price_minor": 1800},
//               {"customer_groups": ["trade"], "unit_price_minor": 1500}]}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/result.hpp"
#include "tandem/catalog/ids.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/money/exact.hpp"

namespace tandem {

struct Offer;

/// One row of a price list. It counts from starts_ms until just before ends_ms.
struct PriceRow {
  std::vector<GroupId> customer_groups;  // empty: everybody
  std::optional<std::int64_t> ends_ms;
  std::optional<std::int64_t> quantity_from;
  std::optional<std::int64_t> starts_ms;
  std::optional<Exact> unit_price_exact;  // instead of unit_price_minor
  std::optional<std::int64_t> unit_price_minor;

  friend bool operator==(const PriceRow&, const PriceRow&) = default;
};

/// What the price for everybody was from an instant on, sales included.
struct PricePoint {
  std::int64_t from_ms = 0;
  std::int64_t unit_price_minor = 0;

  friend bool operator==(const PricePoint&, const PricePoint&) = default;
};

/// Who asks for a price, for how much of the product, and when.
struct PriceTerms {
  const std::optional<GroupId>& group;
  std::int64_t now_ms = 0;
  Exact quantity;  // of the product in the whole cart
};

/// The price that counts, and the row it comes from; nullptr: it is the offer's own.
struct ChosenPrice {
  Exact price;
  const PriceRow* row = nullptr;
};

/// The unit price as asked. Rows that name the customer's group go before everything else; without
/// one it is the offer's own price or a row for everybody. The lowest of these counts, of equal
/// ones the offer's own, then the first listed. 0 for an offer without any price.
[[nodiscard]] ChosenPrice price_of(const Offer& offer, const PriceTerms& terms);

/// Whether some row depends on the quantity, so that the whole cart must be looked at.
[[nodiscard]] bool has_quantity_prices(const Offer& offer);

/// The lowest price for everybody in the 30 days before the price that counts was reduced; empty
/// when it is not reduced, is for a group or a quantity, or the history does not tell.
/// Directive 98/6/EC, article 6a, as added by Directive (EU) 2019/2161.
[[nodiscard]] std::optional<std::int64_t> lowest_before_reduction(const Offer& offer,
                                                                  const ChosenPrice& chosen,
                                                                  std::int64_t now_ms);

/// Whether an offer has rows or a history that not everybody may see.
[[nodiscard]] bool has_secrets(const Offer& offer);

/// The offer as customers of this group may see it: without rows for other groups, without what
/// begins later, and without the names of other groups. It has the same price for them.
[[nodiscard]] Offer visible_to(Offer offer, const std::optional<GroupId>& group,
                               std::int64_t now_ms);

/// Checks what the field lists cannot. The subject of a refusal is a JSON pointer into the offer.
/// Refuses: field_missing, field_unknown (a row has exactly one spelling of its price),
/// number_out_of_range (a history that does not ascend, a quantity_scale beyond 0 to 12),
/// value_unknown (a unit code that cannot be one of UN/ECE Recommendation 20).
[[nodiscard]] Result<void> check_offer(const Offer& offer);

template <>
struct Fields<PriceRow> {
  using R = PriceRow;
  static constexpr std::array list{
      optional<&R::customer_groups>("customer_groups"),
      sparse<&R::ends_ms>("ends_ms"),
      sparse<&R::quantity_from>("quantity_from"),
      sparse<&R::starts_ms>("starts_ms"),
      sparse<&R::unit_price_exact>("unit_price_exact"),
      sparse<&R::unit_price_minor>("unit_price_minor"),
  };
};
template <>
inline constexpr std::string_view kTypeName<PriceRow> = "price";

template <>
struct Fields<PricePoint> {
  using P = PricePoint;
  static constexpr std::array list{required<&P::from_ms>("from_ms"),
                                   required<&P::unit_price_minor>("unit_price_minor")};
};

}  // namespace tandem
