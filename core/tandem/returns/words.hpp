// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a return is about, in the words that commands, events and views share.
//
//   ReceivedLine{.accepted = 2, .line = {"MUG"}, .rejected = 1} of three mugs that came back

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

/// What becomes of goods that came back: sold again, set aside, thrown away.
TANDEM_ENUM(Disposition, restock, quarantine, scrap)

struct ReturnDemand {
  LineId line;
  std::int64_t quantity = 0;
  std::optional<std::string> reason;
};
template <>
struct Fields<ReturnDemand> {
  static constexpr std::array list{required<&ReturnDemand::line>("line"),
                                   required<&ReturnDemand::quantity>("quantity"),
                                   optional<&ReturnDemand::reason>("reason")};
};

/// What came back of one line, and what becomes of the accepted units.
struct ReceivedLine {
  std::int64_t accepted = 0;
  Disposition disposition{};
  LineId line;
  std::int64_t rejected = 0;
};
template <>
struct Fields<ReceivedLine> {
  static constexpr std::array list{optional<&ReceivedLine::accepted>("accepted"),
                                   optional<&ReceivedLine::disposition>("disposition"),
                                   required<&ReceivedLine::line>("line"),
                                   optional<&ReceivedLine::rejected>("rejected")};
};

struct ExchangedLine {
  LineId line;
  std::int64_t quantity = 0;
  std::optional<Sku> sku;  // other goods than were returned
};
template <>
struct Fields<ExchangedLine> {
  static constexpr std::array list{required<&ExchangedLine::line>("line"),
                                   required<&ExchangedLine::quantity>("quantity"),
                                   optional<&ExchangedLine::sku>("sku")};
};

struct ExchangeLine {
  LineId line;
  std::int64_t quantity = 0;
  std::int64_t reserved = 0;  // all of it where stock is not counted
  Sku sku;
  bool tracked = false;  // stock of what goes out is counted
};
template <>
struct Fields<ExchangeLine> {
  static constexpr std::array list{
      required<&ExchangeLine::line>("line"), required<&ExchangeLine::quantity>("quantity"),
      required<&ExchangeLine::reserved>("reserved"), required<&ExchangeLine::sku>("sku"),
      required<&ExchangeLine::tracked>("tracked")};
};

}  // namespace tandem
