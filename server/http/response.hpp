// SPDX-License-Identifier: Apache-2.0
#pragma once
// A response as a plain value: what a handler returns. The content is one of three: a text of its
// own, shared bytes that many responses send without copying, or a stream of chunks made later.
//
//   return json(200, R"({"ok":true})");

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/headers.hpp"
#include "tandem/base/reason.hpp"

namespace tandem::http {

/// What an asynchronous handler returns: it may wait for others without holding a thread. Two bugs
/// of g++ 12 corrupt coroutines silently: give aggregates a name instead of making them inside a
/// `co_await` expression, and write `while`, not a `for` without a declaration, around a
/// `co_await`.
template <class T>
using Awaitable = boost::asio::awaitable<T>;

/// Makes the next chunk of a stream, or nothing at its end. Called again only after the chunk was
/// sent; destroyed with the response, so a coroutine may use what the lambda captured. When the
/// client has gone, the operation that it waits for is canceled (terminal).
using NextChunk = std::function<Awaitable<std::optional<std::string>>()>;

struct Response {
  std::uint16_t status = 200;
  Headers headers = {};
  std::string body = {};
  std::shared_ptr<const std::string> shared = {};  // sent instead of `body` if there is one
  NextChunk stream = {};                           // sent instead of both if there is one
  std::optional<Reason> refused = {};              // why, where it is a refusal: for counting
  std::vector<Reason> refused_parts = {};  // of a batch: why some of it was refused, for counting
  bool endless = false;  // the stream has no end of its own: a graceful stop ends it at once
  std::optional<std::uint64_t> content_length = {};  // of an answer to HEAD; its content is gone

  [[nodiscard]] std::string_view content() const {
    return shared ? std::string_view(*shared) : std::string_view(body);
  }
};

/// An answer in JSON; `text` is JSON already.
[[nodiscard]] inline Response json(std::uint16_t status, std::string text) {
  Response response;
  response.status = status;
  response.body = std::move(text);
  response.headers.add("Content-Type", "application/json");
  return response;
}

}  // namespace tandem::http
