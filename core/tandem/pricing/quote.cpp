// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tandem/pricing/answer.hpp"
#include "tandem/pricing/availability.hpp"

namespace tandem {
namespace pricing {
namespace {

/// A promotion that a code stands for must be one of the rules, and a fee's class too.
Result<void> check_references(const Work& work) {
  for (const auto& [code, fact] : work.request.facts.coupons) {
    const auto& all = work.rules.promotions;
    const bool known = std::ranges::find(all, fact.promotion, &Promotion::id) != all.end();
    if (!known && !fact.verdict.refused) {
      return reject(Reason::reference_unknown, "/facts/coupons/" + code + "/promotion");
    }
  }
  const auto& fees = work.request.cart.fees;
  for (std::size_t i = 0; i < fees.size(); ++i) {
    if (class_of(work.compiled, fees[i].tax_class).unknown) {
      return reject(Reason::reference_unknown, "/cart/fees/" + std::to_string(i) + "/tax_class");
    }
  }
  return {};
}

Result<void> prepare(Work& work) {
  if (auto done = make_lines(work); !done) return done;
  if (auto done = make_shipments(work); !done) return done;
  if (auto done = check_references(work); !done) return done;
  if (work.refused) return std::unexpected(*work.refused);
  return {};
}

std::optional<Rejection> refusal(const Work& work) {
  if (work.refused) return work.refused;
  if (work.steps > kStepsMax) return reject(Reason::budget_exceeded, "/rules", kStepsMax).error();
  return std::nullopt;
}

}  // namespace
}  // namespace pricing

Result<Quote> quote(const QuoteRequest& request) {
  pricing::Work work(request);
  if (auto done = pricing::prepare(work); !done) return std::unexpected(std::move(done.error()));
  pricing::run_promotions(work);
  if (auto refused = pricing::refusal(work)) return std::unexpected(*std::move(refused));
  const pricing::Taxables taxables = pricing::taxables(work, false);
  const pricing::Settled settled = pricing::settle(work, taxables.items);
  Quote answer;
  answer.currency = work.rules.currency;
  answer.pricing_version = work.rules.pricing_version;
  answer.terms_version = work.rules.policies.terms_version;
  if (work.zone != pricing::kNowhere) answer.tax_zone = work.rules.zones[work.zone].id;
  pricing::answer_parts(work, taxables, settled, answer);
  pricing::answer_totals(work, taxables, settled, answer);
  pricing::answer_messages(work, answer);
  if (auto refused = pricing::refusal(work)) return std::unexpected(*std::move(refused));
  answer.steps = work.steps;
  return answer;
}

Result<std::vector<MethodAvailability>> shipping_availability(const QuoteRequest& request) {
  pricing::Work work(request);
  if (auto done = pricing::prepare(work); !done) return std::unexpected(std::move(done.error()));
  pricing::run_promotions(work);
  if (auto refused = pricing::refusal(work)) return std::unexpected(*std::move(refused));
  std::vector<MethodAvailability> all;
  for (std::size_t i = 0; i < work.rules.shipping_methods.size(); ++i) {
    const ShippingMethod& method = work.rules.shipping_methods[i];
    bool free_reached = false;
    const Exact price = pricing::price_of(work, method, free_reached).value_or(Exact{});
    all.push_back({i, pricing::why_unavailable(work, method), pricing::shown(work, price)});
  }
  return all;
}

Result<std::vector<MethodAvailability>> payment_availability(const QuoteRequest& request) {
  pricing::Work work(request);
  if (auto done = pricing::prepare(work); !done) return std::unexpected(std::move(done.error()));
  pricing::run_promotions(work);
  if (auto refused = pricing::refusal(work)) return std::unexpected(*std::move(refused));
  std::vector<MethodAvailability> all;
  for (std::size_t i = 0; i < work.rules.payment_methods.size(); ++i) {
    const PaymentMethod& method = work.rules.payment_methods[i];
    const bool usable = method.enabled && pricing::all_hold(work, method.when);
    all.push_back(
        {i, usable ? std::nullopt : std::optional(Reason::payment_method_unavailable), 0});
  }
  return all;
}

bool needs_shipping(const QuoteRequest& request) {
  return std::ranges::any_of(request.cart.lines, [&](const CartLine& line) {
    const Offer* offer = find_offer(request.offers, line.sku);
    return offer != nullptr && offer->kind == OfferKind::goods;
  });
}

}  // namespace tandem
