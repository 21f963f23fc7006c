// SPDX-License-Identifier: Apache-2.0
#pragma once
// A receipt: the events of an order with the rules and offers it was placed under. Whoever has it
// can prove without any server that nothing was changed and that the amount is what the rules say.
//
//   verify_receipt(text)->quote_digest   // equal to the placed one, or a refusal says what is not
//
//   {"events":[{"parts":[…],"record":{…}}],"facts":[offer, …],"format":1,
//    "rules":{…},"stream_digest":"…"}

#include <cstdint>
#include <string>
#include <string_view>

#include "tandem/base/result.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/order/order.hpp"

namespace tandem {

/// What a receipt proves.
struct ReceiptProof {
  Order order;               // as its events say it is
  std::string quote_digest;  // of the quote it was placed with, computed anew
  std::int64_t total_minor = 0;
};

/// Checks the chain and every disclosed part, folds the events, computes the placed quote anew
/// under its own rules, offers and pricing version, and compares the digests. Refuses, in this
/// order: as the decoder; chain_broken (the subject is the place); not_placed; reference_unknown
/// (the rules or an offer are not those of the order); as compile() and quote(); quote_changed (the
/// limit is the total as it should be).
[[nodiscard]] Result<ReceiptProof> verify_receipt(std::string_view text);

}  // namespace tandem
