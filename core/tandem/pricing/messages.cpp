// SPDX-License-Identifier: Apache-2.0
// What the customer should be told beside the figures: products, stock, methods and gift cards that
// are not what the cart expects. Stock is judged per product, however many lines hold it.
#include <algorithm>
#include <map>

#include "tandem/base/reason.hpp"
#include "tandem/pricing/answer.hpp"

namespace tandem::pricing {
namespace {

void tell(Work& work, Reason reason, std::string subject) {
  work.messages.push_back({std::string(name(reason)), Severity::error, std::move(subject)});
}

/// By product, how much all lines hold together, gifts too.
std::map<std::string_view, Exact> held_by_lines(const Work& work) {
  std::map<std::string_view, Exact> held;
  for (const WorkLine& line : work.lines) held[line.offer->sku.value] += line.quantity;
  return held;
}

/// How much of an offer may be sold; empty when there is no limit or it is not known.
std::optional<std::int64_t> sellable(const Work& work, const Offer& offer) {
  if (offer.stock_policy == StockPolicy::untracked) return std::nullopt;
  const auto& known = work.request.facts.availability;
  const auto found = known.find(offer.sku.value);
  if (found == known.end()) return std::nullopt;
  if (offer.stock_policy == StockPolicy::deny) return found->second;
  if (!offer.backorder_limit) return std::nullopt;
  return found->second + *offer.backorder_limit;
}

void tell_of_lines(Work& work) {
  if (work.request.facts.availability.empty() &&
      std::ranges::all_of(work.lines, [](const WorkLine& line) { return line.offer->active; })) {
    return;
  }
  const auto held = held_by_lines(work);
  for (std::size_t i = 0; i < work.lines.size(); ++i) {
    const WorkLine& line = work.lines[i];
    const auto subject = [&] { return "/lines/" + std::to_string(i); };
    if (!line.offer->active) {
      tell(work, Reason::offer_unavailable, subject());
      continue;
    }
    const auto limit = sellable(work, *line.offer);
    if (!limit || line.quantity <= Exact{}) continue;
    if (*limit <= 0) {
      tell(work, Reason::out_of_stock, subject());
    } else if (line.quantity > Exact::minor(*limit) ||
               held.at(line.offer->sku.value) > Exact::minor(*limit)) {
      tell(work, Reason::insufficient_stock, subject());
    }
  }
}

void tell_of_payment(Work& work) {
  const auto& chosen = work.request.cart.payment_method;
  if (!chosen) return;
  const auto& methods = work.rules.payment_methods;
  const auto method = std::ranges::find(methods, *chosen, &PaymentMethod::id);
  if (method == methods.end() || !method->enabled || !all_hold(work, method->when)) {
    tell(work, Reason::payment_method_unavailable, "/cart/payment_method");
  }
}

void tell_of_gift_cards(Work& work) {
  const auto& ids = work.request.cart.gift_cards;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto& cards = work.request.facts.gift_cards;
    const auto card = std::ranges::find(cards, ids[i], &GiftCardFact::id);
    const std::string subject = "/cart/gift_cards/" + std::to_string(i);
    if (card == cards.end()) {
      tell(work, Reason::gift_card_unknown, subject);
    } else if (card->balance_minor <= 0) {
      tell(work, Reason::gift_card_empty, subject);
    }
  }
}

}  // namespace

void answer_messages(Work& work, Quote& quote) {
  tell_of_lines(work);
  tell_of_payment(work);
  tell_of_gift_cards(work);
  quote.messages = std::move(work.messages);
}

}  // namespace tandem::pricing
