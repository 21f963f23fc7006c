// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the store keeps of what payment providers call things, and of their webhooks.
//
//   ProviderReference{.provider = "stripe", .reference = "pi_1", .order_no = 7}

#include <cstdint>
#include <string>

namespace tandem::store {

using Bytes = std::string;

/// A provider's own id of something: finds the order when a webhook arrives.
struct ProviderReference {
  std::string provider{};
  std::string reference{};
  std::int64_t order_no = 0;
};

/// A verified webhook whose order is not known yet.
struct UnmatchedWebhook {
  std::string provider{};
  std::string reference{};
  std::string event_id{};  // the provider's; (provider, reference, event_id) is unique
  Bytes payload{};
  std::int64_t received_ms = 0;
};

/// One that was kept, and whose order is known by now.
struct KeptWebhook {
  UnmatchedWebhook webhook{};
  std::int64_t order_no = 0;
};

}  // namespace tandem::store
