// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a provider tells by a webhook, read: facts about attempts and refunds, in the shop's own
// amounts, and what the provider calls the payment that they are about.
//
//   Word{.event_id = "evt_1", .about = "pi_1", .facts = {{.event = ProviderEvent::captured, …}}}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"

namespace tandem::payment {

TANDEM_ENUM(ProviderEvent, pending, authorized, captured, failed, canceled, voided, capture_failed,
            void_failed, refund_succeeded, refund_failed, charged_back)

struct Fact {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::string currency{};
  ProviderEvent event{};
  std::string intent{};  // our id of the attempt; empty: the word's `about` finds it
  std::optional<std::int64_t> occurred_ms{};  // when it came about, if the provider says so
  std::optional<std::string> reason{};        // why it failed, in the provider's words
  std::string reference{};
  std::optional<std::int64_t> refund{};  // of refund_succeeded and refund_failed
};

struct Word {
  std::string event_id{};
  std::string about{};  // the provider's id of the payment; finds the order
  std::vector<Fact> facts{};  // empty: nothing that the shop has to know
};

}  // namespace tandem::payment
