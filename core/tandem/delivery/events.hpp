// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events of transfers: what is to be moved, what was moved, and what the carrier says.
//
//   TransferDone{.lines = {{.line = {"MUG"}, .quantity = 3, .reserved = 3, .sku = {"MUG"}}},
//   .transfer = 1}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/delivery/words.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

struct TransferCreated {
  std::optional<std::int64_t> exchange_of;  // the return whose goods it replaces
  std::vector<TransferDemand> lines;
  std::string location;
  std::optional<std::int64_t> split_of;  // the transfer that moves these units no more
  TransferStep step{};
  std::int64_t transfer = 0;
};
template <>
struct Fields<TransferCreated> {
  static constexpr std::array list{sparse<&TransferCreated::exchange_of>("exchange_of"),
                                   required<&TransferCreated::lines>("lines"),
                                   required<&TransferCreated::location>("location"),
                                   sparse<&TransferCreated::split_of>("split_of"),
                                   required<&TransferCreated::step>("step"),
                                   required<&TransferCreated::transfer>("transfer")};
};

struct TransferReady {
  std::int64_t transfer = 0;
};
template <>
struct Fields<TransferReady> {
  static constexpr std::array list{required<&TransferReady::transfer>("transfer")};
};

/// Goods it counted on are gone.
struct TransferWaiting {
  std::int64_t transfer = 0;
};
template <>
struct Fields<TransferWaiting> {
  static constexpr std::array list{required<&TransferWaiting::transfer>("transfer")};
};

struct TransferDone {
  std::vector<TransferDoneLine> lines;
  Tracking tracking;
  std::int64_t transfer = 0;
};
template <>
struct Fields<TransferDone> {
  static constexpr std::array list{required<&TransferDone::lines>("lines"),
                                   required<&TransferDone::tracking>("tracking"),
                                   required<&TransferDone::transfer>("transfer")};
};

struct TransferCanceled {
  std::int64_t transfer = 0;
};
template <>
struct Fields<TransferCanceled> {
  static constexpr std::array list{required<&TransferCanceled::transfer>("transfer")};
};

/// A transfer of what another one left behind.
struct BackorderCreated {
  std::int64_t backorder_of = 0;
  std::vector<TransferDemand> lines;
  std::string location;
  TransferStep step{};
  std::int64_t transfer = 0;
};
template <>
struct Fields<BackorderCreated> {
  static constexpr std::array list{required<&BackorderCreated::backorder_of>("backorder_of"),
                                   required<&BackorderCreated::lines>("lines"),
                                   required<&BackorderCreated::location>("location"),
                                   required<&BackorderCreated::step>("step"),
                                   required<&BackorderCreated::transfer>("transfer")};
};

/// The carrier handed the goods over.
struct TransferDelivered {
  std::int64_t delivered_ms = 0;
  std::int64_t transfer = 0;
};
template <>
struct Fields<TransferDelivered> {
  static constexpr std::array list{required<&TransferDelivered::delivered_ms>("delivered_ms"),
                                   required<&TransferDelivered::transfer>("transfer")};
};

}  // namespace tandem
