// SPDX-License-Identifier: Apache-2.0
#pragma once
// Commands on transfers.
//
//   CompleteTransfer{.transfer = 1, .tracking = {"00340434161094015902"}}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/ids.hpp"
#include "tandem/delivery/words.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

struct CompleteTransfer {
  std::optional<bool> backorder;  // whether what is missing follows later
  std::optional<std::vector<LineQuantity>> lines;  // all that is reserved when not named
  Tracking tracking;
  std::int64_t transfer = 0;
};
template <>
struct Fields<CompleteTransfer> {
  static constexpr std::array list{optional<&CompleteTransfer::backorder>("backorder"),
                                   optional<&CompleteTransfer::lines>("lines"),
                                   optional<&CompleteTransfer::tracking>("tracking"),
                                   required<&CompleteTransfer::transfer>("transfer")};
};

/// Reserves what has become free for what is missing.
struct CheckAvailability {
  std::int64_t transfer = 0;
};
template <>
struct Fields<CheckAvailability> {
  static constexpr std::array list{required<&CheckAvailability::transfer>("transfer")};
};

struct CancelTransfer {
  std::int64_t transfer = 0;
};
template <>
struct Fields<CancelTransfer> {
  static constexpr std::array list{required<&CancelTransfer::transfer>("transfer")};
};

/// The carrier's word that the goods were handed over.
struct RecordDelivery {
  std::optional<std::int64_t> delivered_ms;  // now when not named
  std::int64_t transfer = 0;
};
template <>
struct Fields<RecordDelivery> {
  static constexpr std::array list{optional<&RecordDelivery::delivered_ms>("delivered_ms"),
                                   required<&RecordDelivery::transfer>("transfer")};
};

/// check_availability, sent by the stock that has become free.
struct ServeDelivery {
  std::int64_t transfer = 0;
};
template <>
struct Fields<ServeDelivery> {
  static constexpr std::array list{required<&ServeDelivery::transfer>("transfer")};
};

}  // namespace tandem
