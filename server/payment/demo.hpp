// SPDX-License-Identifier: Apache-2.0
#pragma once
// The demo provider: it behaves as a real one does, on a page of its own where whoever pays chooses
// the outcome. It keeps nothing: an intent's page has an unguessable address that is signed, and
// what happens on it is told to the shop by a signed webhook, as any provider would.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/secrets.hpp"
#include "payment/provider.hpp"

namespace tandem::payment {

struct DemoOptions {
  app::SigningKey key{};
  bool captures_at_once =
      false;  // money is there without the customer's page, as with a stored card
  std::int64_t tolerance_ms = 300'000;  // how old a webhook's signature may be
};

class Demo final : public Provider {
 public:
  explicit Demo(const DemoOptions& options);

  [[nodiscard]] std::string_view name() const override { return "demo"; }
  [[nodiscard]] Abilities abilities() const override {
    return {.start = true, .capture = true, .cancel = true, .refund = true};
  }
  [[nodiscard]] Called<Told> start(const Intent& intent) override;
  [[nodiscard]] Called<Done> capture(const Intent& intent, std::int64_t amount_minor,
                                     std::string_view key) override;
  [[nodiscard]] Called<Done> cancel(const Intent& intent) override;
  [[nodiscard]] Called<Done> refund(const Intent& intent, std::int64_t amount_minor,
                                    std::int64_t refund) override;
  [[nodiscard]] std::optional<std::string> page(const Intent& intent) const override;

  /// The intent that a page's token names, if we made the token.
  [[nodiscard]] std::optional<IntentPlace> place_of_token(std::string_view token) const;

  /// The Tandem-Signature field of a webhook: "t=<ms>,v1=<hex>" over "<ms>.<body>".
  [[nodiscard]] std::string sign(std::string_view body, std::int64_t now_ms) const;
  [[nodiscard]] bool verify(std::string_view signature, std::string_view body,
                            std::int64_t now_ms) const;

 private:
  [[nodiscard]] std::string token(std::string_view id) const;

  app::SigningKey page_key_;
  app::SigningKey webhook_key_;
  bool captures_at_once_;
  std::int64_t tolerance_ms_;
};

}  // namespace tandem::payment
