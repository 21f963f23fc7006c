// SPDX-License-Identifier: Apache-2.0
#include "core/pricing_properties/scenario.hpp"

#include <algorithm>
#include <ostream>

namespace tandem::testing {
namespace {

Tax percent(std::string id, std::int64_t ppm) {
  Tax tax;
  tax.id = {std::move(id)};
  tax.ppm = ppm;
  return tax;
}

TaxClass taxed(std::string id, std::vector<TaxId> taxes) {
  return {.id = {std::move(id)}, .is_default = false, .taxes = {{"*", std::move(taxes)}}};
}

Exact with_parts(std::int64_t whole, std::int64_t thousandths) {
  return Exact::minor(whole) + Exact{0, thousandths * (Exact::kScale / 1'000)};
}

Target target_of(const PromotionNumbers& numbers, std::size_t lines) {
  Target target;
  const auto line = static_cast<std::size_t>(numbers.line);
  if (line < lines) target.skus = {{sku_of(line)}};
  return target;
}

BundlePrice bundle_of(const PromotionNumbers& numbers, std::size_t lines) {
  BundleItem item{.quantity = 2, .skus = {}};
  for (std::size_t i = 0; i < lines; ++i) item.skus.push_back({sku_of(i)});
  return {.amount_minor = numbers.value, .items = {item}};
}

Action action_of(const PromotionNumbers& numbers, std::size_t lines) {
  const Target target = target_of(numbers, lines);
  const std::int64_t ppm = numbers.value % 1'001 * 1'000;
  Target limited = target;
  limited.limit_units = 1 + numbers.value % 4;
  switch (numbers.kind) {
    case 0:
      return PercentOffOrder{.covers_shipping = {}, .maximum_minor = {}, .ppm = ppm, .target = {}};
    case 1:
      return AmountOffOrder{.amount_minor = numbers.value, .covers_shipping = {}, .target = target};
    case 2:
      return PercentOffLines{.ppm = ppm, .target = target};
    case 3:
      return AmountOffLines{
          .amount_minor = numbers.value, .per = AmountPer::unit, .target = target};
    case 4:
      return AmountOffLines{
          .amount_minor = numbers.value, .per = AmountPer::line, .target = target};
    case 5:
      return PercentOffOrder{
          .covers_shipping = true, .maximum_minor = 1'000, .ppm = ppm, .target = target};
    case 6:
      return AmountOffOrder{
          .amount_minor = numbers.value, .covers_shipping = true, .target = limited};
    case 7:
      return NthOff{.n = 1 + numbers.value % 3, .ppm = ppm, .target = target};
    case 8:
      return BuyXGetY{.buy = {.quantity = 1 + numbers.value % 2, .target = {}},
                      .get = {.quantity = 1, .target = target},
                      .ppm = ppm,
                      .take = TakeOrder::dearest,
                      .times = {}};
    case 9:
      return PercentOffCheapest{.ppm = ppm, .target = target};
    case 10:
      return bundle_of(numbers, lines);
    default:
      return AmountOffLines{
          .amount_minor = numbers.value, .per = AmountPer::unit, .target = limited};
  }
}

}  // namespace

/// A number of a range, whatever the size of the case: lists grow with it, figures do not.
static rc::Gen<std::int64_t> any_of(std::int64_t from, std::int64_t end) {
  return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(from, end));
}

static rc::Gen<LineNumbers> any_line() {
  using rc::gen::set;
  return rc::gen::build<LineNumbers>(
      set(&LineNumbers::price, any_of(0, 20'000)), set(&LineNumbers::quantity, any_of(1, 6)),
      set(&LineNumbers::tax, any_of(0, 4)),
      set(&LineNumbers::floor, rc::gen::element<std::int64_t>(0, 0, 0, 50, 90)),
      set(&LineNumbers::price_parts, rc::gen::element<std::int64_t>(0, 0, 0, 0, 125, 667)),
      set(&LineNumbers::quantity_parts, rc::gen::element<std::int64_t>(0, 0, 0, 0, 0, 250, 333)));
}

static rc::Gen<PromotionNumbers> any_promotion() {
  using rc::gen::set;
  return rc::gen::build<PromotionNumbers>(set(&PromotionNumbers::kind, any_of(0, kPromotionKinds)),
                                          set(&PromotionNumbers::value, any_of(0, 30'000)),
                                          set(&PromotionNumbers::line, any_of(0, 6)),
                                          set(&PromotionNumbers::priority, any_of(0, 3)));
}

std::ostream& operator<<(std::ostream& out, const LineNumbers& line) {
  return out << line.quantity << '+' << line.quantity_parts << " × " << line.price << '+'
             << line.price_parts << " of class " << line.tax << ", floor " << line.floor << " %";
}

std::ostream& operator<<(std::ostream& out, const PromotionNumbers& promotion) {
  return out << "kind " << promotion.kind << " value " << promotion.value << " line "
             << promotion.line << " priority " << promotion.priority;
}

std::ostream& operator<<(std::ostream& out, const Scenario& scenario) {
  out << scenario.profile_name() << (scenario.prices_include_tax ? ", gross" : ", net")
      << ", shipping " << scenario.shipping << ", fee " << scenario.fee;
  for (const LineNumbers& line : scenario.lines) out << "\n  line " << line;
  for (const PromotionNumbers& promotion : scenario.promotions) out << "\n  " << promotion;
  return out;
}

std::string Scenario::profile_name() const {
  const auto all = money_profiles();
  return std::string(all[static_cast<std::size_t>(profile) % all.size()].name);
}

bool Scenario::shows_what_it_computes() const {
  return !profile_is("odoo") && !profile_is("medusa");
}

bool Scenario::counts_units() const {
  return std::ranges::any_of(
      promotions, [](const PromotionNumbers& promotion) { return promotion.kind >= kCountsUnits; });
}

std::string sku_of(std::size_t line) {
  constexpr std::string_view letters = "QAZWSXEDCRFV";
  return std::string(1, letters[line % letters.size()]) + std::to_string(line);
}

Result<Quote> Shop::quote() const {
  auto compiled = compile(rules);
  if (!compiled) return std::unexpected(compiled.error());
  return tandem::quote({1, *compiled, offers, facts, cart});
}

Shop shop_of(const Scenario& scenario) {
  Shop shop;
  Rules& rules = shop.rules;
  rules.currency = *currency_named("EUR");
  rules.home.country = "DE";
  rules.prices_include_tax = scenario.prices_include_tax;
  rules.money.profile = scenario.profile_name();
  rules.taxes = {percent("n", 190'000), percent("r", 70'000), percent("city", 8'875)};
  rules.tax_classes = {taxed("c0", {}), taxed("c1", {{"n"}}), taxed("c2", {{"r"}}),
                       taxed("c3", {{"n"}, {"city"}})};
  rules.tax_classes[1].is_default = true;
  ShippingMethod parcel;
  parcel.id = {"parcel"};
  parcel.price = FlatPrice{scenario.shipping};
  rules.shipping_methods = {parcel};
  for (std::size_t i = 0; i < scenario.promotions.size(); ++i) {
    Promotion promotion;
    promotion.id = {"p" + std::to_string(i)};
    promotion.priority = scenario.promotions[i].priority;
    promotion.then = {action_of(scenario.promotions[i], scenario.lines.size())};
    rules.promotions.push_back(std::move(promotion));
  }
  for (std::size_t i = 0; i < scenario.lines.size(); ++i) {
    const LineNumbers& line = scenario.lines[i];
    Offer offer;
    offer.sku = {sku_of(i)};
    if (line.price_parts == 0) offer.unit_price_minor = line.price;
    if (line.price_parts != 0) offer.unit_price_exact = with_parts(line.price, line.price_parts);
    offer.tax_class = TaxClassId{"c" + std::to_string(line.tax)};
    if (line.floor > 0) offer.floor_minor = line.price * line.floor / 100;
    shop.offers.push_back(offer);
    CartLine wanted;
    if (line.quantity_parts == 0) wanted.quantity = line.quantity;
    if (line.quantity_parts != 0) {
      wanted.quantity_exact = with_parts(line.quantity, line.quantity_parts);
    }
    wanted.sku = offer.sku;
    shop.cart.lines.push_back(wanted);
  }
  std::ranges::sort(shop.offers, {}, &Offer::sku);
  shop.cart.shipping_method = parcel.id;
  if (scenario.fee != 0) {
    CartFee fee;
    fee.id = {"fee"};
    fee.amount_minor = scenario.fee;
    shop.cart.fees = {fee};
  }
  return shop;
}

Quote quote_of(const Shop& shop) {
  auto made = shop.quote();
  RC_PRE(made.has_value());
  return *std::move(made);
}

}  // namespace tandem::testing

namespace rc {

Gen<tandem::testing::Scenario> Arbitrary<tandem::testing::Scenario>::arbitrary() {
  using tandem::testing::Scenario;
  const auto profiles = static_cast<std::int64_t>(tandem::money_profiles().size());
  return gen::build<Scenario>(
      gen::set(&Scenario::prices_include_tax),
      gen::set(&Scenario::profile, tandem::testing::any_of(0, profiles)),
      gen::set(&Scenario::shipping, gen::element<std::int64_t>(0, 490, 1'999)),
      gen::set(&Scenario::fee, gen::element<std::int64_t>(0, 0, 250, -125)),
      gen::set(&Scenario::lines,
               gen::resize(8, gen::container<std::vector<tandem::testing::LineNumbers>>(
                                  tandem::testing::any_line()))),
      gen::set(&Scenario::promotions,
               gen::resize(4, gen::container<std::vector<tandem::testing::PromotionNumbers>>(
                                  tandem::testing::any_promotion()))));
}

}  // namespace rc
