// SPDX-License-Identifier: Apache-2.0
#include "tandem/pricing/answer.hpp"

#include <algorithm>
#include <numeric>

namespace tandem::pricing {
namespace {

/// Units are listed up to this quantity; beyond it the same split is left to be worked out.
constexpr std::int64_t kUnitsListedMax = 1000;

QuoteTax tax_line(Work& work, const ItemTax& tax) {
  return {.amount_exact = figure(work, tax.amount),
          .amount_minor = shown(work, tax.amount),
          .base_exact = figure(work, tax.base),
          .base_minor = shown(work, tax.base),
          .tax = tax_id(work, tax.entry->tax)};
}

/// A discount is split over the units in whole minor units, the first ones taking one more each.
std::vector<QuoteUnit> unit_shares(Work& work, const WorkLine& line, std::int64_t discount) {
  if (discount == 0 || line.units < 1 || line.units > kUnitsListedMax) return {};
  const std::int64_t each = discount / line.units;
  const std::int64_t more = discount % line.units;
  const std::int64_t one = more < 0 ? -1 : 1;
  std::vector<QuoteUnit> units(static_cast<std::size_t>(line.units), QuoteUnit{each});
  for (std::int64_t i = 0; i < more * one; ++i) {
    units[static_cast<std::size_t>(i)].discount_minor += one;
  }
  work.step(line.units);
  return units;
}

/// The sum of the parts that are shown; where nothing is rounded, the figure itself.
std::int64_t gross_shown(Work& work, Exact gross, std::int64_t net, std::int64_t tax) {
  return shown(work, work.rounds_nothing() ? gross : Exact::minor(net) + Exact::minor(tax));
}

Exact per_unit(Exact amount, Exact quantity) {
  if (quantity.is_zero()) return {};
  return quantity.is_whole() ? mul_div(amount, 1, quantity.floor)
                             : mul_div(amount, Exact::minor(1), quantity);
}

void write_line(Work& work, const WorkLine& line, const SettledItem& settled, QuoteLine& answer) {
  answer.line_id = {line.line_id};
  answer.sku = line.offer->sku;
  answer.quantity = line.quantity.floor;
  if (!line.is_whole) answer.quantity_exact = line.quantity;
  if (line.gift_of != kNowhere) answer.gift = work.rules.promotions[line.gift_of].id;
  answer.unit_code = line.offer->unit_code;
  answer.unit_price_minor = shown(work, line.unit_price);
  if (line.lowest) answer.lowest_30_days_minor = shown(work, *line.lowest);
  if (work.rounds_nothing() || !line.unit_price.is_whole()) {
    answer.unit_price_exact = line.unit_price;
  }
  answer.subtotal_minor = shown(work, line.amount);
  answer.subtotal_exact = figure(work, line.amount);
  const Exact discount = line.amount - line.left;
  answer.discount_minor = shown(work, discount);
  answer.discount_exact = figure(work, discount);
  answer.units = unit_shares(work, line, answer.discount_minor);
  answer.net_minor = shown(work, settled.net);
  answer.net_exact = figure(work, settled.net);
  answer.tax_minor = shown(work, settled.tax);
  answer.tax_exact = figure(work, settled.tax);
  answer.gross_minor = gross_shown(work, settled.gross(), answer.net_minor, answer.tax_minor);
  answer.gross_exact = figure(work, settled.gross());
  answer.taxes.reserve(settled.taxes.size());
  for (const ItemTax& tax : settled.taxes) answer.taxes.push_back(tax_line(work, tax));
  const Exact unit_net = per_unit(settled.net, line.quantity);
  const Exact unit_gross = per_unit(settled.gross(), line.quantity);
  answer.unit_net_minor = shown(work, unit_net);
  answer.unit_net_exact = figure(work, unit_net);
  answer.unit_gross_minor = shown(work, unit_gross);
  answer.unit_gross_exact = figure(work, unit_gross);
}

/// The discount that was added last, and of which promotion it is.
struct LastDiscount {
  Place promotion = kNowhere;
  Exact amount;
};

/// Adds a discount; two actions of one promotion show as one discount, rounded once.
void add_discount(Work& work, std::vector<QuoteDiscount>& discounts, const Given& given,
                  LastDiscount& last) {
  if (last.promotion != given.promotion) {
    last = {given.promotion, given.amount};
    const PromotionId& promotion = work.rules.promotions[given.promotion].id;
    discounts.emplace_back(figure(work, given.amount), shown(work, given.amount), promotion);
    return;
  }
  last.amount += given.amount;
  discounts.back().amount_minor = shown(work, last.amount);
  discounts.back().amount_exact = figure(work, last.amount);
}

/// The discounts stand as their promotions ran; sorted by line, each line is written in one go
/// instead of being fetched again for every promotion.
void add_line_discounts(Work& work, Quote& quote) {
  std::vector<std::size_t> ends(work.lines.size() + 1);  // by line: where its own begin, then end
  for (const Given& given : work.given) ++ends[given.line + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<Place> by_line(work.given.size());
  for (Place place = 0; place < by_line.size(); ++place) {
    by_line[ends[work.given[place].line]++] = place;
  }
  std::size_t at = 0;
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    auto& discounts = quote.lines[i].discounts;
    discounts.reserve(ends[i] - at);
    LastDiscount last;
    for (; at < ends[i]; ++at) {
      const Given& given = work.given[by_line[at]];
      if (!given.amount.is_zero()) add_discount(work, discounts, given, last);
    }
  }
  work.step(static_cast<std::int64_t>(work.given.size()));
}

void add_applied(Work& work, Quote& quote) {
  work.applied.assign(work.rules.promotions.size(), false);
  const auto note = [&](Place promotion) { work.applied[promotion] = true; };
  Place last = kNowhere;  // a promotion lowers many lines in a row
  for (const Given& given : work.given) {
    if (given.promotion == last || given.amount.is_zero()) continue;
    last = given.promotion;
    note(last);
  }
  for (const Given& given : work.given_shipping) note(given.promotion);
  for (const Apart& apart : work.aparts) note(apart.promotion);
  for (const Place place : work.compiled.order)
    if (work.applied[place]) quote.applied.push_back(work.rules.promotions[place].id);
}

QuoteFee fee_answer(Work& work, const CartFee& fee, const SettledItem& settled) {
  QuoteFee answer;
  answer.id = fee.id;
  answer.amount_minor = fee.amount_minor;
  answer.net_minor = shown(work, settled.net);
  answer.net_exact = figure(work, settled.net);
  answer.tax_minor = shown(work, settled.tax);
  answer.tax_exact = figure(work, settled.tax);
  answer.gross_minor = gross_shown(work, settled.gross(), answer.net_minor, answer.tax_minor);
  answer.gross_exact = figure(work, settled.gross());
  for (const ItemTax& tax : settled.taxes) answer.taxes.push_back(tax_line(work, tax));
  return answer;
}

/// Adds the figures of one item to a shipment; the same tax of several items is one tax.
void add_item(Work& work, QuoteShipping& answer, Exact& net, Exact& tax,
              std::vector<ItemTax>& taxes, const SettledItem& settled) {
  net += settled.net;
  tax += settled.tax;
  for (const ItemTax& one : settled.taxes) {
    const auto same = [&](const ItemTax& other) { return other.entry->tax == one.entry->tax; };
    const auto found = std::ranges::find_if(taxes, same);
    if (found == taxes.end()) {
      taxes.push_back(one);
    } else {
      found->amount += one.amount;
      found->base += one.base;
    }
  }
  answer.net_minor = shown(work, net);
  answer.net_exact = figure(work, net);
  answer.tax_minor = shown(work, tax);
  answer.tax_exact = figure(work, tax);
  answer.gross_minor = gross_shown(work, net + tax, answer.net_minor, answer.tax_minor);
  answer.gross_exact = figure(work, net + tax);
}

QuoteShipping shipment_answer(Work& work, Place place, const Taxables& taxables,
                              const Settled& settled) {
  const WorkShipment& shipment = work.shipments[place];
  QuoteShipping answer;
  answer.method = work.rules.shipping_methods[shipment.method].id;
  if (shipment.cart != nullptr) answer.shipment = shipment.cart->id;
  answer.price_minor = shown(work, shipment.price);
  answer.price_exact = figure(work, shipment.price);
  answer.discount_minor = shown(work, shipment.price - shipment.left);
  answer.discount_exact = figure(work, shipment.price - shipment.left);
  LastDiscount last;
  for (const Given& given : work.given_shipping)
    if (given.line == place) add_discount(work, answer.discounts, given, last);
  Exact net;
  Exact tax;
  std::vector<ItemTax> taxes;
  for (std::size_t i = taxables.shipment_at[place]; i < taxables.shipment_at[place + 1]; ++i) {
    add_item(work, answer, net, tax, taxes, settled.items[i]);
  }
  for (const ItemTax& one : taxes) answer.taxes.push_back(tax_line(work, one));
  return answer;
}

/// Adds a figure that is shown; refuses a sum that may not be.
void add_shown(Work& work, std::int64_t& sum, std::int64_t one) {
  sum = shown(work, Exact::minor(sum) + Exact::minor(one));
}

template <class T>
void add_by(Work& work, std::vector<T>& into, const std::vector<T>& from, auto key) {
  for (const T& one : from) {
    const auto found = std::ranges::find(into, one.*key, key);
    if (found == into.end()) {
      into.push_back(one);
    } else {
      add_shown(work, found->amount_minor, one.amount_minor);
      if (found->amount_exact) found->amount_exact = *found->amount_exact + *one.amount_exact;
      if constexpr (requires { found->base_minor; }) {
        add_shown(work, found->base_minor, one.base_minor);
        if (found->base_exact) found->base_exact = *found->base_exact + *one.base_exact;
      }
    }
  }
}

void add_exact(ExactFigure& sum, const ExactFigure& one) {
  if (one) sum = (sum ? *sum : Exact{}) + *one;
}

/// All shipments together.
QuoteShipping sum_of(Work& work, const std::vector<QuoteShipping>& shipments) {
  QuoteShipping sum;
  for (const QuoteShipping& one : shipments) {
    add_shown(work, sum.price_minor, one.price_minor);
    add_shown(work, sum.discount_minor, one.discount_minor);
    add_shown(work, sum.net_minor, one.net_minor);
    add_shown(work, sum.tax_minor, one.tax_minor);
    add_shown(work, sum.gross_minor, one.gross_minor);
    add_exact(sum.price_exact, one.price_exact);
    add_exact(sum.discount_exact, one.discount_exact);
    add_exact(sum.net_exact, one.net_exact);
    add_exact(sum.tax_exact, one.tax_exact);
    add_exact(sum.gross_exact, one.gross_exact);
    add_by(work, sum.discounts, one.discounts, &QuoteDiscount::promotion);
    add_by(work, sum.taxes, one.taxes, &QuoteTax::tax);
  }
  return sum;
}

}  // namespace

std::int64_t shown_rounded(Work& work, Exact exact) {
  if (!in_range(exact)) {
    work.refuse(Reason::amount_out_of_range, "/cart");
    return 0;
  }
  return round_minor(exact, Rounding::half_away);
}

TaxId tax_id(const Work& work, Place tax) {
  return tax == kMeanTax ? TaxId{"weighted_mean"} : work.rules.taxes[tax].id;
}

Taxables taxables(Work& work, bool undiscounted) {
  Taxables all;
  all.items.reserve(work.lines.size() + work.shipments.size() + work.request.cart.fees.size());
  for (Place place = 0; place < work.lines.size(); ++place) {
    all.items.push_back(item_of(work, place, undiscounted));
  }
  all.fees_at = all.items.size();
  for (const CartFee& fee : work.request.cart.fees) {
    Item item;
    const bool includes = fee.price_includes_tax.value_or(work.rules.prices_include_tax);
    item.taxes = taxes_at(work, class_of(work.compiled, fee.tax_class).place, includes);
    item.price = item.taxed = Exact::minor(fee.amount_minor);
    item.negative_unit = fee.amount_minor < 0;
    item.rank = static_cast<Place>(all.items.size());
    all.items.push_back(std::move(item));
  }
  for (const WorkShipment& shipment : work.shipments) {
    all.shipment_at.push_back(all.items.size());
    for (Item& item : items_of_shipment(work, shipment)) all.items.push_back(std::move(item));
  }
  all.shipment_at.push_back(all.items.size());
  return all;
}

void answer_parts(Work& work, const Taxables& taxables, const Settled& settled, Quote& quote) {
  quote.lines.resize(work.lines.size());
  for (std::size_t i = 0; i < work.lines.size(); ++i) {
    write_line(work, work.lines[i], settled.items[i], quote.lines[i]);
  }
  add_line_discounts(work, quote);
  add_applied(work, quote);
  const auto& fees = work.request.cart.fees;
  for (std::size_t i = 0; i < fees.size(); ++i) {
    quote.fees.push_back(fee_answer(work, fees[i], settled.items[taxables.fees_at + i]));
  }
  answer_shipping(work, taxables, settled, quote);
}

void answer_shipping(Work& work, const Taxables& taxables, const Settled& settled, Quote& quote) {
  for (Place place = 0; place < work.shipments.size(); ++place) {
    quote.shipments.push_back(shipment_answer(work, place, taxables, settled));
  }
  if (work.request.cart.shipments) {
    quote.shipping = sum_of(work, quote.shipments);
  } else if (!quote.shipments.empty()) {
    quote.shipping = std::move(quote.shipments.front());
    quote.shipments.clear();
  }
}

}  // namespace tandem::pricing
