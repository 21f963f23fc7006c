// SPDX-License-Identifier: Apache-2.0
#include "tandem/sync/history.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "tandem/wire/parts.hpp"

namespace tandem::sync {
namespace {

std::string place_of(std::size_t event) { return "/events/" + std::to_string(event); }

/// The canonical bytes of a record as it was sent, whatever this core knows of its fields.
std::string sent_bytes(const wire::Value& answer, std::size_t event) {
  std::string bytes;
  wire::append_value(bytes, *(*answer.find("events")->list())[event].find("record"));
  return bytes;
}

}  // namespace

Result<Taken> History::take(const wire::Value& value, const Answer& answer) {
  Taken taken;
  Order order = order_;
  std::vector<KeptRecord> added;
  Digest chain = head();
  for (std::size_t i = 0; i < answer.events.size(); ++i) {
    const Disclosed& disclosed = answer.events[i];
    const std::int64_t n = disclosed.record.n;
    std::string bytes = sent_bytes(value, i);
    if (n <= version()) {
      const bool same = n >= 1 && next_chain(chain_after(n - 1), bytes) == chain_after(n);
      if (!same) return reject(Reason::chain_broken, place_of(i));
      continue;
    }
    if (n != order.version + 1) return Taken{.gap = true, .command_ids = {}};
    auto parts = wire::open_parts(disclosed.record, disclosed.parts, place_of(i));
    if (!parts) return std::unexpected(std::move(parts.error()));
    chain = next_chain(chain, bytes);
    evolve(order, disclosed.record.event, *parts,
           {.n = n, .at_ms = disclosed.record.at_ms, .by = disclosed.record.actor.kind});
    if (disclosed.record.command_id) taken.command_ids.push_back(*disclosed.record.command_id);
    added.push_back({.bytes = std::move(bytes), .parts = disclosed.parts, .chain = chain});
  }
  if (answer.version > order.version) return Taken{.gap = true, .command_ids = {}};
  const Digest head_then = answer.version == order.version ? chain : chain_after(answer.version);
  if (answer.stream_digest != head_then) return reject(Reason::chain_broken, "/stream_digest");
  order_ = std::move(order);
  std::ranges::move(added, std::back_inserter(records_));
  return taken;
}

}  // namespace tandem::sync
