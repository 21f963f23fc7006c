// SPDX-License-Identifier: Apache-2.0
#include "payment/page.hpp"

#include <array>
#include <utility>

#include "tandem/money/currency.hpp"

namespace tandem::payment {
namespace {

constexpr PaymentWords kEnglishPage{.pay = "Pay", .ended = "This payment has ended."};
constexpr PaymentWords kPersianPage{.pay = "پرداخت", .ended = "این پرداخت پایان یافته است."};

std::string persian_digits(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kDigits{"۰", "۱", "۲", "۳", "۴",
                                                            "۵", "۶", "۷", "۸", "۹"};
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      out += kDigits[static_cast<std::size_t>(c - '0')];
    } else if (c == '.') {
      out += "٫";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

const PaymentWords& payment_words(bool persian) { return persian ? kPersianPage : kEnglishPage; }

http::PlainPage payment_page(std::string_view title, bool persian, std::string_view amount) {
  http::PlainPage page(title, persian);
  page.add("<p class=\"amount\">" + http::escaped(amount) + "</p>");
  return page;
}

std::string amount_text(std::int64_t amount_minor, std::string_view currency, bool persian) {
  const auto known = currency_named(currency);
  const auto decimals = static_cast<std::size_t>(known ? known->exponent : 2);
  std::string digits = std::to_string(amount_minor);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (decimals > 0) digits.insert(digits.size() - decimals, ".");
  if (persian) digits = persian_digits(digits);
  return digits + ' ' + std::string(currency);
}

}  // namespace tandem::payment
