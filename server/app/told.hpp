// SPDX-License-Identifier: Apache-2.0
#pragma once
// What providers tell, as commands of their class of actor.
//
//   command_of(payment::Told{.standing = Standing::captured, …}, 1)   // PaymentCaptured

#include <cstdint>
#include <string_view>

#include "payment/provider.hpp"
#include "tandem/order/actor.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/order.hpp"
#include "tandem/order/settings.hpp"

namespace tandem::app {

[[nodiscard]] Actor provider_actor(std::string_view provider);

/// The attempt as its provider knows it. The settings say whether the shop captures by itself.
[[nodiscard]] payment::Intent intent_of(std::int64_t order_no, const Order& order,
                                        const Attempt& attempt, const payment::Provider& provider,
                                        const Settings& settings);

/// How an intent stands, as a fact about this attempt.
[[nodiscard]] Command command_of(const payment::Told& told, std::int64_t attempt);

/// The command that a fact of a webhook is.
[[nodiscard]] Command command_of(const payment::Fact& fact);

}  // namespace tandem::app
