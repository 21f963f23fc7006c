// SPDX-License-Identifier: Apache-2.0
// Actions on the order as a whole: one amount, rounded once on the sum of the bases, then shared
// over the lines and, where it covers shipping, over the shipments.
#include <algorithm>

#include "tandem/base/overloaded.hpp"
#include "tandem/pricing/discounts.hpp"
#include "tandem/pricing/taxes.hpp"

namespace tandem::pricing {
namespace {

/// What is left of the chosen units with all their taxes: the weight "line_gross".
Exact gross_weight(Work& work, const Chosen& chosen, Exact left) {
  Item item = item_of(work, chosen.line, false);
  item.price = left;
  item.taxed = part(work.lines[chosen.line], chosen, item.taxed);
  if (!chosen.all) item.quantity = Exact::minor(chosen.units);
  return gross_of(work, item);
}

/// How a fixed amount reaches a line's price: in which terms it is shared, and the way back.
struct Terms {
  bool gross = false;  // shared by gross line totals
  bool converted = false;
};

class OrderDiscount {
 public:
  OrderDiscount(Work& work, Place promotion, const std::optional<Target>& target)
      : work_(work),
        promotion_(promotion),
        target_(target ? &*target : nullptr),
        chosen_(choose(work, target)) {
    sharers_.reserve(chosen_.size());
  }

  void take_percentage(const PercentOffOrder& action) {
    const bool covers = covers_shipping(action.covers_shipping);
    Exact sum;
    if (covers) {
      settle_shipping(work_);
      for (const WorkShipment& shipment : work_.shipments) {
        sum += left_in_percent_terms(work_, shipment);
      }
    }
    bool includes = chosen_.empty() && work_.rules.prices_include_tax;
    const bool even = work_.money.discount_sharing == DiscountSharing::even_per_unit;
    for (const Chosen& chosen : chosen_) {
      const Exact base = percent_base(work_, chosen, promotion_, true);
      const WorkLine& line = work_.lines[chosen.line];
      const Exact left = part(line, chosen, line.left);
      Sharer& sharer = add_sharer(chosen, left, Terms{});
      // A percentage off a negative line goes no further than zero.
      if (left.sign() < 0) sharer.low = left;
      if (even) sharer.own = percentage(base, action.ppm);
      includes = includes || line.includes_tax;
      sum += base;
    }
    const Exact exact = percentage(sum, action.ppm);
    Exact amount = rounded_discount(work_, exact, includes);
    if (action.maximum_minor) {
      const Exact maximum = Exact::minor(*action.maximum_minor);
      const bool as_prices = work_.money.fixed_discount_is == FixedDiscountIs::as_prices;
      if (!as_prices && in_fixed_terms(action.ppm, covers) > maximum) {
        return take_amount(maximum, covers);
      }
      if (as_prices && amount > maximum) {
        // It stays a percentage, of less.
        for (Sharer& sharer : sharers_) sharer.own = mul_div(sharer.own, maximum, exact);
        amount = maximum;
      }
    }
    hand_out(amount, covers, true, Terms{});
  }

  void take_amount(Exact amount, bool covers) {
    const Terms terms{.gross = work_.money.fixed_discount_is == FixedDiscountIs::gross,
                      .converted = work_.money.fixed_discount_is != FixedDiscountIs::as_prices};
    sharers_.clear();
    for (const Chosen& chosen : chosen_) {
      const WorkLine& line = work_.lines[chosen.line];
      if (amount.sign() > 0 && line.amount.sign() < 0) continue;
      Sharer& sharer = add_sharer(chosen, part(line, chosen, line.left), terms);
      // A discount never raises a line, whatever was rounded up before it; a surcharge may.
      if (amount.sign() <= 0) sharer.low = -kNoLimit;
    }
    hand_out(amount, covers, false, terms);
  }

  [[nodiscard]] bool covers_shipping(const std::optional<bool>& said) const {
    return said.value_or(work_.money.order_discount_covers_shipping);
  }

 private:
  static constexpr Exact kNoLimit = Exact::minor(kMinorMax);

  Sharer& add_sharer(const Chosen& chosen, Exact left, Terms terms) {
    const bool by_gross =
        terms.gross || work_.money.discount_weights == DiscountWeights::line_gross;
    const Exact weight = by_gross ? gross_weight(work_, chosen, left) : left;
    Exact high = room(work_, chosen, target_);
    if (terms.converted) high = in_terms(work_.lines[chosen.line], high);
    return sharers_.emplace_back(chosen.line, weight, Exact{}, high,
                                 std::max<std::int64_t>(chosen.units, 0));
  }

  /// A figure of a line's price in the terms of the fixed amount, whole where shares are.
  [[nodiscard]] Exact in_terms(const WorkLine& line, Exact figure) const {
    const Ratio back = price_of_terms(work_, *line.taxes);
    if (back == Ratio::one()) return figure;
    const Exact exact = multiply(figure, back.inverse());
    return work_.rounds_nothing() ? exact : rounded(exact, work_.rounding(line.includes_tax));
  }

  /// What is left of a shipment in the terms of the fixed amount.
  [[nodiscard]] Exact in_terms(const WorkShipment& shipment) const {
    return as_shown_of_shipping(work_, left_in_fixed_terms(work_, shipment));
  }

  /// What is left of the sharers in the terms of the fixed amount.
  [[nodiscard]] Exact left_of_sharers(Terms terms) const {
    Exact lines;
    auto sharer = sharers_.begin();
    for (const Chosen& chosen : chosen_) {
      if (sharer == sharers_.end() || sharer->line != chosen.line) continue;
      const WorkLine& line = work_.lines[chosen.line];
      // With what may come off below zero, to where nothing is left with the line's tax.
      const Exact left = part(line, chosen, line.left - std::min(line.floor, Exact{}));
      lines += terms.converted ? in_terms(line, left) : left;
      ++sharer;
    }
    return lines;
  }

  /// What the percentage amounts to in the terms of fixed amounts.
  Exact in_fixed_terms(std::int64_t ppm, bool covers) const {
    Exact sum;
    if (covers)
      for (const WorkShipment& shipment : work_.shipments) sum += in_terms(shipment);
    for (const Chosen& chosen : chosen_) {
      const WorkLine& line = work_.lines[chosen.line];
      const Ratio back = price_of_terms(work_, *line.taxes);
      sum += multiply(percent_base(work_, chosen, promotion_, true), back.inverse());
    }
    return rounded_discount(work_, percentage(sum, ppm), work_.rules.prices_include_tax);
  }

  /// Shipping's share is round(a × shipping / (lines + shipping)), a capped at both; the lines
  /// share the rest.
  Exact take_shipping(Exact amount, Terms terms) {
    settle_shipping(work_);
    std::vector<Sharer> takers;
    Exact shipping;
    for (Place i = 0; i < work_.shipments.size(); ++i) {
      Sharer taker;
      taker.line = static_cast<Place>(work_.lines.size()) + i;
      const WorkShipment& shipment = work_.shipments[i];
      taker.weight = taker.high = terms.converted ? in_terms(shipment) : shipment.left;
      shipping += taker.weight;
      takers.push_back(taker);
    }
    const Exact all = left_of_sharers(terms) + shipping;
    if (all <= Exact{} || shipping <= Exact{}) return amount;
    amount = std::min(amount, whole_part(work_, all));
    const Exact exact = mul_div(amount, shipping, all);
    Exact share_of_shipping = rounded_discount(work_, exact, work_.rules.prices_include_tax);
    share_of_shipping = std::min(share_of_shipping, shipping);
    share_by(work_, DiscountSharing::largest_remainder, takers, share_of_shipping);
    for (Place i = 0; i < takers.size(); ++i) {
      const Exact left = work_.shipments[i].left;
      Exact off = takers[i].given;
      if (terms.converted && !off.is_zero()) {
        off = rounded_discount(work_, mul_div(off, left, takers[i].weight),
                               work_.rules.prices_include_tax);
      }
      give_shipping(work_, i, promotion_, off);
    }
    return amount - share_of_shipping;
  }

  void hand_out(Exact amount, bool covers, bool is_percentage, Terms terms) {
    if (covers) amount = take_shipping(amount, terms);
    share(work_, sharers_, amount, is_percentage);
    for (const Sharer& sharer : sharers_) give_share(sharer, terms);
    work_.step(static_cast<std::int64_t>(sharers_.size()));
  }

  void give_share(const Sharer& sharer, Terms terms) {
    const WorkLine& line = work_.lines[sharer.line];
    Exact off = sharer.given;
    const Ratio back = terms.converted ? price_of_terms(work_, *line.taxes) : Ratio::one();
    if (back != Ratio::one()) {
      off = rounded_discount(work_, multiply(off, back), line.includes_tax);
      if (off > Exact{}) off = std::min(off, std::max(Exact{}, line.left - line.floor));
    }
    give(work_, sharer.line, promotion_, off);
  }

  Work& work_;
  Place promotion_;
  const Target* target_;
  const std::vector<Chosen>& chosen_;
  std::vector<Sharer> sharers_;
};

}  // namespace

bool run_order_action(Work& work, Place promotion, const Action& action) {
  const bool apart = work.money.order_discount_tax == OrderDiscountTax::apart;
  if (const auto* percent = std::get_if<PercentOffOrder>(&action)) {
    if (apart) return take_percentage_apart(work, promotion, *percent), true;
    OrderDiscount(work, promotion, percent->target).take_percentage(*percent);
    return true;
  }
  if (const auto* amount = std::get_if<AmountOffOrder>(&action)) {
    if (apart) return take_amount_apart(work, promotion, *amount), true;
    OrderDiscount discount(work, promotion, amount->target);
    discount.take_amount(Exact::minor(amount->amount_minor),
                         discount.covers_shipping(amount->covers_shipping));
    return true;
  }
  return false;
}

}  // namespace tandem::pricing
