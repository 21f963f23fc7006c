// SPDX-License-Identifier: Apache-2.0
// From cart lines to priced lines: offers are looked up, foreign gross prices rebased, amounts
// made.
#include <algorithm>
#include <numeric>

#include "tandem/base/sort.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/pricing/discounts.hpp"

namespace tandem {

LineId line_id_of(const Sku& sku, const std::optional<std::string>& configuration) {
  if (!configuration) return {sku.value};
  return {sku.value + "#" + hex(sha256(*configuration), 8)};
}

namespace pricing {
namespace {

std::string line_pointer(std::size_t index, std::string_view member) {
  return "/cart/lines/" + std::to_string(index) + "/" + std::string(member);
}

bool is_valid(const Tax& tax, std::int64_t now_ms) {
  return (!tax.starts_ms || *tax.starts_ms <= now_ms) && (!tax.ends_ms || now_ms < *tax.ends_ms);
}

/// The set of a class's taxes as they are now.
const TaxSet* set_now(Work& work, Place place, bool prices_include) {
  static const TaxSet kNone{};
  if (place == kNowhere) return &kNone;
  const ClassTaxes& taxes = work.compiled.taxes[place];
  if (!taxes.dated) return &taxes.sets[prices_include ? 1 : 0];
  std::vector<Place> valid;
  for (const Place tax : taxes.listed)
    if (is_valid(work.rules.taxes[tax], work.request.now_ms)) valid.push_back(tax);
  auto solved = solve(work.rules.taxes, valid, prices_include);
  if (!solved) {
    work.refuse(solved.error().reason, "/rules/taxes");
    return &kNone;
  }
  return &work.solved.emplace_back(*std::move(solved));
}

Place zone_slot(const Work& work, Place zone) {
  return zone == kNowhere ? static_cast<Place>(work.rules.zones.size()) : zone;
}

const TaxSet* taxes_in(Work& work, Place tax_class, Place zone, bool prices_include) {
  if (tax_class == kNowhere) return set_now(work, kNowhere, prices_include);
  const CompiledClass& compiled = work.compiled.classes[tax_class];
  return set_now(work, compiled.by_zone[zone_slot(work, zone)], prices_include);
}

bool same_rates(const TaxSet& a, const TaxSet& b) {
  return std::ranges::equal(a.taxes, b.taxes, [](const SetTax& one, const SetTax& other) {
    return one.included == other.included && one.of_price == other.of_price &&
           one.per_unit == other.per_unit;
  });
}

/// Home's included taxes are taken out of the unit price; the destination's included ones are
/// added. The net is rounded with `rounding`, never `rounding_included`, and the sum is rounded
/// again; neither when unit prices are not rounded. Where some tax of home is not in the price,
/// nothing is taken out and the price stays; so it does where the rates are home's.
Exact rebased(Work& work, Exact price, Place tax_class, const TaxSet& destination) {
  const TaxSet& home =
      *taxes_in(work, tax_class, work.compiled.home_zone, work.rules.prices_include_tax);
  if (!std::ranges::all_of(home.taxes, &SetTax::included) || same_rates(home, destination)) {
    return price;
  }
  const auto settled = [&](Exact figure) {
    const bool keep = work.money.unit_price_rounding == UnitPriceRounding::none;
    return keep ? figure : rounded(figure, work.money.rounding);
  };
  const auto signed_as_price = [&](Exact fixed) { return price < Exact{} ? -fixed : fixed; };
  Exact net = settled(multiply(price - signed_as_price(home.included_per_unit), home.net_of_price));
  // A fixed tax above the price leaves nothing: a price never changes its sign on the way.
  if (net.sign() != price.sign()) net = Exact{};
  if (!destination.any_included() || destination.net_of_price.is_zero()) return net;
  return settled(multiply(net, destination.net_of_price.inverse()) +
                 signed_as_price(destination.included_per_unit));
}

/// A line without either spelling wants one unit.
Exact quantity_of(const CartLine& cart) {
  return cart.quantity_exact.value_or(Exact::minor(cart.quantity.value_or(1)));
}

/// Whether a quantity has no more decimals than the offer is sold in.
bool is_sold_so_fine(const Offer& offer, Exact quantity) {
  if (!offer.quantity_scale || quantity.is_whole()) return true;
  std::int64_t step = Exact::kScale;
  for (std::int64_t scale = 0; scale < *offer.quantity_scale && step > 1; ++scale) step /= 10;
  return quantity.above % step == 0;
}

void take_quantity(WorkLine& line, const CartLine& cart) {
  line.quantity = quantity_of(cart);
  line.is_whole = line.quantity.is_whole();
  line.units = line.is_whole ? line.quantity.floor : 0;
}

/// What may come off a line. Where its tax stays that of the undiscounted amount, and percentages
/// are of the amount with tax, that is all of it with its tax, so that the net goes below zero; but
/// not where taxes are rounded by unit, which may come to less.
Exact most_off(const Work& work, const WorkLine& line) {
  const MoneyPolicy& money = work.money;
  const bool with_tax = money.discount_base == DiscountBase::undiscounted_tax &&
                        money.percent_of == PercentOf::gross &&
                        money.tax_rounding != TaxRounding::unit && line.amount > Exact{};
  if (!with_tax) return line.amount;
  const Exact gross = multiply(line.amount, line.taxes->gross_of_price);
  return money.tax_rounding == TaxRounding::line ? as_shown(work, line, gross) : gross;
}

void take_amount(Work& work, WorkLine& line) {
  const Exact amount = multiply(line.unit_price, line.quantity);
  line.amount =
      work.keeps_percentages_exact() ? amount : rounded(amount, work.rounding(line.includes_tax));
  line.left = line.amount;
  line.floor = line.amount - most_off(work, line);
  if (line.offer->floor_minor && line.quantity > Exact{}) {
    const Exact floor = multiply(Exact::minor(*line.offer->floor_minor), line.quantity);
    line.floor = std::max(Exact{}, floor);
  }
  if (!in_range(line.amount)) {
    work.refuse(Reason::amount_out_of_range, "/cart/lines/" + std::to_string(work.lines.size()));
  }
}

/// How much of a product the cart asks for in all its lines, whatever the signs.
Exact wanted_in_cart(Work& work, const Sku& sku) {
  if (work.wanted.empty()) {
    for (const CartLine& cart : work.request.cart.lines) {
      const Exact quantity = quantity_of(cart);
      work.wanted[cart.sku.value] += quantity < Exact{} ? -quantity : quantity;
    }
  }
  return work.wanted[sku.value];
}

/// The price that counts for this customer, quantity and moment, before rebasing.
void choose_price(Work& work, WorkLine& line) {
  const Offer& offer = *line.offer;
  Exact quantity = line.quantity;
  if (line.cart != nullptr && has_quantity_prices(offer)) {
    quantity = wanted_in_cart(work, offer.sku);
  }
  const ChosenPrice chosen = price_of(offer, {.group = work.request.facts.customer_group,
                                              .now_ms = work.request.now_ms,
                                              .quantity = quantity});
  line.unit_price = chosen.price;
  line.price_row = chosen.row;
  if (offer.prices) work.step(static_cast<std::int64_t>(offer.prices->size()));
  if (!offer.price_history) return;
  work.step(static_cast<std::int64_t>(offer.price_history->size()));
  const auto lowest = lowest_before_reduction(offer, chosen, work.request.now_ms);
  if (lowest) line.lowest = Exact::minor(*lowest);
}

/// Looks up what the offer's class is taxed with, and makes the price and the amount.
bool price_line(Work& work, WorkLine& line) {
  const ClassPlace tax_class = class_of(work.compiled, line.offer->tax_class);
  if (tax_class.unknown) return false;
  line.taxes = taxes_at(work, tax_class.place, work.rules.prices_include_tax);
  line.includes_tax =
      line.taxes->taxes.empty() ? work.rules.prices_include_tax : line.taxes->any_included();
  choose_price(work, line);
  const bool foreign = work.zone != work.compiled.home_zone;
  if (foreign && work.money.foreign_gross_prices == ForeignGrossPrices::rebase) {
    line.unit_price = rebased(work, line.unit_price, tax_class.place, *line.taxes);
    if (line.lowest) line.lowest = rebased(work, *line.lowest, tax_class.place, *line.taxes);
  }
  take_amount(work, line);
  return true;
}

Result<void> make_line(Work& work, std::size_t index) {
  const CartLine& cart = work.request.cart.lines[index];
  WorkLine line;
  line.cart = &cart;
  line.offer = find_offer(work.request.offers, cart.sku);
  if (line.offer == nullptr) return reject(Reason::offer_unknown, line_pointer(index, "sku"));
  take_quantity(line, cart);
  if (!line.is_whole && work.money.tax_rounding == TaxRounding::unit) {
    return reject(Reason::quantity_not_whole, line_pointer(index, "quantity_exact"));
  }
  if (!is_sold_so_fine(*line.offer, line.quantity)) {
    return reject(Reason::quantity_too_fine, line_pointer(index, "quantity_exact"),
                  *line.offer->quantity_scale);
  }
  line.line_id = line_id_of(cart.sku, cart.configuration).value;
  if (!price_line(work, line)) {
    return reject(Reason::reference_unknown, line_pointer(index, "sku"));
  }
  work.lines.push_back(std::move(line));
  return {};
}

}  // namespace

const TaxSet* taxes_at(Work& work, Place tax_class, bool prices_include) {
  if (work.reverse_charge) {
    return set_now(work, work.compiled.reverse_charge[work.zone], prices_include);
  }
  return taxes_in(work, tax_class, work.zone, prices_include);
}

Result<void> make_lines(Work& work) {
  work.destination = work.request.cart.ship_to.value_or(work.rules.home);
  work.zone = zone_of(work.rules, work.destination);
  const auto& vat = work.request.facts.vat_number;
  work.reverse_charge = vat && vat->answer == VatAnswer::valid && work.zone != kNowhere &&
                        work.zone != work.compiled.home_zone &&
                        work.compiled.reverse_charge[work.zone] != kNowhere;
  const std::size_t count = work.request.cart.lines.size();
  work.lines.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (auto done = make_line(work, i); !done) return done;
  }
  work.step(static_cast<std::int64_t>(count));
  return {};
}

void add_gift_line(Work& work, const Offer& offer, std::int64_t quantity, Place promotion,
                   std::string line_id) {
  WorkLine line;
  line.offer = &offer;
  line.quantity = Exact::minor(quantity);
  line.units = quantity;
  line.gift_of = promotion;
  line.line_id = std::move(line_id);
  if (price_line(work, line)) work.lines.push_back(std::move(line));
}

const std::vector<Place>& ranks(Work& work) {
  if (work.ranks.size() == work.lines.size()) return work.ranks;
  std::vector<Place> order(work.lines.size());
  std::iota(order.begin(), order.end(), Place{0});
  sort_stably(order,
              [&](Place a, Place b) { return work.lines[a].line_id < work.lines[b].line_id; });
  work.ranks.resize(order.size());
  for (Place rank = 0; rank < order.size(); ++rank) work.ranks[order[rank]] = rank;
  return work.ranks;
}

}  // namespace pricing
}  // namespace tandem
