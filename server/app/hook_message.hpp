// SPDX-License-Identifier: Apache-2.0
#pragma once
// What operators' endpoints are told, by the specification Standard Webhooks: one message for each
// commit of an order, signed with the endpoint's secrets. It holds ids and figures, no personal
// data; whoever needs more asks for it.
//
//   {"data":{"events":["order_confirmed"],"order_no":17,"ordering":3,…},
//    "timestamp":"2026-01-01T00:00:00.000Z","type":"order.changed"}

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/operations.hpp"
#include "store/hooks.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem::app {

/// How an order stands after a commit, and what happened in it.
struct HookData {
  std::string currency;
  std::string delivery;
  std::vector<std::string> events;  // their names, each once, in the order in which they happened
  std::string invoice;
  std::string order;  // the id
  std::int64_t order_no = 0;
  std::int64_t ordering = 0;  // of this order's messages to this endpoint, from 1 without gaps
  std::string payment;
  std::string returns;
  std::string state;
  std::int64_t total_minor = 0;
  std::int64_t version = 0;
};

struct HookBody {
  HookData data;
  std::string timestamp;  // when it happened
  std::string type{"order.changed"};
};

/// What is in the row of an order after a commit, for each endpoint that wants to be told of one of
/// its events.
[[nodiscard]] std::vector<store::HookMessage> hook_messages(
    std::span<const store::HookEndpoint> endpoints, const store::OrderRow& row,
    const std::string& order_id, std::span<const std::string_view> events, std::int64_t now_ms);

/// The bytes that are signed and sent; nothing when the row's payload cannot be read.
[[nodiscard]] std::optional<std::string> hook_body(const store::HookMessage& message);

/// The same whenever it is sent again: receivers drop what they have seen.
[[nodiscard]] std::string hook_id(const store::HookMessage& message);

/// A new secret: "whsec_" and 32 random bytes in base64.
[[nodiscard]] std::string new_hook_secret();

/// Whether a text is a secret: "whsec_" and 24 to 64 bytes in base64.
[[nodiscard]] bool is_hook_secret(std::string_view secret);

/// "v1," and the HMAC-SHA256 of `id.seconds.body` in base64. The secret is one.
[[nodiscard]] std::string hook_signature(std::string_view secret, std::string_view id,
                                         std::int64_t seconds, std::string_view body);

/// The header webhook-signature: by each secret that counts now, with a space between.
[[nodiscard]] std::string hook_signatures(const store::HookEndpoint& endpoint, std::string_view id,
                                          std::int64_t now_ms, std::string_view body);

/// How often a message is tried, and how long is waited after so many attempts, before jitter.
inline constexpr std::int64_t kHookAttempts = 10;
[[nodiscard]] std::int64_t hook_wait_ms(std::int64_t attempts);

/// What the OpenAPI document says of the messages.
[[nodiscard]] Message hook_message();

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::HookData> {
  using D = app::HookData;
  static constexpr std::array list{required<&D::currency>("currency"),
                                   required<&D::delivery>("delivery"),
                                   required<&D::events>("events"),
                                   required<&D::invoice>("invoice"),
                                   required<&D::order>("order"),
                                   required<&D::order_no>("order_no"),
                                   required<&D::ordering>("ordering"),
                                   required<&D::payment>("payment"),
                                   required<&D::returns>("returns"),
                                   required<&D::state>("state"),
                                   required<&D::total_minor>("total_minor"),
                                   required<&D::version>("version")};
};
template <>
struct Fields<app::HookBody> {
  using B = app::HookBody;
  static constexpr std::array list{required<&B::data>("data"), required<&B::timestamp>("timestamp"),
                                   required<&B::type>("type")};
};
}  // namespace tandem
