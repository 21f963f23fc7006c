// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tandem/pricing/answer.hpp"
#include "tandem/pricing/appraisal.hpp"

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

Quote answer_of(Work& work) {
  const Taxables taxables = pricing::taxables(work, false);
  const Settled settled = settle(work, taxables.items);
  Quote answer;
  answer.currency = work.rules.currency;
  answer.pricing_version = work.rules.pricing_version;
  answer.terms_version = work.rules.policies.terms_version;
  if (work.zone != kNowhere) answer.tax_zone = work.rules.zones[work.zone].id;
  answer_parts(work, taxables, settled, answer);
  answer_totals(work, taxables, settled, answer);
  answer_messages(work, answer);
  answer.valid_until_ms = valid_until_ms(work, answer);
  answer.steps = work.steps;
  return answer;
}

/// Everything before taxes.
Result<void> lower(Work& work) {
  if (auto done = prepare(work); !done) return done;
  run_promotions(work);
  if (auto refused = refusal(work)) return std::unexpected(*std::move(refused));
  return {};
}

Result<Quote> run(Work& work) {
  if (auto done = lower(work); !done) return std::unexpected(std::move(done.error()));
  Quote answer = answer_of(work);
  if (auto refused = refusal(work)) return std::unexpected(*std::move(refused));
  return answer;
}

Result<QuoteShipping> run_for_shipping(Work& work) {
  if (auto done = lower(work); !done) return std::unexpected(std::move(done.error()));
  const Taxables taxables = pricing::taxables(work, false);
  const Settled settled = settle(work, taxables.items);
  Quote answer;
  answer_shipping(work, taxables, settled, answer);
  Exact total;
  for (const SettledItem& item : settled.items) total += item.gross();
  if (!in_range(total)) work.refuse(Reason::amount_out_of_range, "/cart");
  if (auto refused = refusal(work)) return std::unexpected(*std::move(refused));
  return std::move(answer.shipping);
}

std::vector<MethodAvailability> shipping_methods(Work& work) {
  std::vector<MethodAvailability> all;
  for (const ShippingMethod& method : work.rules.shipping_methods) {
    all.push_back({all.size(), why_unavailable(work, method)});
  }
  return all;
}

std::vector<MethodAvailability> payment_methods(Work& work) {
  std::vector<MethodAvailability> all;
  for (const PaymentMethod& method : work.rules.payment_methods) {
    const bool usable = method.enabled && all_hold(work, method.when);
    const auto refused = usable ? std::nullopt : std::optional(Reason::payment_method_unavailable);
    all.push_back({all.size(), refused});
  }
  return all;
}

}  // namespace
}  // namespace pricing

Result<Quote> quote(const QuoteRequest& request) {
  pricing::Work work(request);
  return pricing::run(work);
}

Result<QuoteShipping> quote_shipping(const QuoteRequest& request) {
  pricing::Work work(request);
  return pricing::run_for_shipping(work);
}

Appraisal appraise(const QuoteRequest& request) {
  pricing::Work work(request);
  Appraisal appraisal{.quote = pricing::run(work), .shipping = {}, .payment = {}};
  if (!appraisal.quote) return appraisal;
  appraisal.shipping = pricing::shipping_methods(work);
  appraisal.payment = pricing::payment_methods(work);
  return appraisal;
}

bool needs_shipping(const QuoteRequest& request) {
  return std::ranges::any_of(request.cart.lines, [&](const CartLine& line) {
    const Offer* offer = find_offer(request.offers, line.sku);
    return offer != nullptr && offer->kind == OfferKind::goods;
  });
}

}  // namespace tandem
