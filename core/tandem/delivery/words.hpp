// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a transfer moves, in the words that commands, events and views share.
//
//   TransferDoneLine{.canceled = 1, .line = {"MUG"}, .quantity = 2} of three mugs

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

TANDEM_ENUM(TransferStep, pick, pack, ship)

/// The numbers of the parcels of a transfer. On the wire null, one text, or a list of several.
struct Tracking {
  std::vector<std::string> numbers;

  static constexpr Type type() {
    return {.kind = TypeKind::one_or_list,
            .element = &type_of<std::string>,
            .size = [](const void* v) { return static_cast<const Tracking*>(v)->numbers.size(); },
            .at = [](const void* v, std::size_t i) -> const void* {
              return &static_cast<const Tracking*>(v)->numbers[i];
            },
            .append = [](void* v) -> void* {
              return &static_cast<Tracking*>(v)->numbers.emplace_back();
            },
            .clear = [](void* v) { static_cast<Tracking*>(v)->numbers.clear(); }};
  }
};

/// One line of a transfer when it is made.
struct TransferDemand {
  std::int64_t demanded = 0;
  LineId line;
  std::int64_t reserved = 0;
  Sku sku;

  friend bool operator==(const TransferDemand&, const TransferDemand&) = default;
};
template <>
struct Fields<TransferDemand> {
  static constexpr std::array list{
      required<&TransferDemand::demanded>("demanded"), required<&TransferDemand::line>("line"),
      required<&TransferDemand::reserved>("reserved"), required<&TransferDemand::sku>("sku")};
};

/// What was moved of one line.
struct TransferDoneLine {
  std::int64_t backordered = 0;  // of these, promised beyond what was reserved
  std::int64_t canceled = 0;  // of what was demanded, never to be moved
  LineId line;
  std::int64_t quantity = 0;
  std::int64_t reserved = 0;  // of these, taken from what was reserved
  Sku sku;
};
template <>
struct Fields<TransferDoneLine> {
  static constexpr std::array list{required<&TransferDoneLine::backordered>("backordered"),
                                   required<&TransferDoneLine::canceled>("canceled"),
                                   required<&TransferDoneLine::line>("line"),
                                   required<&TransferDoneLine::quantity>("quantity"),
                                   required<&TransferDoneLine::reserved>("reserved"),
                                   required<&TransferDoneLine::sku>("sku")};
};

}  // namespace tandem
