// SPDX-License-Identifier: Apache-2.0
#pragma once
// The confirmed events of one order, as a client keeps them: every record is checked against the
// chain and every part against its seal before it counts, and none counts twice.
//
//   auto taken = history.take(parsed_answer, answer);
//   if (taken && !taken->gap) show(history.order());

#include <cstdint>
#include <string>
#include <vector>

#include "tandem/base/result.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/sync/messages.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::sync {

/// A record as it came, byte for byte, with the chain's digest after it.
struct KeptRecord {
  std::string bytes;
  std::vector<StoredPart> parts;
  Digest chain{};
};

/// What an answer added.
struct Taken {
  bool gap = false;  // events before these are missing; nothing was taken
  std::vector<CommandId> command_ids;  // of the new events
};

class History {
 public:
  [[nodiscard]] const Order& order() const { return order_; }
  [[nodiscard]] std::int64_t version() const { return order_.version; }
  /// The chain's digest after the last record.
  [[nodiscard]] Digest head() const { return chain_after(version()); }
  [[nodiscard]] const std::vector<KeptRecord>& records() const { return records_; }

  /// Takes the events of an answer that are new; the same answer again changes nothing, nor does an
  /// older one. `value` is the parsed text of `answer`: digests cover the bytes as they were sent.
  /// Refuses, changing nothing: chain_broken (subject: the JSON pointer of what does not fit).
  [[nodiscard]] Result<Taken> take(const wire::Value& value, const Answer& answer);

 private:
  [[nodiscard]] Digest chain_after(std::int64_t version) const {
    return version == 0 ? Digest{} : records_[static_cast<std::size_t>(version - 1)].chain;
  }

  Order order_;
  std::vector<KeptRecord> records_;
};

}  // namespace tandem::sync
