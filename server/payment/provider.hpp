// SPDX-License-Identifier: Apache-2.0
#pragma once
// Payment providers behind one interface. A provider is told to begin, void or refund; what it
// answers, now or later by a webhook, becomes a command of its own class of actor. Every call
// carries the intent's id as its idempotency key: told twice, it does the same thing once.

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::payment {

/// One attempt to pay, as a provider knows it. The id is ours and says which attempt it is.
struct Intent {
  std::string id;
  std::int64_t order_no = 0;
  std::int64_t attempt = 0;
  std::int64_t amount_minor = 0;
  std::string currency;
};

[[nodiscard]] std::string intent_id(std::int64_t order_no, std::int64_t attempt);

/// The attempt that an intent's id names.
struct IntentPlace {
  std::int64_t order_no = 0;
  std::int64_t attempt = 0;
};
[[nodiscard]] std::optional<IntentPlace> place_of_intent(std::string_view id);

/// What a provider says of an intent when it begins: `pending` asks the customer to act.
enum class Begun : std::uint8_t { pending, authorized, captured, failed };

/// What a provider can be asked for.
struct Abilities {
  bool start = false;
  bool capture = false;  // of what was authorized
  bool cancel = false;  // voids what was not captured
  bool refund = false;
};

/// Why a call did not work; it is tried again later.
using CallFailed = std::string;

class Provider {
 public:
  Provider() = default;
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  virtual ~Provider() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual Abilities abilities() const = 0;
  [[nodiscard]] virtual std::expected<Begun, CallFailed> start(const Intent& intent) = 0;
  /// `key` names this capture: an attempt may be captured in parts.
  [[nodiscard]] virtual std::expected<void, CallFailed> capture(const Intent& intent,
                                                                std::int64_t amount_minor,
                                                                std::string_view key) = 0;
  [[nodiscard]] virtual std::expected<void, CallFailed> cancel(const Intent& intent) = 0;
  /// `refund` numbers the order's refunds and names this one.
  [[nodiscard]] virtual std::expected<void, CallFailed> refund(const Intent& intent,
                                                               std::int64_t amount_minor,
                                                               std::int64_t refund) = 0;
  /// Where the customer acts on a pending intent. Asked whenever it is shown, never stored.
  [[nodiscard]] virtual std::optional<std::string> page(const Intent& intent) const = 0;
};

/// The providers that are connected. Bank transfer, payment on pickup and cash on delivery need no
/// provider: a person sees the money.
using Providers = std::vector<std::unique_ptr<Provider>>;

[[nodiscard]] Provider* find_provider(const Providers& providers, std::string_view name);

}  // namespace tandem::payment
