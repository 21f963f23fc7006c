// SPDX-License-Identifier: Apache-2.0
#pragma once
// An offer: what the shop asks for one product variant, and what is known about it. Facts, not
// rules: they come from the shop's database and change at any time.
//
//   Offer tea{.sku = {"TEA-100"}, .unit_price_minor = 2000};

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/catalog/ids.hpp"
#include "tandem/catalog/price.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/money/exact.hpp"

namespace tandem {

TANDEM_ENUM(OfferKind, goods, service, digital)
TANDEM_ENUM(StockPolicy, deny, backorder, untracked)
TANDEM_ENUM(InvoicePolicy, ordered, delivered)

/// A text per language, by BCP 47 tag.
using Translations = std::map<std::string, std::string>;

struct Offer {
  bool active = true;
  std::optional<std::int64_t> backorder_limit;  // read when stock_policy is backorder
  std::vector<CategoryId> categories;
  std::optional<std::int64_t> floor_minor;  // lowest unit price through any discount, never below 0
  std::optional<InvoicePolicy> invoice_policy;
  OfferKind kind = OfferKind::goods;
  Translations name;
  std::optional<std::vector<PricePoint>> price_history;  // ascending by instant
  std::optional<std::vector<PriceRow>> prices;
  std::optional<std::int64_t> quantity_scale;  // decimals it is sold in; empty: any
  bool returnable = true;
  std::optional<std::string> ship_together;  // goods with the same name leave in one parcel
  Sku sku;
  StockPolicy stock_policy = StockPolicy::deny;
  std::optional<TaxClassId> tax_class;  // empty: the default class
  std::optional<std::string> unit_code;  // UN/ECE Recommendation 20: "KGM"
  std::optional<Exact> unit_price_exact;  // instead of unit_price_minor
  std::optional<std::int64_t> unit_price_minor;
  std::int64_t weight_g = 0;

  friend bool operator==(const Offer&, const Offer&) = default;
};

/// The offer with this sku among offers ascending by sku, else nullptr.
[[nodiscard]] const Offer* find_offer(std::span<const Offer> offers, const Sku& sku);

template <>
struct Fields<Offer> {
  static constexpr std::array list{
      optional<&Offer::active>("active"),
      sparse<&Offer::backorder_limit>("backorder_limit"),
      optional<&Offer::categories>("categories"),
      sparse<&Offer::floor_minor>("floor_minor"),
      sparse<&Offer::invoice_policy>("invoice_policy"),
      optional<&Offer::kind>("kind"),
      optional<&Offer::name>("name"),
      sparse<&Offer::price_history>("price_history"),
      sparse<&Offer::prices>("prices"),
      sparse<&Offer::quantity_scale>("quantity_scale"),
      optional<&Offer::returnable>("returnable"),
      sparse<&Offer::ship_together>("ship_together"),
      required<&Offer::sku>("sku"),
      optional<&Offer::stock_policy>("stock_policy"),
      sparse<&Offer::tax_class>("tax_class"),
      sparse<&Offer::unit_code>("unit_code"),
      sparse<&Offer::unit_price_exact>("unit_price_exact"),
      sparse<&Offer::unit_price_minor>("unit_price_minor"),
      optional<&Offer::weight_g>("weight_g"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Offer> = "offer";

}  // namespace tandem
