// SPDX-License-Identifier: Apache-2.0
#pragma once
// How an event is kept. Its public face is one canonical record; personal and staff-only data stand
// beside it as parts, each with a salt, and the record carries only their digests. The records of
// an order form a chain: every record's digest covers the one before, so nothing can be changed,
// dropped or slipped in. Deleting a part and its salt erases the data; the chain still verifies.
//
//   chain(0) = 32 zero bytes; chain(n) = SHA-256(chain(n − 1) ‖ canonical bytes of record n)
//   sealed digest = SHA-256(salt ‖ canonical bytes of the part)

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tandem/digest/sha256.hpp"
#include "tandem/order/actor.hpp"
#include "tandem/order/event.hpp"

namespace tandem {

/// 128 bits that make the digest of a part useless for guessing. A fact handed in: random on a
/// server, derived in `replay` so that its answers can be repeated.
struct Salt {
  std::array<std::uint8_t, 16> bytes{};
};
template <>
struct TextForm<Salt> {
  static bool parse(std::string_view text, Salt& salt);
  static void format(const Salt& salt, std::string& out);
};

/// One of the parts below; which are present depends on the event.
struct Parts {
  std::optional<Address> address;  // of address_set
  std::optional<Contact> contact;  // of contact_set
  std::optional<std::string> note;  // of note_added, person_resolved, return_requested
  std::optional<std::string> reason;  // of order_canceled, refund_requested, return_rejected
};
template <>
struct Fields<Parts> {
  static constexpr std::array list{sparse<&Parts::address>("address"),
                                   sparse<&Parts::contact>("contact"), sparse<&Parts::note>("note"),
                                   sparse<&Parts::reason>("reason")};
};

/// An event that was decided but not recorded yet.
struct NewEvent {
  Event body;
  Parts parts;
};

/// The public face of an event, as it is kept, sent and hashed.
struct Record {
  Actor actor;
  std::int64_t at_ms = 0;
  std::optional<CommandId> command_id;
  Event event;
  std::int64_t n = 0;  // 1, 2, … in its order
  std::map<std::string, Digest> sealed;
  std::int64_t v = 1;  // version of the event type's shape
};
template <>
struct Fields<Record> {
  static constexpr std::array list{required<&Record::actor>("actor"),
                                   required<&Record::at_ms>("at_ms"),
                                   required<&Record::command_id>("command_id"),
                                   required<&Record::event>("event"),
                                   required<&Record::n>("n"),
                                   required<&Record::sealed>("sealed"),
                                   required<&Record::v>("v")};
};

/// A part as it is stored beside its record.
struct StoredPart {
  std::string bytes;  // canonical
  std::string name;
  Salt salt;
};
template <>
struct Fields<StoredPart> {
  static constexpr std::array list{required<&StoredPart::bytes>("bytes"),
                                   required<&StoredPart::name>("name"),
                                   required<&StoredPart::salt>("salt")};
};

/// A record with its canonical bytes, the parts beside it, and the chain's digest after it.
struct Recorded {
  Record record;
  std::string bytes;
  std::vector<StoredPart> parts;
  Parts disclosed;
  Digest chain{};
};

/// What recording adds to decided events.
struct Recording {
  std::int64_t version = 0;  // of the order before
  Digest chain{};  // of the order before
  std::int64_t at_ms = 0;
  Actor actor;
  std::optional<CommandId> command_id;
};

/// Numbers, seals and chains events. `salts` holds one salt per event, used when it has parts
/// (several parts of one event: the salt followed by the part's name is hashed to tell them apart).
[[nodiscard]] std::vector<Recorded> record(std::vector<NewEvent> events, const Recording& facts,
                                           std::span<const Salt> salts);

[[nodiscard]] Digest next_chain(const Digest& before, std::string_view record_bytes);

[[nodiscard]] Digest sealed_digest(const Salt& salt, std::string_view part_bytes);

}  // namespace tandem
