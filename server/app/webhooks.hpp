// SPDX-License-Identifier: Apache-2.0
#pragma once
// Words of providers whose payments have names of their own. The name finds the order; a word that
// comes before the name is known here is kept and carried out as soon as it is: it is never
// acknowledged and forgotten, nor refused until the provider gives up.
//
//   co_return co_await receive_word(services, *provider, request.body);

#include <string>

#include "app/services.hpp"

namespace tandem::app {

/// How long a word waits for its order. Other programs of the same account cause such words too.
inline constexpr std::int64_t kWordKeptMs = std::int64_t{30} * 24 * 3'600'000;

/// What a word asks of the order that it is about. Refuses, in this order: attempt_unknown,
/// value_unknown (a currency that is not the order's).
[[nodiscard]] Result<OrderRequest> request_of(const payment::Provider& provider,
                                              const payment::Word& word, std::int64_t order_no,
                                              const Order& order);

/// Work for later: a payment that was declined is closed at the provider as well, so that the next
/// try is an attempt of its own and attempts can be counted.
[[nodiscard]] store::OutboxRow closing(std::int64_t order_no, std::int64_t attempt);

/// Answers a verified webhook. Its repetition changes nothing and is answered alike.
[[nodiscard]] Awaitable<http::Response> receive_word(const Services& services,
                                                     const payment::Provider& provider,
                                                     std::string payload);

}  // namespace tandem::app
