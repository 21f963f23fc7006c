// SPDX-License-Identifier: Apache-2.0
#pragma once
// The bench on which a quote is made: the cart's lines, shipments and fees with their exact
// figures, lowered by one promotion after the other. Private to pricing/.
//
// Order of work: unit price (rebased) × quantity; line amount rounded; discounts; taxes on what is
// left. All figures between two roundings are exact.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tandem/pricing/compiled.hpp"
#include "tandem/pricing/pricing.hpp"

namespace tandem::pricing {

/// What every promotion reads of every line stands first, side by side in memory.
struct WorkLine {
  Exact left;                      // after the discounts so far
  Exact amount;                    // rounded, before any discount
  Exact floor;                     // what no discount may go below
  Exact off_some;                  // came off some of its units only, as of what is left now
  Exact begin;                     // what was left when promotion `begin_of` began
  Place begin_of = kNowhere;
  bool is_whole = true;
  bool includes_tax = false;       // the price holds taxes, so `rounding_included` rounds it
  Place gift_of = kNowhere;
  Place best_given = kNowhere;     // where the best discount wins: its place in `given`
  std::int64_t units = 0;          // the quantity when it is whole, else 0
  Exact quantity;
  const TaxSet* taxes = nullptr;   // of the destination
  Exact unit_price;                // after rebasing
  std::int64_t used_units = 0;     // closed to later promotions that take units
  Exact used_left;                 // what was left of those when the last of them were closed …
  Exact left_at_close;             // … and of the whole line
  const CartLine* cart = nullptr;  // nullptr: a gift
  const Offer* offer = nullptr;
  const PriceRow* price_row = nullptr;  // the row it comes from; nullptr: the offer's own
  std::optional<Exact> lowest;     // in the 30 days before the price was reduced, rebased
  std::string line_id;
};

/// A discount that was given to a line, or to a shipment.
struct Given {
  Place line = 0;
  Place promotion = 0;
  Exact amount;
};

struct WorkShipment {
  const CartShipment* cart = nullptr;  // nullptr: the cart's one shipping method
  Place method = kNowhere;
  Exact price;  // of the method, before discounts
  Exact left;
  bool priced = false;
};

/// What an order discount that is kept apart was taken on: a line, or behind all lines a shipment,
/// and its price.
struct ApartMember {
  Place line = 0;
  Exact price;
};

/// An order discount that is kept apart from the lines.
struct Apart {
  Place promotion = 0;
  Place group = 0;
  std::vector<ApartMember> members;
  std::int64_t net = 0;
  std::int64_t gross = 0;
  std::vector<std::int64_t> taxes;  // by place in the group's set, fixed ones 0
};

/// The lines (and shipments) of one set of taxes, fixed ones left out.
struct ApartGroup {
  std::vector<std::pair<Place, bool>> taxes;  // tax, included
};

/// The lines that a target holds, in cart order, and how many units of each.
struct Chosen {
  Place line = 0;
  std::int64_t units = 0;  // whole ones; of all of a line only where its quantity is whole
  bool all = true;         // the whole line, whatever its quantity
};

struct ChosenLines {  // what a target takes
  std::vector<Chosen> lines;
  std::optional<std::vector<Place>> dearest_first;  // those of whole units, made when first needed
};

[[nodiscard]] inline Exact quantity_of(const WorkLine& line, const Chosen& chosen) {
  return chosen.all ? line.quantity : Exact::minor(chosen.units);
}

/// The part of a line's figure that the chosen units are.
[[nodiscard]] inline Exact part(const WorkLine& line, const Chosen& chosen, Exact figure) {
  if (chosen.all) return figure;
  return line.is_whole ? mul_div(figure, chosen.units, line.units)
                       : mul_div(figure, Exact::minor(chosen.units), line.quantity);
}

struct Work {
  explicit Work(const QuoteRequest& quote_request)
      : request(quote_request),
        compiled(quote_request.rules.compiled()),
        money(compiled.money),
        rules(compiled.rules) {}

  const QuoteRequest& request;
  const Compiled& compiled;
  const MoneyPolicy& money;
  const Rules& rules;

  Destination destination;
  Place zone = kNowhere;
  bool reverse_charge = false;
  std::vector<WorkLine> lines;
  std::vector<WorkShipment> shipments;
  std::vector<Given> given;
  std::vector<Given> given_shipping;
  std::vector<Apart> aparts;
  std::vector<ApartGroup> apart_groups;
  std::vector<std::pair<Place, const Action*>> waiting;  // shipping actions, in order
  std::vector<QuoteMessage> messages;
  std::deque<TaxSet> solved;  // sets made for this quote: dated taxes, the mean rate of shipping
  std::vector<Place> ranks;  // by line: its place among the line ids, made when first needed
  std::vector<Place> dearness;  // by line: its place, the dearest first, made when first needed
  std::vector<bool> applied;  // by promotion: whether it had an effect
  std::vector<std::optional<ChosenLines>> chosen;  // by target, made when first needed
  std::vector<Place> sku_places;  // by line: in compiled.skus
  std::vector<Place> category_places;  // in compiled.categories, line by line
  std::vector<std::size_t> category_ends;  // by line: where its own end in category_places
  std::map<std::string_view, Exact> wanted;  // by sku, made when it is first asked for
  std::int64_t steps = 0;
  std::optional<Rejection> refused;  // the first refusal met below a function that cannot refuse

  void step(std::int64_t count = 1) { steps += count; }
  void refuse(Reason reason, std::string subject = {}) {
    if (!refused) refused = reject(reason, std::move(subject)).error();
  }
  [[nodiscard]] bool rounds_nothing() const { return money.tax_rounding == TaxRounding::none; }
  [[nodiscard]] Rounding rounding(bool includes_tax) const {
    return includes_tax ? money.rounding_included : money.rounding;
  }
  /// Percentages stay exact where nothing is rounded and where only the document is.
  [[nodiscard]] bool keeps_percentages_exact() const {
    return rounds_nothing() || money.line_rounding == LineRounding::document;
  }
};

/// Lines, from the cart and the offers (lines.cpp).
[[nodiscard]] Result<void> make_lines(Work& work);
/// The taxes of a class at the destination, for prices that include taxes or not (lines.cpp).
[[nodiscard]] const TaxSet* taxes_at(Work& work, Place tax_class, bool prices_include);
/// The place of each line among the line ids, by bytes.
const std::vector<Place>& ranks(Work& work);

/// The lines and units a target takes, in cart order (targets.cpp).
[[nodiscard]] const std::vector<Chosen>& choose(Work& work, const Target& target);
[[nodiscard]] const std::vector<Chosen>& choose(Work& work, const std::optional<Target>& target);
/// The lines that a target takes whole units of, the dearest first.
[[nodiscard]] const std::vector<Place>& dearest_first(Work& work, const Target& target);
/// By line: its place where the dearest units are taken first; ties go to the smaller line id.
const std::vector<Place>& dearness(Work& work);
void sort_dearest_first(Work& work, std::vector<Place>& places);

/// Whether all conditions hold (conditions.cpp).
[[nodiscard]] bool all_hold(Work& work, const std::vector<Condition>& conditions);
/// What the chosen lines amount to, looked at with or without taxes; `undiscounted` as at first.
[[nodiscard]] Exact amount_of(const Work& work, const std::vector<Chosen>& chosen, AmountTax tax,
                              bool undiscounted);

/// Shipments, their prices (shipping.cpp).
[[nodiscard]] Result<void> make_shipments(Work& work);
void price_shipments(Work& work);
[[nodiscard]] Exact shipping_left(Work& work);
[[nodiscard]] std::optional<Reason> why_unavailable(Work& work, const ShippingMethod& method);
[[nodiscard]] std::optional<Exact> price_of(Work& work, const ShippingMethod& method,
                                            bool& free_reached);

/// Prices the shipments and runs the shipping actions that wait (shipping_actions.cpp).
void settle_shipping(Work& work);
/// Adds a line that is not in the cart (lines.cpp).
void add_gift_line(Work& work, const Offer& offer, std::int64_t quantity, Place promotion,
                   std::string line_id);

/// The part of a figure of an order discount that was taken on these lines, by value (apart.cpp).
[[nodiscard]] Exact part_of_apart(const Apart& apart, const std::vector<ApartMember>& here,
                                  std::int64_t figure);

/// Everything that promotions lower (promotions.cpp).
void run_promotions(Work& work);

}  // namespace tandem::pricing
