// SPDX-License-Identifier: Apache-2.0
#pragma once
// The page on which a customer pays: an amount, Stripe's own fields in frames of Stripe's, and a
// button. No card number passes through the shop. Without scripts it says that it needs them.

#include <cstdint>
#include <string>
#include <string_view>

namespace tandem::payment::stripe {

struct PayPage {
  std::string language = "en";  // en or fa
  std::string amount{};         // as the customer reads it
  std::string publishable_key{};
  std::string secret_url{};  // answers what the fields need
  std::string return_url{};  // where Stripe sends the customer afterwards
  std::string shop_url{};
  bool open = true;  // false: the attempt has ended
};

[[nodiscard]] std::string pay_page(const PayPage& page);

/// Its script, a resource of its own because the policy forbids inline scripts.
[[nodiscard]] std::string_view pay_script();

/// What the page may load: its own files, and Stripe's script, frames and API.
inline constexpr std::string_view kPayPolicy =
    "default-src 'none'; script-src 'self' https://js.stripe.com; style-src 'self'; "
    "img-src 'self' data: https://*.stripe.com; connect-src 'self' https://api.stripe.com; "
    "frame-src https://js.stripe.com https://hooks.stripe.com; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; object-src 'none'";

}  // namespace tandem::payment::stripe
