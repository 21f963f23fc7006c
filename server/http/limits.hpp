// SPDX-License-Identifier: Apache-2.0
#pragma once
// How much one client may ask of the listener. Past each limit the client gets a problem document
// and the connection is closed; the server goes on. The body's limit belongs to the route.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tandem::http {

struct Limits {
  std::size_t head_bytes_max =
      std::size_t{16} * 1024;  // request line and fields together; also of trailers
  std::size_t target_bytes_max = std::size_t{4} * 1024;
  std::size_t headers_max = 64;
  std::size_t connections_max = 4096;
  std::chrono::milliseconds head_timeout{10'000};   // from a head's first byte to its last
  std::chrono::milliseconds body_timeout{30'000};   // from the end of the head to the last byte
  std::chrono::milliseconds write_timeout{30'000};  // of an answer, or of one chunk of a stream
  std::chrono::milliseconds idle_timeout{60'000};   // between requests, and before the first
};

/// A limit as a refusal names it.
[[nodiscard]] constexpr std::int64_t limit_of(std::size_t limit) {
  return static_cast<std::int64_t>(limit);
}

}  // namespace tandem::http
