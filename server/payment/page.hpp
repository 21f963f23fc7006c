// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the payment pages of all providers share: the amount at their head, the way back at their
// end, and the words that mean the same on each, in English and Persian.

#include <cstdint>
#include <string>
#include <string_view>

#include "http/plain_page.hpp"

namespace tandem::payment {

struct PaymentWords {
  std::string_view pay, ended;
};

[[nodiscard]] const PaymentWords& payment_words(bool persian);

/// A page that begins with the amount, as the customer reads it.
[[nodiscard]] http::PlainPage payment_page(std::string_view title, bool persian,
                                           std::string_view amount);

/// "12.34 EUR" or "۱۲٫۳۴ EUR".
[[nodiscard]] std::string amount_text(std::int64_t amount_minor, std::string_view currency,
                                      bool persian);

}  // namespace tandem::payment
