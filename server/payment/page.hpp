// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the payment pages of all providers share: their frame, their style, the words that mean the
// same on each, in English and Persian. Every text that comes from outside is escaped.
//
//   PaymentPage page("Payment", "fa", amount_text(1234, "EUR", true));
//   page.add("<p>…</p>");
//   return std::move(page).end(shop_url);

#include <cstdint>
#include <string>
#include <string_view>

namespace tandem::payment {

struct PaymentWords {
  std::string_view pay, back, ended;
};

[[nodiscard]] const PaymentWords& payment_words(bool persian);

class PaymentPage {
 public:
  /// The head, the title and the amount, as the customer reads it.
  PaymentPage(std::string_view title, bool persian, std::string_view amount);

  /// HTML as it is.
  void add(std::string_view html) { out_ += html; }
  /// The way back to the shop, and the end.
  [[nodiscard]] std::string end(std::string_view shop_url) &&;

 private:
  bool persian_;
  std::string out_;
};

/// The style sheet of all payment pages, `/pay/page.css`: a resource of its own because the policy
/// forbids inline styles.
[[nodiscard]] std::string_view payment_style();

/// A text that comes from outside, for HTML and its attributes.
[[nodiscard]] std::string escaped(std::string_view text);

/// "12.34 EUR" or "۱۲٫۳۴ EUR".
[[nodiscard]] std::string amount_text(std::int64_t amount_minor, std::string_view currency,
                                      bool persian);

}  // namespace tandem::payment
