// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads what a record discloses of its sealed parts.
//
//   const auto parts = wire::open_parts(record, stored, "/events/3");  // parts->contact, …

#include <span>
#include <string>

#include "tandem/base/result.hpp"
#include "tandem/order/record.hpp"

namespace tandem::wire {

/// Refuses as wire::parse and read; chain_broken for a part that the record's seal does not cover
/// or that nobody knows, with its place behind that of the event.
[[nodiscard]] Result<Parts> open_parts(const Record& record, std::span<const StoredPart> stored,
                                       const std::string& event_place);

}  // namespace tandem::wire
