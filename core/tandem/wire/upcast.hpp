// SPDX-License-Identifier: Apache-2.0
#pragma once
// Records of events live for ever; their shapes do not. A record says the version of its shape, and
// a table of steps brings an old one to today's shape when it is read. What is stored and hashed
// stays as it was written: upcasting comes after verifying.
//
//   decode_record(bytes)->event   // of today's shape, whatever version the bytes have

#include <cstdint>
#include <span>
#include <string_view>

#include "tandem/order/record.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::wire {

/// From one version of an event type's shape to the next. `change` gets the event's members.
struct Upcaster {
  std::string_view type;
  std::int64_t from = 1;
  void (*change)(Members& event);
};

/// The steps that this core knows, by type and then version. Empty until shapes are released.
[[nodiscard]] std::span<const Upcaster> upcasters();

/// Applies every step that fits, in order, and raises the record's version. A record that is not an
/// object, or says no version, is left as it is: the decoder says what is wrong with it.
void upcast(Value& record, std::span<const Upcaster> steps);

/// Reads the bytes of a record. Refuses as the decoder does.
[[nodiscard]] Result<Record> decode_record(std::string_view bytes);

}  // namespace tandem::wire
