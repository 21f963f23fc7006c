// SPDX-License-Identifier: Apache-2.0
#pragma once
// The provider `stripe`: one PaymentIntent for each attempt, captured at once or, where the shop's
// settings say `manual`, later and perhaps in part; canceled, refunded, asked about. The customer
// pays on a page of the shop's that shows Stripe's own fields, so that no card number ever passes
// through here. Every request is named after what it is to do and so does it once.
//
//   Stripe stripe({.key = key, .secret_key = "sk_…", .webhook_secrets = {"whsec_…"}});

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/secrets.hpp"
#include "payment/provider.hpp"
#include "payment/signed_token.hpp"
#include "payment/stripe/transport.hpp"

namespace tandem::payment::stripe {

struct StripeOptions {
  app::SigningKey key{};  // the shop's
  std::string secret_key{};
  std::string publishable_key{};
  std::vector<std::string> webhook_secrets{};  // more than one while a secret is being rolled
  std::string url = "https://api.stripe.com";
  Transport transport = http::call;
};

class Api;

class Stripe final : public Provider {
 public:
  explicit Stripe(StripeOptions options);
  ~Stripe() override;

  [[nodiscard]] std::string_view name() const override { return "stripe"; }
  [[nodiscard]] Abilities abilities() const override {
    return {.start = true, .capture = true, .cancel = true, .refund = true, .ask = true};
  }
  [[nodiscard]] bool is_remote() const override { return true; }
  [[nodiscard]] Called<Told> start(const Intent& intent) override;
  [[nodiscard]] Called<Done> capture(const Intent& intent, std::int64_t amount_minor,
                                     std::string_view key) override;
  [[nodiscard]] Called<Done> cancel(const Intent& intent) override;
  [[nodiscard]] Called<Done> refund(const Intent& intent, std::int64_t amount_minor,
                                    std::int64_t refund) override;
  [[nodiscard]] Called<Told> ask(const Intent& intent) override;
  [[nodiscard]] Called<Done> ask_refund(const Intent& intent, std::int64_t refund) override;
  [[nodiscard]] std::optional<std::string> page(const Intent& intent) const override;
  [[nodiscard]] std::string own_id(std::span<const ToldFact> told) const override;
  [[nodiscard]] std::optional<Word> word_of(std::string_view payload) const override;

  /// Whether a webhook is Stripe's and recent.
  [[nodiscard]] bool verify(std::string_view header, std::string_view body,
                            std::int64_t now_ms) const;

  /// What Stripe's fields on the page need to work on this intent. Never stored.
  [[nodiscard]] Called<std::string> client_secret(const Intent& intent);
  [[nodiscard]] const std::string& publishable_key() const { return options_.publishable_key; }

  /// The attempt that a page's token names, if it was made here.
  [[nodiscard]] std::optional<IntentPlace> place_of_token(std::string_view token) const;

 private:
  struct Retrieved;
  [[nodiscard]] std::string key_of(std::string_view what) const;
  [[nodiscard]] Called<std::string> id_of(const Intent& intent);
  [[nodiscard]] Called<Retrieved> retrieve(const Intent& intent);

  const StripeOptions options_;
  const app::SigningKey names_;
  const SignedToken pages_;
  const std::unique_ptr<const Api> api_;
};

}  // namespace tandem::payment::stripe
