// SPDX-License-Identifier: Apache-2.0
#pragma once
// Bytes of a connection in, one request value out. The grammar is Boost.Beast's; on top of it this
// refuses whatever two servers in a row could read differently (request smuggling): a length given
// twice or beside a transfer coding, a coding other than chunked, a folded field, a missing or
// second Host. It holds no socket: tests feed it bytes. The only file that includes Beast is its
// source.
//
//   RequestParser parser(limits, request);
//   parser.feed("GET / HTTP/1.1\r\nHost: shop\r\n\r\n");  // all 30 bytes taken
//   parser.state() == RequestParser::State::complete

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "http/limits.hpp"
#include "http/request.hpp"
#include "tandem/base/result.hpp"

namespace tandem::http {

class RequestParser {
 public:
  enum class State : std::uint8_t { head, body, complete, refused };

  /// Fills `request`, which must outlive the parser; so must `limits`.
  RequestParser(const Limits& limits, Request& request);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Makes it ready for the next request and clears the request value.
  void restart();

  /// Takes bytes from the start of `bytes` and returns how many. The rest must be given again, with
  /// more behind it. Stops at the end of the head, and at the end of the request. Refuses with
  /// target_too_long, header_too_large, size_exceeded or request_malformed.
  std::size_t feed(std::string_view bytes);

  /// Sets the limit of the body; call it when the head has ended.
  void limit_body(std::size_t bytes_max);

  [[nodiscard]] State state() const;
  [[nodiscard]] const Rejection& rejection() const;

  // What the head said, once it has ended.
  [[nodiscard]] bool keep_alive() const;  // the client wants to go on with this connection
  [[nodiscard]] bool expects_continue() const;  // the client waits for leave to send the body
  [[nodiscard]] bool is_http_1_0() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tandem::http
