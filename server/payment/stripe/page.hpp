// SPDX-License-Identifier: Apache-2.0
#pragma once
// The page on which a customer pays: an amount, Stripe's own fields in frames of Stripe's, and a
// button. No card number passes through the shop. Without scripts it says that it needs them.

#include <cstdint>
#include <string>
#include <string_view>

#include "http/page_policy.hpp"

namespace tandem::payment::stripe {

struct PayPage {
  std::string language = "en";  // en or fa
  std::string amount{};         // as the customer reads it
  std::string publishable_key{};
  std::string secret_url{};  // answers what the fields need, and where Stripe sends the customer
  std::string shop_url{};
  bool open = true;  // false: the attempt has ended
};

[[nodiscard]] std::string pay_page(const PayPage& page);

/// Its script, a resource of its own because the policy forbids inline scripts.
[[nodiscard]] std::string_view pay_script();

/// What Stripe's script, frames and API need of the policy of a page that uses them.
/// Source: https://docs.stripe.com/security/guide#content-security-policy
inline constexpr http::Sources kStripeSources{
    .script = "https://js.stripe.com",
    .image = "https://*.stripe.com",
    .connect = "https://api.stripe.com",
    .frame = "https://js.stripe.com https://hooks.stripe.com",
};

}  // namespace tandem::payment::stripe
