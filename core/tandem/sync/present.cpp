// SPDX-License-Identifier: Apache-2.0
// What a session shows: the view, what may be chosen and at what price, and whether the order could
// be placed. All of it is asked of the functions that decide; none of it is decided here.
#include <algorithm>

#include "tandem/pricing/appraisal.hpp"
#include "tandem/sync/session.hpp"

namespace tandem::sync {
namespace {

const MethodAvailability* verdict_on(const std::vector<MethodAvailability>& verdicts,
                                     std::size_t index) {
  const auto found = std::ranges::find(verdicts, index, &MethodAvailability::index);
  return found == verdicts.end() ? nullptr : &*found;
}

}  // namespace

Result<Quote> Session::quote() const { return current_quote(shown_, context()); }

std::vector<ShippingOption> Session::shipping_options(const Appraisal& appraisal,
                                                      const QuoteRequest& request) const {
  std::vector<ShippingOption> options;
  if (!needs_shipping(request)) return options;
  Cart other = request.cart;
  QuoteRequest instead{.now_ms = request.now_ms,
                       .rules = request.rules,
                       .offers = request.offers,
                       .facts = request.facts,
                       .cart = other};
  const auto& methods = rules_->rules().shipping_methods;
  for (std::size_t i = 0; i < methods.size(); ++i) {
    if (!methods[i].enabled) continue;
    const MethodAvailability* verdict = verdict_on(appraisal.shipping, i);
    ShippingOption& option = options.emplace_back();
    option.label = methods[i].label;
    option.method = methods[i].id;
    option.pickup = methods[i].pickup;
    option.available = verdict != nullptr && !verdict->refused;
    if (verdict != nullptr) option.reason = verdict->refused;
    if (!option.available) continue;
    if (request.cart.shipping_method == methods[i].id) {
      option.gross_minor = appraisal.quote->shipping.gross_minor;
      continue;
    }
    other.shipping_method = methods[i].id;
    if (const auto shipping = quote_shipping(instead)) option.gross_minor = shipping->gross_minor;
  }
  return options;
}

std::vector<PaymentOption> Session::payment_options(const Appraisal& appraisal) const {
  const auto& methods = rules_->rules().payment_methods;
  std::vector<PaymentOption> options;
  for (std::size_t i = 0; i < methods.size(); ++i) {
    if (!methods[i].enabled) continue;
    const MethodAvailability* verdict = verdict_on(appraisal.payment, i);
    const auto can = abilities(settings_, methods[i].provider);
    options.push_back({.available = verdict != nullptr && !verdict->refused,
                       .express = methods[i].express && can && can->express,
                       .label = methods[i].label,
                       .method = methods[i].id,
                       .provider = methods[i].provider,
                       .reason = verdict != nullptr ? verdict->refused : std::nullopt});
  }
  return options;
}

std::vector<std::string> Session::undetermined_codes() const {
  std::vector<std::string> codes;
  for (const PendingCommand& sent : pending_) {
    const auto* apply = std::get_if<ApplyCoupon>(&sent.command);
    if (apply == nullptr) continue;
    std::string code = fold_code(apply->code);
    const auto on_order = std::ranges::find(shown_.coupons, code, &OrderCoupon::code);
    if (on_order == shown_.coupons.end()) codes.push_back(std::move(code));
  }
  return codes;
}

State Session::state() const {
  State state;
  state.order_id = order_id_.value;
  state.order_no = order_no_;
  state.pending = static_cast<std::int64_t>(pending_.size());
  state.pending_codes = undetermined_codes();
  state.stream_digest = history_.head();
  state.version = history_.version();
  const Context facts = context();
  const Cart cart = cart_of(shown_);
  const QuoteRequest request = quote_request(facts, cart);
  const auto priced = current_quote(shown_, request, nullptr, appraiser_);
  Quote none;
  none.currency = rules_->rules().currency;
  if (!priced) state.unpriced.emplace(priced.error());
  const Quote& known = priced ? **priced : none;
  state.quote_digest = known.quote_digest;
  state.view = view_of(shown_, known, {.order = order_id_.value, .order_no = order_no_});
  if (!shown_.is_placed()) {
    const Appraisal& appraisal = appraiser_.of(request);
    if (!shown_.lines.empty()) state.shipping_options = shipping_options(appraisal, request);
    state.payment_options = payment_options(appraisal);
  }
  auto place = check_place(facts, state.quote_digest);
  state.place.possible = place.has_value();
  if (!place) state.place.rejection.emplace(std::move(place.error()));
  return state;
}

}  // namespace tandem::sync
