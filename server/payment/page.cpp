// SPDX-License-Identifier: Apache-2.0
#include "payment/page.hpp"

#include <array>

#include "tandem/money/currency.hpp"

namespace tandem::payment {
namespace {

constexpr PaymentWords kEnglishPage{
    .pay = "Pay", .back = "Back to the shop", .ended = "This payment has ended."};
constexpr PaymentWords kPersianPage{
    .pay = "پرداخت", .back = "بازگشت به فروشگاه", .ended = "این پرداخت پایان یافته است."};

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

PaymentPage::PaymentPage(std::string_view title, bool persian, std::string_view amount)
    : persian_(persian), out_("<!doctype html><html lang=\"") {
  out_ += persian ? "fa\" dir=\"rtl\"" : "en\" dir=\"ltr\"";
  out_ +=
      R"(><head><meta charset="utf-8"><meta name="viewport" )"
      R"(content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">)"
      R"(<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/pay/page.css"><title>)";
  out_.append(title).append("</title></head><body><main><h1>").append(title);
  out_.append("</h1><p class=\"amount\">").append(escaped(amount)).append("</p>");
}

std::string PaymentPage::end(std::string_view shop_url) && {
  out_.append("<p><a href=\"").append(escaped(shop_url)).append("\">");
  out_.append(payment_words(persian_).back).append("</a></p></main></body></html>");
  return std::move(out_);
}

std::string_view payment_style() {
  return R"(:root{color-scheme:light dark;font:1.0625rem/1.5 system-ui,sans-serif}
body{margin:0;display:grid;min-block-size:100vh;place-items:center}
main{inline-size:min(24rem,100vw - 2rem);padding-block:2rem;text-align:center}
.amount{font-size:2rem;font-weight:700;margin-block:.5rem}
form{display:grid;gap:.75rem;margin-block:1.5rem}
button{font:inherit;min-block-size:3rem;border-radius:.5rem;border:1px solid;cursor:pointer}
button[value=captured]{background:#14633f;color:#fff;border-color:#14633f}
:focus-visible{outline:3px solid Highlight;outline-offset:2px}
)";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
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
