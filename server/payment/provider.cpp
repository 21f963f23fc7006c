// SPDX-License-Identifier: Apache-2.0
#include "payment/provider.hpp"

#include <algorithm>
#include <charconv>

namespace tandem::payment {
namespace {

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = end.ec == std::errc{} && end.ptr == text.data() + text.size();
  return whole && value > 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string intent_id(std::int64_t order_no, std::int64_t attempt) {
  return std::to_string(order_no) + '-' + std::to_string(attempt);
}

std::optional<IntentPlace> place_of_intent(std::string_view id) {
  const auto dash = id.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto order_no = number(id.substr(0, dash));
  const auto attempt = number(id.substr(dash + 1));
  if (!order_no || !attempt) return std::nullopt;
  return IntentPlace{.order_no = *order_no, .attempt = *attempt};
}

Called<Told> Provider::ask(const Intent&) {
  return std::unexpected(CallFailed{Trouble::permanent, "cannot be asked"});
}

Called<Done> Provider::ask_refund(const Intent&, std::int64_t) {
  return std::unexpected(CallFailed{Trouble::permanent, "cannot be asked"});
}

std::string Provider::own_id(std::span<const ToldFact>) const { return {}; }

std::optional<Word> Provider::word_of(std::string_view) const { return std::nullopt; }

Provider* find_provider(const Providers& providers, std::string_view name) {
  const auto found =
      std::ranges::find_if(providers, [&](const auto& p) { return p->name() == name; });
  return found == providers.end() ? nullptr : found->get();
}

}  // namespace tandem::payment
