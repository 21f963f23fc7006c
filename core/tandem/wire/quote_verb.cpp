// SPDX-License-Identifier: Apache-2.0
#include "tandem/wire/quote_verb.hpp"

#include <algorithm>

#include "tandem/base/sort.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/pricing/pricing.hpp"
#include "tandem/wire/decode.hpp"
#include "tandem/wire/problem.hpp"

namespace tandem::wire {
namespace {

constexpr std::int64_t kFormat = 1;

/// Offers ascending by sku, each once. They may be given in any order.
Result<void> sort_offers(std::vector<Offer>& offers) {
  std::vector<std::uint32_t> order(offers.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto sku = [&](std::uint32_t i) -> const Sku& { return offers[i].sku; };
  sort_stably(order, [&](std::uint32_t a, std::uint32_t b) { return sku(a) < sku(b); });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (sku(order[i]) == sku(order[i - 1])) {
      return reject(Reason::id_duplicate, "/offers/" + std::to_string(order[i]) + "/sku");
    }
  }
  sort_stably(offers, [](const Offer& a, const Offer& b) { return a.sku < b.sku; });
  return {};
}

/// A line's quantity, a price: exactly one of two spellings; and what else each offer must keep.
Result<void> check_spellings(const QuoteInput& input) {
  for (std::size_t i = 0; i < input.offers.size(); ++i) {
    const Offer& offer = input.offers[i];
    const std::string pointer = "/offers/" + std::to_string(i) + "/unit_price_minor";
    if (!offer.unit_price_minor && !offer.unit_price_exact) {
      return reject(Reason::field_missing, pointer);
    }
    if (offer.unit_price_minor && offer.unit_price_exact) {
      return reject(Reason::field_unknown, pointer);
    }
    if (auto done = check_offer(offer); !done) {
      done.error().subject.insert(0, "/offers/" + std::to_string(i));
      return done;
    }
  }
  for (std::size_t i = 0; i < input.cart.lines.size(); ++i) {
    const CartLine& line = input.cart.lines[i];
    const std::string pointer = "/cart/lines/" + std::to_string(i) + "/quantity";
    if (!line.quantity && !line.quantity_exact) return reject(Reason::field_missing, pointer);
    if (line.quantity && line.quantity_exact) return reject(Reason::field_unknown, pointer);
  }
  return {};
}

}  // namespace

Result<std::string> quote_answer(std::string_view text) {
  auto input = decode<QuoteInput>(text);
  if (!input) return std::unexpected(std::move(input.error()));
  if (input->format != kFormat) return reject(Reason::format_unknown, "/format", kFormat);
  if (auto done = check_spellings(*input); !done) return std::unexpected(std::move(done.error()));
  if (auto done = sort_offers(input->offers); !done)
    return std::unexpected(std::move(done.error()));
  auto rules = compile(std::move(input->rules));
  if (!rules) {
    rules.error().subject.insert(0, "/rules");
    return std::unexpected(std::move(rules.error()));
  }
  auto made = quote({.now_ms = input->now_ms,
                     .rules = *rules,
                     .offers = input->offers,
                     .facts = input->facts,
                     .cart = input->cart});
  if (!made) return std::unexpected(std::move(made.error()));
  return canonical(sealed(*std::move(made)));
}

std::string quote_verb(std::string_view input, int& status) {
  auto answered = quote_answer(input);
  status = answered ? 0 : 1;
  return answered ? *std::move(answered) : problem_document(answered.error());
}

}  // namespace tandem::wire
