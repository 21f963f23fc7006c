// SPDX-License-Identifier: Apache-2.0
// Rules become compiled rules: every name is resolved and every rate solved here, once, so that a
// fault of the rules is refused when they are published and never in the middle of a cart.
#include <algorithm>
#include <numeric>

#include "tandem/base/overloaded.hpp"
#include "tandem/base/sort.hpp"
#include "tandem/pricing/compiled.hpp"
#include "tandem/pricing/pricing.hpp"

namespace tandem {
namespace pricing {
namespace {

/// Rates beyond this are mistakes, and would only make figures overflow: 100,000 %.
constexpr std::int64_t kPpmMax = 1'000'000'000;

std::string at(std::string_view list, std::size_t index, std::string_view member = {}) {
  std::string pointer = "/" + std::string(list) + "/" + std::to_string(index);
  if (!member.empty()) pointer += "/" + std::string(member);
  return pointer;
}

template <class T>
Result<void> ids_are_unique(const std::vector<T>& list, std::string_view name) {
  std::vector<std::pair<std::string_view, std::size_t>> ids;
  for (std::size_t i = 0; i < list.size(); ++i) ids.emplace_back(list[i].id.value, i);
  sort_stably(ids);
  for (std::size_t i = 1; i < ids.size(); ++i) {
    if (ids[i].first == ids[i - 1].first) {
      return reject(Reason::id_duplicate, at(name, ids[i].second, "id"));
    }
  }
  return {};
}

template <class T, class Id>
bool is_listed(const std::vector<T>& list, const Id& id) {
  return std::ranges::find(list, id, &T::id) != list.end();
}

template <class T, class Id>
Place find_place(const std::vector<T>& list, const Id& id) {
  const auto found = std::ranges::find(list, id, &T::id);
  return found == list.end() ? kNowhere : static_cast<Place>(found - list.begin());
}

/// Collects the names that targets use, then gives each target its interned form.
class Interner {
 public:
  explicit Interner(Compiled& compiled) : compiled_(compiled) {}

  void add(const Target& target) {
    targets_.push_back(&target);
    if (target.except) add(*target.except);
  }
  void add(const std::optional<Target>& target) {
    if (target) add(*target);
  }
  void add(const std::vector<Condition>& conditions) {
    for (const Condition& condition : conditions) {
      std::visit(overloaded{
                     [&](const AnyOf& c) { add(c.of); },
                     [&](const AllOf& c) { add(c.of); },
                     [&](const NoneOf& c) { add(c.of); },
                     [&](const SubtotalAtLeast& c) { add(c.target); },
                     [&](const QuantityAtLeast& c) { add(c.target); },
                     [&](const Contains& c) { add(c.target); },
                     [](const auto&) {},
                 },
                 condition.is);
    }
  }
  void add(const Action& action) {
    std::visit(overloaded{
                   [&](const BuyXGetY& a) {
                     add(a.buy.target);
                     add(a.get.target);
                   },
                   [&](const Gift& a) { add(a.per_unit_of); },
                   [](const BundlePrice&) {},
                   [](const PercentOffShipping&) {},
                   [](const AmountOffShipping&) {},
                   [](const FreeShipping&) {},
                   [&](const auto& a) { add(a.target); },
               },
               action);
  }

  void finish() {
    for (const Target* target : targets_) {
      for (const Sku& sku : target->skus) compiled_.skus.push_back(sku.value);
      for (const CategoryId& id : target->categories) compiled_.categories.push_back(id.value);
    }
    make_set(compiled_.skus);
    make_set(compiled_.categories);
    // What a target excepts was collected behind it, and is needed before it.
    for (std::size_t i = targets_.size(); i-- > 0;) intern(*targets_[i]);
  }

 private:
  /// Targets that name the same lines share a place, so that a quote looks for them once.
  void intern(const Target& target) {
    CompiledTarget made{.target = &target,
                        .skus = places(compiled_.skus, target.skus),
                        .categories = places(compiled_.categories, target.categories),
                        .except = kNowhere};
    if (target.except) made.except = compiled_.target_places[&*target.except];
    auto& all = compiled_.targets;
    const auto found = std::ranges::find_if(
        all, [&](const CompiledTarget& other) { return other.takes_the_same(made); });
    compiled_.target_places[&target] = static_cast<Place>(found - all.begin());
    if (found == all.end()) all.push_back(std::move(made));
  }
  static void make_set(std::vector<std::string_view>& names) {
    sort_stably(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
  }
  template <class Id>
  static std::vector<Place> places(const std::vector<std::string_view>& names,
                                   const std::vector<Id>& ids) {
    std::vector<Place> found;
    for (const Id& id : ids) found.push_back(place_of(names, id.value));
    sort_stably(found);
    return found;
  }

  Compiled& compiled_;
  std::vector<const Target*> targets_;
};

/// The steps of compile(), in the order in which they refuse.
class Compiler {
 public:
  explicit Compiler(Compiled& compiled) : compiled_(compiled), rules_(compiled.rules) {}

  Result<void> run() {
    if (rules_.currency.name().empty()) return reject(Reason::currency_unknown, "/currency");
    if (rules_.pricing_version != kPricingVersion) {
      return reject(Reason::pricing_version_unknown, "/pricing_version", kPricingVersion);
    }
    auto money = resolve(rules_.money);
    if (!money) return reject(money.error().reason, "/money" + money.error().subject);
    compiled_.money = *money;
    if (compiled_.money.payable_rounding_minor < 0) {
      return reject(Reason::number_out_of_range, "/money/payable_rounding_minor");
    }
    if (auto done = check_ids(); !done) return done;
    if (auto done = check_taxes(); !done) return done;
    if (auto done = compile_classes(); !done) return done;
    if (auto done = compile_reverse_charge(); !done) return done;
    if (auto done = check_promotions(); !done) return done;
    if (auto done = check_methods(); !done) return done;
    compiled_.home_zone = zone_of(rules_, rules_.home);
    order_promotions();
    intern_targets();
    return {};
  }

 private:
  Result<void> check_ids() {
    if (auto done = ids_are_unique(rules_.taxes, "taxes"); !done) return done;
    if (auto done = ids_are_unique(rules_.zones, "zones"); !done) return done;
    if (auto done = ids_are_unique(rules_.tax_classes, "tax_classes"); !done) return done;
    if (auto done = ids_are_unique(rules_.promotions, "promotions"); !done) return done;
    if (auto done = ids_are_unique(rules_.shipping_methods, "shipping_methods"); !done) return done;
    return ids_are_unique(rules_.payment_methods, "payment_methods");
  }

  Result<void> check_taxes() {
    for (std::size_t i = 0; i < rules_.taxes.size(); ++i) {
      const Tax& tax = rules_.taxes[i];
      if (tax.ppm > kPpmMax || tax.ppm < -kPpmMax) {
        return reject(Reason::number_out_of_range, at("taxes", i, "ppm"), kPpmMax);
      }
      for (std::size_t c = 0; c < tax.compound.on.size(); ++c) {
        if (!is_listed(rules_.taxes, tax.compound.on[c])) {
          return reject(Reason::reference_unknown, at("taxes", i, "compound/" + std::to_string(c)));
        }
      }
    }
    return {};
  }

  Result<Place> compile_list(const std::vector<TaxId>& ids, std::string_view pointer) {
    ClassTaxes entry;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Place place = find_place(rules_.taxes, ids[i]);
      if (place == kNowhere) {
        return reject(Reason::reference_unknown, std::string(pointer) + "/" + std::to_string(i));
      }
      entry.listed.push_back(place);
      entry.dated = entry.dated || rules_.taxes[place].starts_ms || rules_.taxes[place].ends_ms;
    }
    for (const bool include : {false, true}) {
      auto set = solve(rules_.taxes, entry.listed, include);
      if (!set) return reject(set.error().reason, std::string(pointer));
      entry.sets[include ? 1 : 0] = *std::move(set);
    }
    compiled_.taxes.push_back(std::move(entry));
    return static_cast<Place>(compiled_.taxes.size() - 1);
  }

  Result<void> compile_classes() {
    for (std::size_t i = 0; i < rules_.tax_classes.size(); ++i) {
      const TaxClass& tax_class = rules_.tax_classes[i];
      if (tax_class.is_default && compiled_.default_class == kNowhere) {
        compiled_.default_class = static_cast<Place>(i);
      }
      CompiledClass compiled;
      compiled.by_zone.assign(rules_.zones.size() + 1, kNowhere);
      Place elsewhere = kNowhere;
      for (const auto& [zone, ids] : tax_class.taxes) {
        const std::string pointer = at("tax_classes", i, "taxes/" + zone);
        const Place place = find_place(rules_.zones, ZoneId{zone});
        if (place == kNowhere && zone != "*") return reject(Reason::reference_unknown, pointer);
        auto list = compile_list(ids, pointer);
        if (!list) return std::unexpected(list.error());
        (zone == "*" ? elsewhere : compiled.by_zone[place]) = *list;
      }
      for (Place& place : compiled.by_zone)
        if (place == kNowhere) place = elsewhere;
      compiled_.classes.push_back(std::move(compiled));
    }
    return {};
  }

  Result<void> compile_reverse_charge() {
    for (std::size_t i = 0; i < rules_.zones.size(); ++i) {
      compiled_.reverse_charge.push_back(kNowhere);
      if (!rules_.zones[i].reverse_charge) continue;
      auto list = compile_list(*rules_.zones[i].reverse_charge, at("zones", i, "reverse_charge"));
      if (!list) return std::unexpected(list.error());
      compiled_.reverse_charge.back() = *list;
    }
    return {};
  }

  Result<void> check_promotions() {
    for (std::size_t i = 0; i < rules_.promotions.size(); ++i) {
      const auto& then = rules_.promotions[i].then;
      for (std::size_t a = 0; a < then.size(); ++a) {
        const bool fine = std::visit(
            overloaded{[](const NthOff& x) { return x.n >= 1 && x.ppm <= kPpmMax && x.ppm >= 0; },
                       [](const BuyXGetY& x) {
                         return x.buy.quantity >= 0 && x.get.quantity >= 1 && x.ppm >= 0 &&
                                x.ppm <= kMillion;
                       },
                       [](const BundlePrice& x) {
                         return !x.items.empty() &&
                                std::ranges::all_of(x.items, [](const BundleItem& item) {
                                  return item.quantity >= 1;
                                });
                       },
                       [](const auto& x) {
                         if constexpr (requires { x.ppm; }) return x.ppm >= 0 && x.ppm <= kPpmMax;
                         return true;
                       }},
            then[a]);
        if (!fine) {
          return reject(Reason::number_out_of_range,
                        at("promotions", i, "then/" + std::to_string(a)));
        }
      }
    }
    return {};
  }

  Result<void> check_methods() {
    for (std::size_t i = 0; i < rules_.shipping_methods.size(); ++i) {
      const ShippingMethod& method = rules_.shipping_methods[i];
      for (std::size_t z = 0; z < method.zones.size(); ++z) {
        if (!is_listed(rules_.zones, method.zones[z])) {
          return reject(Reason::reference_unknown,
                        at("shipping_methods", i, "zones/" + std::to_string(z)));
        }
      }
      if (class_of(compiled_, method.tax_class).unknown) {
        return reject(Reason::reference_unknown, at("shipping_methods", i, "tax_class"));
      }
    }
    return {};
  }

  void order_promotions() {
    compiled_.order.resize(rules_.promotions.size());
    std::iota(compiled_.order.begin(), compiled_.order.end(), Place{0});
    sort_stably(compiled_.order, [&](Place a, Place b) {
      return rules_.promotions[a].priority > rules_.promotions[b].priority;
    });
  }

  void intern_targets() {
    Interner interner(compiled_);
    for (const Promotion& promotion : rules_.promotions) {
      interner.add(promotion.when);
      for (const Action& action : promotion.then) interner.add(action);
    }
    for (const ShippingMethod& method : rules_.shipping_methods) interner.add(method.when);
    for (const PaymentMethod& method : rules_.payment_methods) interner.add(method.when);
    interner.finish();
  }

  Compiled& compiled_;
  const Rules& rules_;
};

}  // namespace

Place place_of(const std::vector<std::string_view>& names, std::string_view name) {
  const auto found = std::ranges::lower_bound(names, name);
  if (found == names.end() || *found != name) return kNowhere;
  return static_cast<Place>(found - names.begin());
}

ClassPlace class_of(const Compiled& compiled, const std::optional<TaxClassId>& id) {
  if (!id) return {compiled.default_class, false};
  const Place place = find_place(compiled.rules.tax_classes, *id);
  return {place, place == kNowhere};
}

Place target_of(const Compiled& compiled, const Target& target) {
  return compiled.target_places.find(&target)->second;
}

}  // namespace pricing

CompiledRules::CompiledRules(std::shared_ptr<const pricing::Compiled> compiled)
    : compiled_(std::move(compiled)) {}

const Rules& CompiledRules::rules() const { return compiled_->rules; }

const MoneyPolicy& CompiledRules::money() const { return compiled_->money; }

Result<CompiledRules> compile(Rules rules) {
  auto compiled = std::make_shared<pricing::Compiled>();
  compiled->rules = std::move(rules);
  if (auto done = pricing::Compiler(*compiled).run(); !done) {
    return std::unexpected(std::move(done.error()));
  }
  return CompiledRules(std::move(compiled));
}

}  // namespace tandem
