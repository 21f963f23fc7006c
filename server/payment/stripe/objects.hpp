// SPDX-License-Identifier: Apache-2.0
#pragma once
// What Stripe's objects and events say, in the shop's words and amounts. Every fact about a payment
// bears a reference that begins with the PaymentIntent's id, the same whether it was told by an
// answer or by a webhook, so that it counts once.
//
//   word_of(R"({"id":"evt_1","type":"payment_intent.succeeded",…})")->facts[0].reference
//     == "pi_1/captured"

#include <optional>
#include <string>
#include <string_view>

#include "payment/provider.hpp"
#include "payment/stripe/json.hpp"

namespace tandem::payment::stripe {

/// How a PaymentIntent stands. Nothing when it is none, or of a currency that is not understood.
[[nodiscard]] std::optional<Told> told_of(const Json& intent);

/// What an event tells. Events that the shop need not know of have no facts; nothing when it is no
/// event, or one about money that is not understood.
[[nodiscard]] std::optional<Word> word_of(std::string_view payload);

/// "EUR" of "eur".
[[nodiscard]] std::string currency_of(const Json& object);

}  // namespace tandem::payment::stripe
