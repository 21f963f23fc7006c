// SPDX-License-Identifier: Apache-2.0
#pragma once
// A small blocking HTTP client for socket tests: it sends bytes exactly as written, so that a test
// can be as rude as it likes, and reads whole answers. Nothing waits longer than its patience.
//
//   Client client(listener->port());
//   client.send("GET / HTTP/1.1\r\nHost: shop\r\n\r\n");
//   client.read().status == 200

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "http/listener.hpp"

namespace tandem::http::test {

struct Answer {
  int status = 0;                              // 0: the connection ended before an answer
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // chunks joined
};

class Client {
 public:
  /// Connects; `address` as digits. `connected()` tells whether it worked.
  explicit Client(std::uint16_t port, const std::string& address = "127.0.0.1",
                  std::chrono::seconds patience = std::chrono::seconds(10));
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] bool connected() const { return socket_ >= 0; }

  /// Sends all bytes; false when the other side no longer takes them.
  bool send(std::string_view bytes) const;

  /// Says that nothing more comes; answers can still be read.
  void finish() const;

  /// Closes at once, leaving nothing of the connection behind: for very many in a row.
  void drop();

  /// Reads one answer; without its body when it answers a HEAD request.
  [[nodiscard]] Answer read(bool to_head = false);

  /// Reads the head of an answer, then nothing.
  [[nodiscard]] Answer read_head();

  /// Reads one chunk of a chunked answer; empty for the last one, or at the end of the connection.
  [[nodiscard]] std::string read_chunk();

  /// Whether the server sends something, or closes, within this time.
  [[nodiscard]] bool hears_within(std::chrono::milliseconds time) const;

  /// Whether the server closed: true once everything was read, false if there are more bytes.
  [[nodiscard]] bool at_end();

 private:
  bool receive();  // more bytes behind those that wait
  std::string take(std::size_t size);
  std::string take_line();

  int socket_ = -1;
  std::string waiting_;
};

/// A request without a body.
[[nodiscard]] std::string get(std::string_view target, std::string_view more_fields = {});

/// A request with a JSON body.
[[nodiscard]] std::string post(std::string_view target, std::string_view body);

/// Starts a listener on a free port of 127.0.0.1, or ends the test program.
[[nodiscard]] std::unique_ptr<Listener> listen(const Router& router, Limits limits = {});

}  // namespace tandem::http::test
