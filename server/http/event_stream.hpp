// SPDX-License-Identifier: Apache-2.0
#pragma once
// Server-sent events: the text of one event, and the response that carries them. The client names
// the last id it saw in Last-Event-ID when it connects again.
//
//   event_text({.id = "7", .event = "order", .data = "{}"}) == "id: 7\nevent: order\ndata: {}\n\n"

#include <string>
#include <string_view>

#include "http/response.hpp"

namespace tandem::http {

struct ServerEvent {
  std::string_view id = {};
  std::string_view event = {};
  std::string_view data = {};
};

/// The event as it stands in the stream. Every line of `data` becomes a line of its own; an id or a
/// name with a line break is cut there, so that a value never makes a field of its own.
[[nodiscard]] std::string event_text(const ServerEvent& event);

/// A comment that clients ignore: keeps proxies from closing a silent stream.
inline constexpr std::string_view kHeartbeat = ":\n\n";

/// A response that sends what `next` makes, until it makes nothing or the client goes.
[[nodiscard]] Response event_stream(NextChunk next);

}  // namespace tandem::http
