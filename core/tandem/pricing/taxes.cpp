// SPDX-License-Identifier: Apache-2.0
#include "tandem/pricing/taxes.hpp"

#include <algorithm>

#include "tandem/base/sort.hpp"
#include "tandem/pricing/fractions.hpp"

namespace tandem::pricing {
namespace {

/// Fixed amounts count units; they are negative when the unit price is.
Exact fixed_of(Exact per_unit, Exact quantity, bool negative_unit) {
  if (per_unit.is_zero()) return {};
  const Exact amount = multiply(per_unit, quantity);
  return negative_unit ? -amount : amount;
}

/// What the taxes of a price are parts of: without the fixed ones in it.
Exact base_of(const TaxSet& set, Exact taxed, Exact quantity, bool negative_unit) {
  return taxed - fixed_of(set.included_per_unit, quantity, negative_unit);
}

Exact exact_tax(const SetTax& entry, Exact base, Exact quantity, bool negative_unit) {
  const Exact fixed = fixed_of(entry.per_unit, quantity, negative_unit);
  return entry.of_price.is_zero() ? fixed : fixed + multiply(base, entry.of_price);
}

/// The exact net and taxes of a price.
SettledItem solve_item(const TaxSet& set, Exact taxed, Exact quantity, bool negative_unit,
                       std::span<ItemTax> taxes) {
  SettledItem item;
  const Exact base = base_of(set, taxed, quantity, negative_unit);
  item.exact_net = multiply(base, set.net_of_price);
  item.taxes = taxes;
  for (std::size_t t = 0; t < taxes.size(); ++t) {
    const Exact tax = exact_tax(set.taxes[t], base, quantity, negative_unit);
    taxes[t] = {&set.taxes[t], tax, tax, {}};
  }
  return item;
}

Exact included_sum(const TaxSet& set, const SettledItem& item) {
  Exact sum;
  if (!set.any_included()) return sum;
  for (const ItemTax& tax : item.taxes)
    if (tax.entry->included) sum += tax.amount;
  return sum;
}

class Settler {
 public:
  Settler(Work& work, const std::vector<Item>& items) : work_(work), items_(items) {}

  Settled run() {
    std::size_t count = 0;
    for (const Item& item : items_) count += item.taxes->taxes.size();
    settled_.taxes.resize(count);
    settled_.items.reserve(items_.size());
    std::span<ItemTax> room = settled_.taxes;
    for (const Item& item : items_) {
      const std::size_t size = item.taxes->taxes.size();
      settled_.items.push_back(
          solve_item(*item.taxes, item.taxed, item.quantity, item.negative_unit, room.first(size)));
      room = room.subspan(size);
    }
    switch (work_.money.tax_rounding) {
      case TaxRounding::unit:
        round_units();
        break;
      case TaxRounding::line:
        round_lines();
        break;
      case TaxRounding::group:
        round_groups();
        break;
      case TaxRounding::document_carry:
        carry();
        break;
      case TaxRounding::none:
        break;
    }
    const bool exact = keeps_nets_exact();
    for (std::size_t i = 0; i < items_.size(); ++i) finish(items_[i], settled_.items[i], exact);
    round_document();
    work_.step(static_cast<std::int64_t>(items_.size()));
    return std::move(settled_);
  }

 private:
  [[nodiscard]] bool rounds_net(const TaxSet& set) const {
    return work_.money.included_tax_rounds == IncludedTaxRounds::net && set.any_included();
  }

  Exact rounded_tax(const ItemTax& tax) const {
    return rounded(tax.exact, work_.rounding(tax.entry->included));
  }

  /// Rounds every tax by itself. With included_tax_rounds "net" the net is rounded, and the last
  /// included tax is the rest of the price.
  void round_alone(const TaxSet& set, Exact taxed, SettledItem& item) const {
    for (ItemTax& tax : item.taxes) tax.amount = rounded_tax(tax);
    if (!rounds_net(set)) return;
    ItemTax& last = item.taxes[set.last_included - 1];
    last.amount = Exact{};
    last.amount = taxed - rounded(item.exact_net, work_.rounding(true)) - included_sum(set, item);
  }

  void round_lines() {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      round_alone(*items_[i].taxes, items_[i].taxed, settled_.items[i]);
    }
  }

  /// Units differ by at most one minor unit, so two of them stand for all.
  void round_units() {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const Item& item = items_[i];
      SettledItem& settled = settled_.items[i];
      const std::int64_t count = item.units < 0 ? -item.units : item.units;
      if (count < 1) {
        round_alone(*item.taxes, item.taxed, settled);
        continue;
      }
      const std::int64_t price = round_minor(item.taxed, work_.rounding(false));
      const std::int64_t more = price % count;
      const std::int64_t step = more < 0 ? -1 : 1;
      const std::int64_t high = more * step;
      for (ItemTax& tax : settled.taxes) tax.amount = Exact{};
      add_units(item, settled, price / count + step, high);
      add_units(item, settled, price / count, count - high);
    }
  }

  void add_units(const Item& item, SettledItem& settled, std::int64_t price, std::int64_t count) {
    if (count == 0) return;
    const Exact one = Exact::minor(item.units < 0 ? -1 : 1);
    std::vector<ItemTax> taxes(item.taxes->taxes.size());
    SettledItem unit = solve_item(*item.taxes, Exact::minor(price), one, item.negative_unit, taxes);
    round_alone(*item.taxes, Exact::minor(price), unit);
    for (std::size_t t = 0; t < unit.taxes.size(); ++t) {
      settled.taxes[t].amount += multiply(unit.taxes[t].amount, count);
    }
  }

  /// The taxes of one id and inclusion; a tax that takes the rest of its price stands apart.
  struct Group {
    Place tax = 0;
    bool included = false;
    bool takes_rest = false;
    std::vector<std::pair<Place, Place>> members;  // item, tax of the item
  };

  std::vector<Group> groups() const {
    std::vector<Group> groups;
    for (Place i = 0; i < items_.size(); ++i) {
      const TaxSet& set = *items_[i].taxes;
      for (Place t = 0; t < set.taxes.size(); ++t) {
        const SetTax& entry = set.taxes[t];
        const bool takes_rest = rounds_net(set) && t + 1 == set.last_included;
        const auto same = [&](const Group& group) {
          return group.tax == entry.tax && group.included == entry.included &&
                 group.takes_rest == takes_rest;
        };
        auto found = std::ranges::find_if(groups, same);
        if (found == groups.end()) {
          groups.push_back({entry.tax, entry.included, takes_rest, {}});
          found = groups.end() - 1;
          found->members.reserve(items_.size());
        }
        found->members.emplace_back(i, t);
      }
    }
    sort_stably(groups,
                [](const Group& a, const Group& b) { return !a.takes_rest && b.takes_rest; });
    return groups;
  }

  ItemTax& tax_of(const std::pair<Place, Place>& member) {
    return settled_.items[member.first].taxes[member.second];
  }

  /// What the taxes settled before leave of an item's price, for its net and the tax that takes the
  /// rest.
  Exact left_of_price(const std::pair<Place, Place>& member) {
    tax_of(member).amount = Exact{};
    const Item& item = items_[member.first];
    return item.taxed - included_sum(*item.taxes, settled_.items[member.first]);
  }

  void round_groups() {
    for (const Group& group : groups()) {
      Exact rest;  // prices less the taxes settled before
      Exact sum;
      for (const auto& member : group.members) {
        ItemTax& tax = tax_of(member);
        if (!group.takes_rest) {
          sum += tax.exact;
          continue;
        }
        rest += left_of_price(member);
        sum += settled_.items[member.first].exact_net;
      }
      const Exact target = group.takes_rest ? rest - rounded(sum, work_.rounding(true))
                                            : rounded(sum, work_.rounding(group.included));
      spread(group, target);
    }
  }

  /// Floors, then the missing units to the largest fractions; ties go to the smaller rank.
  void spread(const Group& group, Exact target) {
    Exact missing = target;
    std::vector<Fraction> fractions;
    fractions.reserve(group.members.size());
    for (Place m = 0; m < group.members.size(); ++m) {
      ItemTax& tax = tax_of(group.members[m]);
      tax.amount = Exact::minor(tax.exact.floor);
      missing -= tax.amount;
      fractions.emplace_back(tax.exact.above, items_[group.members[m].first].rank, m);
    }
    if (!in_range(missing)) return work_.refuse(Reason::amount_out_of_range, "/cart");
    const std::int64_t units = round_minor(missing, Rounding::half_away);
    if (units == 0 || fractions.empty()) return;
    const auto all = static_cast<std::int64_t>(fractions.size());
    if (units > 0 && units <= all) {
      const Winners winners(fractions, units);
      for (const Fraction& one : fractions)
        if (winners.hold(one)) tax_of(group.members[one.at]).amount += kOne;
      return;
    }
    sort_stably(fractions, [](const Fraction& a, const Fraction& b) { return a.is_before(b); });
    // More or fewer than the fractions account for only when the rest of a rounded net is spread.
    const std::int64_t one = units < 0 ? -1 : 1;
    for (std::int64_t given = 0; given != units; given += one) {
      const std::int64_t turn = (given < 0 ? -given : given) % all;
      const auto place = static_cast<std::size_t>(units < 0 ? all - 1 - turn : turn);
      tax_of(group.members[fractions[place].at]).amount += one < 0 ? -kOne : kOne;
    }
  }

  /// t = exact tax + remainder; tax = round(t); remainder = t − tax. A tax that takes the rest
  /// carries what its net rounded away.
  void carry() {
    for (const Group& group : groups()) {
      Exact remainder;
      for (const auto& member : group.members) {
        ItemTax& tax = tax_of(member);
        const Exact exact = group.takes_rest ? settled_.items[member.first].exact_net : tax.exact;
        const Exact figure = rounded(exact + remainder, work_.rounding(group.included));
        remainder += exact - figure;
        tax.amount = group.takes_rest ? left_of_price(member) - figure : figure;
      }
    }
  }

  [[nodiscard]] bool rounds_document() const {
    return work_.money.line_rounding == LineRounding::document && !work_.rounds_nothing();
  }

  /// Where only the document is rounded and some tax is added to its prices, nets and bases stay
  /// exact; else they are what the rounded included taxes leave.
  [[nodiscard]] bool keeps_nets_exact() const {
    return rounds_document() && std::ranges::any_of(settled_.taxes, [](const ItemTax& tax) {
             return !tax.entry->included;
           });
  }

  static void finish(const Item& item, SettledItem& settled, bool exact) {
    const Exact base = exact ? settled.exact_net : item.taxed - included_sum(*item.taxes, settled);
    settled.net = item.price - item.taxed + base;
    for (ItemTax& tax : settled.taxes) {
      settled.tax += tax.amount;
      tax.base = base;
      for (const Place earlier : tax.entry->compounds_on) {
        const ItemTax& under = settled.taxes[earlier];
        tax.base += exact ? under.exact : under.amount;
      }
    }
  }

  /// The document's net: the exact prices less the included taxes, rounded once.
  void round_document() {
    for (const SettledItem& item : settled_.items) settled_.document_net += item.net;
    if (!rounds_document()) return;
    settled_.document_net =
        rounded(settled_.document_net, work_.rounding(work_.rules.prices_include_tax));
  }

  static constexpr Exact kOne = Exact::minor(1);

  Work& work_;
  const std::vector<Item>& items_;
  Settled settled_;
};

}  // namespace

Exact gross_of(const Work& work, const Item& item) {
  const Exact base = base_of(*item.taxes, item.taxed, item.quantity, item.negative_unit);
  Exact gross = item.price;
  for (const SetTax& entry : item.taxes->taxes) {
    if (entry.included) continue;
    const Exact tax = exact_tax(entry, base, item.quantity, item.negative_unit);
    gross += work.rounds_nothing() ? tax : rounded(tax, work.rounding(false));
  }
  return gross;
}

Item without_fixed(Work& work, Item item) {
  if (!item.taxes->has_fixed) return item;
  const Exact fixed = fixed_of(item.taxes->included_per_unit, item.quantity, item.negative_unit);
  TaxSet set = *item.taxes;
  set.included_per_unit = Exact{};
  for (SetTax& entry : set.taxes) entry.per_unit = Exact{};
  item.taxes = &work.solved.emplace_back(std::move(set));
  item.price -= fixed;
  item.taxed -= fixed;
  return item;
}

Settled settle(Work& work, const std::vector<Item>& items) { return Settler(work, items).run(); }

Item item_of(Work& work, Place place, bool undiscounted) {
  const WorkLine& line = work.lines[place];
  Item item;
  item.taxes = line.taxes;
  item.price = undiscounted ? line.amount : line.left;
  item.taxed =
      work.money.discount_base == DiscountBase::undiscounted_tax ? line.amount : item.price;
  item.quantity = line.quantity;
  item.units = line.units;
  item.negative_unit = line.unit_price < Exact{};
  item.rank = ranks(work)[place];
  return item;
}

}  // namespace tandem::pricing
