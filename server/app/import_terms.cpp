// SPDX-License-Identifier: Apache-2.0
// Prices, units and the rest of an offer that an export has no column for.
#include <algorithm>
#include <iterator>

#include "app/import_shop.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

/// The keys of an offer that `custom.offer` may hold.
struct OfferTerms {
  std::optional<std::int64_t> backorder_limit;
  std::optional<std::int64_t> floor_minor;
  std::optional<InvoicePolicy> invoice_policy;
  std::optional<OfferKind> kind;
  std::optional<std::vector<PricePoint>> price_history;
  std::optional<std::vector<PriceRow>> prices;
  std::optional<std::int64_t> quantity_scale;
  std::optional<std::string> ship_together;
  std::optional<std::string> unit_code;
  std::optional<Exact> unit_price_exact;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::OfferTerms> {
  using T = app::OfferTerms;
  static constexpr std::array list{
      sparse<&T::backorder_limit>("backorder_limit"),
      sparse<&T::floor_minor>("floor_minor"),
      sparse<&T::invoice_policy>("invoice_policy"),
      sparse<&T::kind>("kind"),
      sparse<&T::price_history>("price_history"),
      sparse<&T::prices>("prices"),
      sparse<&T::quantity_scale>("quantity_scale"),
      sparse<&T::ship_together>("ship_together"),
      sparse<&T::unit_code>("unit_code"),
      sparse<&T::unit_price_exact>("unit_price_exact"),
  };
};
}  // namespace tandem

namespace tandem::app {
namespace {

PriceRow row_of(const intake::PriceTerm& term) {
  PriceRow row;
  if (!term.group.empty()) row.customer_groups.push_back({term.group});
  if (term.quantity_from > 0) row.quantity_from = term.quantity_from;
  row.starts_ms = term.starts_ms;
  row.ends_ms = term.ends_ms;
  row.unit_price_minor = term.price_minor;
  return row;
}

/// Lists of the cell stand behind those of the columns; anything else takes their place.
void add(Offer& offer, OfferTerms&& more) {
  const auto replace = [](auto& to, auto& from) {
    if (from) to = std::move(from);
  };
  const auto extend = [](auto& to, auto& from) {
    if (!from) return;
    if (!to) to.emplace();
    std::ranges::move(*from, std::back_inserter(*to));
  };
  replace(offer.backorder_limit, more.backorder_limit);
  replace(offer.floor_minor, more.floor_minor);
  replace(offer.invoice_policy, more.invoice_policy);
  if (more.kind) offer.kind = *more.kind;
  extend(offer.price_history, more.price_history);
  extend(offer.prices, more.prices);
  replace(offer.quantity_scale, more.quantity_scale);
  replace(offer.ship_together, more.ship_together);
  replace(offer.unit_code, more.unit_code);
  if (!more.unit_price_exact) return;
  offer.unit_price_exact = more.unit_price_exact;
  offer.unit_price_minor.reset();
}

}  // namespace

Result<void> apply_terms(const intake::Terms& terms, Offer& offer) {
  offer.floor_minor = terms.floor_minor;
  offer.quantity_scale = terms.quantity_scale;
  if (!terms.unit_code.empty()) offer.unit_code = terms.unit_code;
  if (!terms.prices.empty()) offer.prices.emplace();
  for (const intake::PriceTerm& term : terms.prices) offer.prices->push_back(row_of(term));
  if (!terms.history.empty()) offer.price_history.emplace();
  for (const intake::PastPrice& past : terms.history) {
    offer.price_history->push_back({.from_ms = past.from_ms, .unit_price_minor = past.price_minor});
  }
  if (!terms.json.empty()) {
    auto more = wire::decode<OfferTerms>(terms.json);
    if (!more) return std::unexpected(std::move(more.error()));
    add(offer, *std::move(more));
  }
  return check_offer(offer);
}

}  // namespace tandem::app
