// SPDX-License-Identifier: Apache-2.0
#pragma once
// Payment providers behind one interface. A provider is told to begin, capture, void or refund, and
// may be asked how an intent stands; what it answers, now or later by a webhook, becomes a command
// of its own class of actor. Every call carries our name for what is to be done as its idempotency
// key: told twice, it does the same thing once. No answer that is to be expected is an exception.
//
//   auto told = provider->start(intent);
//   if (!told && told.error().trouble == Trouble::temporary) …   // the outbox tries again

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "payment/word.hpp"
#include "tandem/payment/attempt.hpp"

namespace tandem::payment {

/// One attempt to pay, as a provider knows it. The id is ours and says which attempt it is.
struct Intent {
  std::string id;
  std::int64_t order_no = 0;
  std::int64_t attempt = 0;
  std::int64_t amount_minor = 0;
  std::string currency;
  std::string own_id;  // what the provider calls it; empty: not known here
  bool manual_capture = false;  // the money is only reserved until the shop captures it
};

[[nodiscard]] std::string intent_id(std::int64_t order_no, std::int64_t attempt);

/// The attempt that an intent's id names.
struct IntentPlace {
  std::int64_t order_no = 0;
  std::int64_t attempt = 0;
};
[[nodiscard]] std::optional<IntentPlace> place_of_intent(std::string_view id);

/// How an intent stands. `pending` waits for the customer.
enum class Standing : std::uint8_t { pending, authorized, captured, failed, canceled };

/// What a provider says of an intent.
struct Told {
  Standing standing = Standing::pending;
  std::string reference{};  // its own id of this fact: told a second time it is no news
  std::int64_t amount_minor = 0;  // authorized or captured
  std::string own_id{};  // what it calls the intent; empty: it knows it by our id
  std::optional<std::int64_t> occurred_ms{};
  std::optional<std::string> reason{};  // why it failed, as a code of the provider's
};

/// Something was done. Without `settled` it has only begun, and a webhook tells its end.
struct Done {
  std::string reference{};  // the provider's own id of it; empty: it has none but our key
  bool settled = true;
};

/// What becomes of a call that did not work. `temporary`: nothing is known, the outbox tries again.
/// `declined`: the bank or the provider said no to this payment. `permanent`: asked again it would
/// answer the same; a person has to see why.
enum class Trouble : std::uint8_t { temporary, declined, permanent };

struct CallFailed {
  Trouble trouble = Trouble::temporary;
  std::string reason{};  // a code or a sentence without personal data and without secrets
};

template <class T>
using Called = std::expected<T, CallFailed>;

/// What a provider can be asked for.
struct Abilities {
  bool start = false;
  bool capture = false;  // of what was authorized
  bool cancel = false;  // voids what was not captured
  bool refund = false;
  bool ask = false;  // how an intent stands
};

class Provider {
 public:
  Provider() = default;
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  virtual ~Provider() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual Abilities abilities() const = 0;
  /// Whether calls wait for a network: then others make them beside each other.
  [[nodiscard]] virtual bool is_remote() const { return false; }

  [[nodiscard]] virtual Called<Told> start(const Intent& intent) = 0;
  /// `key` names this capture: an attempt may be captured in parts.
  [[nodiscard]] virtual Called<Done> capture(const Intent& intent, std::int64_t amount_minor,
                                             std::string_view key) = 0;
  [[nodiscard]] virtual Called<Done> cancel(const Intent& intent) = 0;
  /// `refund` numbers the order's refunds and names this one.
  [[nodiscard]] virtual Called<Done> refund(const Intent& intent, std::int64_t amount_minor,
                                            std::int64_t refund) = 0;
  [[nodiscard]] virtual Called<Told> ask(const Intent& intent);
  /// What became of a refund that took its time.
  [[nodiscard]] virtual Called<Done> ask_refund(const Intent& intent, std::int64_t refund);

  /// Where the customer acts on a pending intent. Asked whenever it is shown, never stored.
  [[nodiscard]] virtual std::optional<std::string> page(const Intent& intent) const = 0;

  /// What the provider calls the intent of which these facts were told; empty: they do not say.
  [[nodiscard]] virtual std::string own_id(std::span<const ToldFact> told) const;

  /// Reads a verified webhook; nothing when it cannot be read.
  [[nodiscard]] virtual std::optional<Word> word_of(std::string_view payload) const;
};

/// The providers that are connected. Bank transfer, payment on pickup and cash on delivery need no
/// provider: a person sees the money.
using Providers = std::vector<std::unique_ptr<Provider>>;

[[nodiscard]] Provider* find_provider(const Providers& providers, std::string_view name);

}  // namespace tandem::payment
