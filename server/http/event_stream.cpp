// SPDX-License-Identifier: Apache-2.0
#include "http/event_stream.hpp"

namespace tandem::http {
namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value.substr(0, value.find_first_of("\r\n"));
  out += '\n';
}

// A line ends at \n, \r\n or a lone \r: that is how the client will read it.
void append_data(std::string& out, std::string_view data) {
  for (;;) {
    append_field(out, "data", data);
    const auto end = data.find_first_of("\r\n");
    if (end == std::string_view::npos) return;
    const bool two = data.substr(end).starts_with("\r\n");
    data.remove_prefix(end + (two ? 2 : 1));
  }
}

}  // namespace

std::string event_text(const ServerEvent& event) {
  std::string out;
  if (!event.id.empty()) append_field(out, "id", event.id);
  if (!event.event.empty()) append_field(out, "event", event.event);
  append_data(out, event.data);
  out += '\n';
  return out;
}

Response event_stream(NextChunk next) {
  Response response;
  response.headers.add("Content-Type", "text/event-stream");
  response.headers.add("Cache-Control", "no-store");
  response.stream = std::move(next);
  response.endless = true;
  return response;
}

}  // namespace tandem::http
