// SPDX-License-Identifier: Apache-2.0
#pragma once
// The demo provider's page: an amount and a button for each outcome. Plain HTML without scripts,
// in English and Persian; every text that comes from outside is escaped.

#include <cstdint>
#include <string>
#include <string_view>

namespace tandem::payment {

struct DemoPage {
  std::string token;
  std::string language = "en";  // en or fa
  std::int64_t amount_minor = 0;
  std::string currency;
  bool open = true;  // false: the attempt has ended, there is nothing to choose
  std::string return_url;
};

[[nodiscard]] std::string demo_page(const DemoPage& page);

/// Its style sheet, a resource of its own because the policy forbids inline styles.
[[nodiscard]] std::string_view demo_style();

/// A text that comes from outside, for HTML and its attributes.
[[nodiscard]] std::string escaped(std::string_view text);

/// "12.34 EUR" or "۱۲٫۳۴ EUR".
[[nodiscard]] std::string amount_text(std::int64_t amount_minor, std::string_view currency,
                                      bool persian);

}  // namespace tandem::payment
