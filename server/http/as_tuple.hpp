// SPDX-License-Identifier: Apache-2.0
#pragma once
// What to pass to an asynchronous operation so that a coroutine gets its error as a value.
//
//   const auto [failure, count] = co_await socket.async_read_some(room, kTuple);

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tandem::http {

inline constexpr auto kTuple = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace tandem::http
