// SPDX-License-Identifier: Apache-2.0
#pragma once
// quote(): the only function, in any language, that computes money. It reads no clock and changes
// nothing; the same request gives the same quote on every machine, in the same counted steps.
//
//   auto rules = compile(published);                     // once per published version
//   auto answer = quote({.now_ms = now, .rules = *rules, .offers = offers, .facts = facts,
//                        .cart = cart});

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "tandem/base/result.hpp"
#include "tandem/catalog/offer.hpp"
#include "tandem/pricing/cart.hpp"
#include "tandem/pricing/facts.hpp"
#include "tandem/pricing/quote.hpp"

namespace tandem {

namespace pricing {
struct Compiled;
}

/// Rules that were checked and whose names were resolved. Cheap to copy; shared, never changed.
class CompiledRules {
 public:
  explicit CompiledRules(std::shared_ptr<const pricing::Compiled> compiled);

  [[nodiscard]] const Rules& rules() const;
  [[nodiscard]] const MoneyPolicy& money() const;
  [[nodiscard]] const pricing::Compiled& compiled() const { return *compiled_; }

 private:
  std::shared_ptr<const pricing::Compiled> compiled_;
};

/// Checks rules and resolves their names. The subject of a refusal is a JSON pointer into the
/// rules. Refuses: currency_unknown, pricing_version_unknown, id_duplicate, reference_unknown,
/// number_out_of_range, amount_out_of_range.
[[nodiscard]] Result<CompiledRules> compile(Rules rules);

/// All that a quote depends on. Nothing is copied: what it refers to must outlive the call.
struct QuoteRequest {
  std::int64_t now_ms = 0;
  const CompiledRules& rules;
  std::span<const Offer> offers;  // ascending by sku, each once; at least those of the cart
  const QuoteFacts& facts;
  const Cart& cart;
};

/// Steps that one quote may take; far above 1,000 lines with 200 promotions.
inline constexpr std::int64_t kStepsMax = 2'000'000;

/// What the cart costs. The subject of a refusal is a JSON pointer into the request ("/cart/…").
/// Refuses: offer_unknown, method_unknown, reference_unknown (a tax class, a promotion),
/// quantity_not_whole, quantity_too_fine, zero_weights, amount_out_of_range, budget_exceeded.
/// A code that does not apply, an unavailable method or product and short stock are messages.
[[nodiscard]] Result<Quote> quote(const QuoteRequest& request);

/// The digest of what was shown: currency, pricing version, lines with every adjustment, tax and
/// share, shipping choice, tax zone, totals and terms version. Not time (valid_until_ms,
/// lowest_30_days_minor), messages, stock or rules.
[[nodiscard]] std::string quote_digest(const Quote& quote);

/// The quote with its digest filled in.
[[nodiscard]] Quote sealed(Quote quote);

/// The document that `tandem quote` reads.
struct QuoteInput {
  Cart cart;
  QuoteFacts facts;
  std::int64_t format = 1;
  std::int64_t now_ms = 0;
  std::vector<Offer> offers;
  Rules rules;
};

template <>
struct Fields<QuoteInput> {
  static constexpr std::array list{
      required<&QuoteInput::cart>("cart"),     optional<&QuoteInput::facts>("facts"),
      required<&QuoteInput::format>("format"), required<&QuoteInput::now_ms>("now_ms"),
      optional<&QuoteInput::offers>("offers"), required<&QuoteInput::rules>("rules"),
  };
};
template <>
inline constexpr std::string_view kTypeName<QuoteInput> = "quote_input";

}  // namespace tandem
