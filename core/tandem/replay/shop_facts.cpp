// SPDX-License-Identifier: Apache-2.0
// What the shop knows of a customer and of cards and orders that a decision may need.
#include <algorithm>

#include "tandem/replay/shop.hpp"

namespace tandem::replay {
namespace {

std::string_view text_of(const wire::Value* value) {
  return value != nullptr && value->text() != nullptr ? std::string_view(*value->text())
                                                      : std::string_view();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The same address; no address is like none.
bool is_same_address(std::string_view a, std::string_view b) {
  return !a.empty() && std::ranges::equal(a, b, {}, lower, lower);
}

void latest(std::optional<std::int64_t>& known, std::int64_t at_ms) {
  known = std::max(known.value_or(at_ms), at_ms);
}

}  // namespace

const wire::Value* Shop::customer_row(const Order& order, std::string_view key) const {
  if (!order.customer) return nullptr;
  const auto known = customers_.rows().find(*order.customer);
  return known == customers_.rows().end() ? nullptr : known->second.find(key);
}

/// By account, or by the email address of either.
bool Shop::is_same_customer(const Order& order, const Order& other) const {
  if (order.customer && order.customer == other.customer) return true;
  const auto given = [](const Order& of) {
    return of.contact ? std::string_view(of.contact->email) : std::string_view();
  };
  const std::string_view given_here = given(order);
  const std::string_view given_there = given(other);
  const std::string_view known_here = text_of(customer_row(order, "email"));
  const std::string_view known_there = text_of(customer_row(other, "email"));
  return is_same_address(given_here, given_there) || is_same_address(given_here, known_there) ||
         is_same_address(known_here, given_there) || is_same_address(known_here, known_there);
}

void Shop::add_history(Context& context, const ShopOrder& order) const {
  CustomerHistory& history = context.history;
  if (const auto email = text_of(customer_row(order.order, "email")); !email.empty()) {
    history.email = email;
  }
  if (const auto name = text_of(customer_row(order.order, "salesperson")); !name.empty()) {
    history.salesperson = name;
  }
  const wire::Value* accepts = customer_row(order.order, "reminders");
  if (accepts != nullptr && std::holds_alternative<bool>(accepts->data)) {
    history.accepts_reminders = std::get<bool>(accepts->data);
  }
  for (const auto& [id, at] : orders_) {
    const Order& other = at.order;
    if (&at == &order || !is_same_customer(order.order, other)) continue;
    if (other.state == OrderState::order && other.confirmed_ms) {
      latest(history.bought_ms, *other.confirmed_ms);
    }
    if (other.reminded && !other.reminded->skipped) {
      latest(history.reminded_ms, other.reminded->at_ms);
    }
    latest(history.active_ms, other.last_customer_ms);
    history.unsubscribed = history.unsubscribed || other.unsubscribed;
  }
}

void Shop::add_gift_cards(Facts& to, const Order& order, std::int64_t now_ms) const {
  for (const auto& [code, card] : cards_) {
    std::int64_t own = 0;
    if (order.holds_uses && order.placed) {
      for (const QuoteGiftCard& used : order.placed->quote.gift_cards) {
        if (used.id.value == code) own += used.amount_minor;
      }
    }
    const GiftCardFigures figures{.balance_minor = card.balance_minor,
                                  .held_by_others_minor = card.held_minor - own,
                                  .expires_ms = card.expires_ms};
    to.context.gift_cards.emplace(code, figures);
    to.facts.gift_cards.push_back(
        {.balance_minor = figures.usable_minor(now_ms), .id = GiftCardId{code}});
  }
}

/// The order that a command names with `from`.
void Shop::name_other(const std::string& id, const Command& command, Context& context) const {
  const std::string* from = nullptr;
  if (const auto* merge = std::get_if<MergeCart>(&command)) from = &merge->from;
  if (const auto* again = std::get_if<Reorder>(&command)) from = &again->from;
  if (from == nullptr) return;
  const auto found = orders_.find(*from);
  if (found != orders_.end()) context.other = &found->second.order;
  context.other_is_this = *from == id;
}

}  // namespace tandem::replay
