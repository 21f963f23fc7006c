// SPDX-License-Identifier: Apache-2.0
// Actions on the order as a whole: one amount, rounded once on the sum of the bases, then shared
// over the lines and, where it covers shipping, over the shipments.
#include <algorithm>

#include "tandem/base/overloaded.hpp"
#include "tandem/pricing/discounts.hpp"

namespace tandem::pricing {
namespace {

/// A line's figure with its taxes, each rounded: the weight "line_gross".
Exact gross_weight(const Work& work, const WorkLine& line, Exact figure) {
  Exact gross = figure;
  for (const SetTax& tax : line.taxes->taxes) {
    if (tax.included || tax.of_price.is_zero()) continue;
    const Exact exact = multiply(figure, tax.of_price);
    gross += work.rounds_nothing() ? exact : rounded(exact, work.rounding(false));
  }
  return gross;
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
    Exact sum = covers ? shipping_left(work_) : Exact{};
    bool includes = chosen_.empty() && work_.rules.prices_include_tax;
    const bool even = work_.money.discount_sharing == DiscountSharing::even_per_unit;
    for (const Chosen& chosen : chosen_) {
      const Exact base = percent_base(work_, chosen, promotion_, true);
      add_sharer(chosen, Terms{}, true);
      if (even) sharers_.back().own = percentage(base, action.ppm);
      includes = includes || work_.lines[chosen.line].includes_tax;
      sum += base;
    }
    Exact amount = rounded_discount(work_, percentage(sum, action.ppm), includes);
    bool by_lines = true;
    if (action.maximum_minor) {
      const Exact maximum = Exact::minor(*action.maximum_minor);
      const bool as_prices = work_.money.fixed_discount_is == FixedDiscountIs::as_prices;
      if (!as_prices && in_fixed_terms(action.ppm) > maximum) {
        return take_amount(maximum, covers);
      }
      if (as_prices && amount > maximum) {
        // What is left of the percentage is an amount: no line has a percentage of its own.
        amount = maximum;
        by_lines = false;
      }
    }
    hand_out(amount, covers, by_lines, Terms{});
  }

  void take_amount(Exact amount, bool covers) {
    Terms terms;
    if (work_.money.fixed_discount_is != FixedDiscountIs::as_prices) {
      terms.converted = std::ranges::any_of(chosen_, [&](const Chosen& chosen) {
        return price_of_terms(work_, work_.lines[chosen.line]) != Ratio::one();
      });
    }
    terms.gross = terms.converted && work_.money.fixed_discount_is == FixedDiscountIs::gross;
    sharers_.clear();
    for (const Chosen& chosen : chosen_) add_sharer(chosen, terms, false);
    std::erase_if(sharers_, [&](const Sharer& sharer) {
      return amount > Exact{} && work_.lines[sharer.line].amount < Exact{};
    });
    // A discount never raises a line, whatever was rounded up before it; a surcharge may.
    if (amount > Exact{})
      for (Sharer& sharer : sharers_) sharer.low = Exact{};
    hand_out(amount, covers, false, terms);
  }

  [[nodiscard]] bool covers_shipping(const std::optional<bool>& said) const {
    return said.value_or(work_.money.order_discount_covers_shipping);
  }

 private:
  static constexpr Exact kNoLimit = Exact::minor(kMinorMax);

  void add_sharer(const Chosen& chosen, Terms terms, bool is_percentage) {
    const WorkLine& line = work_.lines[chosen.line];
    const Exact left = part(line, chosen, line.left);
    const bool by_gross =
        terms.gross || work_.money.discount_weights == DiscountWeights::line_gross;
    Sharer& sharer = sharers_.emplace_back();
    sharer.line = chosen.line;
    sharer.weight = by_gross ? gross_weight(work_, line, left) : left;
    sharer.units = std::max<std::int64_t>(chosen.units, 0);
    sharer.high = in_terms(line, room(work_, chosen, target_), terms);
    // A percentage off a negative line goes no further than zero.
    sharer.low = is_percentage ? std::min(left, Exact{}) : -kNoLimit;
  }

  /// A figure of a line's price in the terms of the fixed amount, whole where shares are.
  [[nodiscard]] Exact in_terms(const WorkLine& line, Exact figure, Terms terms) const {
    if (!terms.converted) return figure;
    const Ratio back = price_of_terms(work_, line);
    if (back == Ratio::one()) return figure;
    const Exact exact = multiply(figure, back.inverse());
    return work_.rounds_nothing() ? exact : rounded(exact, work_.rounding(line.includes_tax));
  }

  /// What the percentage amounts to in the terms of fixed amounts.
  Exact in_fixed_terms(std::int64_t ppm) const {
    Exact sum;
    for (const Chosen& chosen : chosen_) {
      const WorkLine& line = work_.lines[chosen.line];
      const Ratio back = price_of_terms(work_, line);
      sum += multiply(percent_base(work_, chosen, promotion_, true), back.inverse());
    }
    return rounded_discount(work_, percentage(sum, ppm), work_.rules.prices_include_tax);
  }

  /// Shipping's share is round(a × shipping / (lines + shipping)), a capped at both; the lines
  /// share the rest.
  Exact take_shipping(Exact amount) {
    const Exact shipping = shipping_left(work_);
    Exact lines;
    for (const Sharer& sharer : sharers_) lines += sharer.weight;
    const Exact all = lines + shipping;
    if (all <= Exact{} || shipping <= Exact{}) return amount;
    amount = std::min(amount, whole_part(work_, all));
    const Exact exact = mul_div(amount, shipping.parts(), all.parts());
    Exact share_of_shipping = rounded_discount(work_, exact, work_.rules.prices_include_tax);
    share_of_shipping = std::min(share_of_shipping, shipping);
    std::vector<Sharer> takers;
    for (Place i = 0; i < work_.shipments.size(); ++i) {
      Sharer taker;
      taker.line = static_cast<Place>(work_.lines.size()) + i;
      taker.weight = taker.high = work_.shipments[i].left;
      takers.push_back(taker);
    }
    share_by(work_, DiscountSharing::largest_remainder, takers, share_of_shipping);
    for (Place i = 0; i < takers.size(); ++i) {
      if (takers[i].given.is_zero()) continue;
      work_.shipments[i].left -= takers[i].given;
      work_.given_shipping.push_back({i, promotion_, takers[i].given});
    }
    return amount - share_of_shipping;
  }

  void hand_out(Exact amount, bool covers, bool is_percentage, Terms terms) {
    if (covers) amount = take_shipping(amount);
    share(work_, sharers_, amount, is_percentage);
    for (const Sharer& sharer : sharers_) give_share(sharer, terms);
    work_.step(static_cast<std::int64_t>(sharers_.size()));
  }

  void give_share(const Sharer& sharer, Terms terms) {
    const WorkLine& line = work_.lines[sharer.line];
    Exact off = sharer.given;
    const Ratio back = terms.converted ? price_of_terms(work_, line) : Ratio::one();
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
