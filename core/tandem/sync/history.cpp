// SPDX-License-Identifier: Apache-2.0
#include "tandem/sync/history.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "tandem/wire/decode.hpp"

namespace tandem::sync {
namespace {

std::string place_of(std::size_t event) { return "/events/" + std::to_string(event); }

/// The canonical bytes of a record as it was sent, whatever this core knows of its fields.
std::string sent_bytes(const wire::Value& answer, std::size_t event) {
  std::string bytes;
  wire::append_value(bytes, *(*answer.find("events")->list())[event].find("record"));
  return bytes;
}

/// Reads the disclosed parts of a record. Refuses a part that its seal does not cover.
Result<Parts> open_parts(const Disclosed& disclosed, const std::string& place) {
  Parts parts;
  for (const StoredPart& part : disclosed.parts) {
    const auto seal = disclosed.record.sealed.find(part.name);
    const bool sealed = seal != disclosed.record.sealed.end() &&
                        sealed_digest(part.salt, part.bytes) == seal->second;
    const auto field = std::ranges::find(Fields<Parts>::list, part.name, &Field::name);
    if (!sealed || field == Fields<Parts>::list.end()) {
      return reject(Reason::chain_broken, place + "/parts/" + part.name);
    }
    const auto value = wire::parse(part.bytes);
    if (!value) return std::unexpected(value.error());
    if (auto ok = wire::read(*value, field->type(), field->member(&parts)); !ok) {
      return std::unexpected(std::move(ok.error()));
    }
  }
  return parts;
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
    auto parts = open_parts(disclosed, place_of(i));
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
