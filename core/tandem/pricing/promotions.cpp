// SPDX-License-Identifier: Apache-2.0
// Promotions run by descending priority, ties in listed order. Of an exclusive group only the first
// whose conditions hold applies. Where the best discount wins, the line discounts of all promotions
// compete first, those of one exclusive group too, and what concerns the order comes after them.
#include <algorithm>

#include "tandem/base/sort.hpp"
#include "tandem/base/text.hpp"
#include "tandem/pricing/discounts.hpp"

namespace tandem::pricing {
namespace {

enum class Phase : std::uint8_t { all, lines, rest };

bool is_line_action(const Action& action) {
  return !is_shipping_action(action) && !std::holds_alternative<PercentOffOrder>(action) &&
         !std::holds_alternative<AmountOffOrder>(action) && !std::holds_alternative<Gift>(action);
}

class Runner {
 public:
  explicit Runner(Work& work) : work_(work), coupon_of_(work.rules.promotions.size(), kNowhere) {}

  void run() {
    read_coupons();
    if (work_.money.percentages == Percentages::best) {
      run_phase(Phase::lines);
      groups_.clear();
      run_phase(Phase::rest);
    } else {
      run_phase(Phase::all);
    }
    settle_shipping(work_);
    explain_coupons();
  }

 private:
  /// Which promotion each code unlocks; a code that unlocks none is explained.
  void read_coupons() {
    const auto& codes = work_.request.cart.coupons;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const auto refused = read_coupon(fold_code(codes[i].value), static_cast<Place>(i));
      if (refused) explain(i, *refused);
    }
  }

  std::optional<Reason> read_coupon(const std::string& code, Place index) {
    Place place = kNowhere;
    for (const auto& [known, fact] : work_.request.facts.coupons) {
      if (fold_code(known) != code) continue;
      if (fact.verdict.refused) return fact.verdict.refused;
      place = place_of_promotion(fact.promotion);
    }
    for (Place p = 0; place == kNowhere && p < work_.rules.promotions.size(); ++p) {
      const auto& published = work_.rules.promotions[p].public_code;
      if (published && fold_code(published->value) == code) place = p;
    }
    if (place == kNowhere) return Reason::coupon_unknown;
    if (coupon_of_[place] != kNowhere) return Reason::coupon_already_applied;
    coupon_of_[place] = index;
    const Promotion& promotion = work_.rules.promotions[place];
    const std::int64_t now = work_.request.now_ms;
    if (promotion.starts_ms && now < *promotion.starts_ms) return Reason::coupon_not_started;
    if (promotion.ends_ms && now >= *promotion.ends_ms) return Reason::coupon_expired;
    return std::nullopt;
  }

  Place place_of_promotion(const PromotionId& id) const {
    const auto& all = work_.rules.promotions;
    const auto found = std::ranges::find(all, id, &Promotion::id);
    return found == all.end() ? kNowhere : static_cast<Place>(found - all.begin());
  }

  bool is_running(const Promotion& promotion, Place place) const {
    const std::int64_t now = work_.request.now_ms;
    if (promotion.starts_ms && now < *promotion.starts_ms) return false;
    if (promotion.ends_ms && now >= *promotion.ends_ms) return false;
    if (promotion.coupon) return coupon_of_[place] != kNowhere;
    const auto& told = work_.request.facts.promotions;
    const auto verdict = told.empty() ? told.end() : told.find(promotion.id.value);
    return verdict == told.end() || !verdict->second.refused;
  }

  void run_phase(Phase phase) {
    for (const Place place : work_.compiled.order) {
      if (work_.steps > kStepsMax || work_.refused) return;
      run_promotion(place, phase);
    }
  }

  static bool belongs(const Action& action, Phase phase) {
    return phase == Phase::all || is_line_action(action) == (phase == Phase::lines);
  }

  void run_promotion(Place place, Phase phase) {
    const Promotion& promotion = work_.rules.promotions[place];
    work_.step();
    if (!is_running(promotion, place)) return;
    const auto concerns = [&](const Action& action) { return belongs(action, phase); };
    if (std::ranges::none_of(promotion.then, concerns)) return;
    const bool exclusive = promotion.exclusive_group && phase != Phase::lines;
    if (exclusive && std::ranges::find(groups_, *promotion.exclusive_group) != groups_.end()) {
      return refuse_coupon(place, Reason::coupon_not_combinable);
    }
    if (!all_hold(work_, promotion.when)) {
      return refuse_coupon(place, Reason::coupon_conditions_not_met);
    }
    if (exclusive) groups_.push_back(*promotion.exclusive_group);
    for (const Action& action : promotion.then)
      if (concerns(action)) run_action(place, action);
  }

  void run_action(Place place, const Action& action) {
    work_.step();
    if (is_shipping_action(action)) {
      work_.waiting.emplace_back(place, &action);
    } else if (!run_line_action(work_, place, action) && !run_unit_action(work_, place, action)) {
      run_order_action(work_, place, action);
    }
  }

  void refuse_coupon(Place place, Reason reason) {
    if (coupon_of_[place] != kNowhere) unmet_.emplace_back(coupon_of_[place], reason);
  }

  void explain_coupons() {
    sort_stably(unmet_, [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [index, reason] : unmet_) explain(index, reason);
  }

  void explain(std::size_t index, Reason reason) {
    work_.messages.push_back(
        {std::string(name(reason)), Severity::warning, "/cart/coupons/" + std::to_string(index)});
  }

  Work& work_;
  std::vector<Place> coupon_of_;  // by promotion: the place of its code in the cart
  std::vector<std::string_view> groups_;  // exclusive groups that are taken
  std::vector<std::pair<Place, Reason>> unmet_;
};

}  // namespace

void run_promotions(Work& work) {
  // Most promotions lower a part of the lines; the list then seldom has to move.
  work.given.reserve(work.lines.size() * std::min<std::size_t>(work.compiled.order.size(), 32));
  Runner(work).run();
}

}  // namespace tandem::pricing
