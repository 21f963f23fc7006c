// SPDX-License-Identifier: Apache-2.0
#pragma once
// decide(): the only place that refuses. Pure: the same order, command and facts give the same
// events, in a browser and on a server.
//
//   auto events = decide(order, AddLine{.sku = {"TEA-100"}, .quantity = 2}, context);
//   if (!events) show(events.error());

#include <vector>

#include "tandem/base/result.hpp"
#include "tandem/base/text.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/context.hpp"
#include "tandem/order/order.hpp"
#include "tandem/order/record.hpp"

namespace tandem {

/// What the command leads to. An empty list is an answer too: the fact was known already.
/// Refuses, in this order: who may (access.hpp), then what the command's own function says. Also
/// works out the totals that the events lead to, and refuses if they leave the range.
[[nodiscard]] Result<std::vector<NewEvent>> decide(const Order& order, const Command& command,
                                                   const Context& context);

/// decide() for the commands that a browser decides too. It need not carry the other decisions.
[[nodiscard]] Result<std::vector<NewEvent>> decide_locally(const Order& order,
                                                           const LocalCommand& command,
                                                           const Context& context);

/// Whether decide() would place the order; refuses what it would refuse. Both run the same checks.
[[nodiscard]] Result<void> check_place(const Order& order, const PlaceOrder& command,
                                       const Context& context);

/// The cart that the order's lines and choices make, as quote() takes it.
[[nodiscard]] Cart cart_of(const Order& order);

/// What quote() is asked for a cart under these facts. Refers to both; neither may go first.
[[nodiscard]] QuoteRequest quote_request(const Context& context, const Cart& cart);

/// The unit price as asked now for so much of a product, before any rebasing.
[[nodiscard]] Exact price_now(const Context& context, const Offer& offer, std::int64_t quantity);

/// The quote of an order with its digest: the placed one, or of its cart now. Refuses as quote().
[[nodiscard]] Result<Quote> current_quote(const Order& order, const Context& context);

/// The same without a copy, where `request` asks for the order's cart and `shown` is as in Context:
/// valid until the order changes or `appraiser` is asked for another cart.
[[nodiscard]] Result<const Quote*> current_quote(const Order& order, const QuoteRequest& request,
                                                 const Quote* shown, Appraiser& appraiser);

/// The promotion that publishes a folded code; an empty id when none does.
[[nodiscard]] PromotionId published_under(const Rules& rules, std::string_view code);

}  // namespace tandem
