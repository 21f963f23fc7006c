// SPDX-License-Identifier: Apache-2.0
#include "payment/demo_page.hpp"

#include <array>

#include "tandem/money/currency.hpp"

namespace tandem::payment {
namespace {

struct Words {
  std::string_view title, note, pay, decline, later, back, ended;
};

constexpr Words kEnglish{
    .title = "Demo payment",
    .note = "No money moves here. Choose how this payment ends.",
    .pay = "Pay",
    .decline = "Decline",
    .later = "Pay with delay",
    .back = "Back to the shop",
    .ended = "This payment has ended.",
};
constexpr Words kPersian{
    .title = "پرداخت آزمایشی",
    .note =
        "اینجا پولی جابه‌جا نمی‌شود. پایان این پرداخت را "
        "انتخاب "
        "کنید.",
    .pay = "پرداخت",
    .decline = "رد کردن",
    .later = "پرداخت با تأخیر",
    .back = "بازگشت به فروشگاه",
    .ended = "این پرداخت پایان یافته است.",
};

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

void append_button(std::string& out, std::string_view outcome, std::string_view label) {
  out += R"(<button name="outcome" value=")";
  out += outcome;
  out += R"(">)";
  out += label;
  out += "</button>";
}

}  // namespace

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

std::string demo_page(const DemoPage& page) {
  const bool persian = page.language == "fa";
  const Words& words = persian ? kPersian : kEnglish;
  std::string out = "<!doctype html><html lang=\"";
  out += persian ? "fa\" dir=\"rtl\"" : "en\" dir=\"ltr\"";
  out += R"(><head><meta charset="utf-8"><meta name="viewport" )"
         R"(content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">)"
         R"(<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/pay/demo.css"><title>)";
  out += words.title;
  out += "</title></head><body><main><h1>";
  out += words.title;
  out += "</h1><p class=\"amount\">";
  out += escaped(amount_text(page.amount_minor, page.currency, persian));
  out += "</p><p>";
  out += page.open ? words.note : words.ended;
  out += "</p>";
  if (page.open) {
    out += "<form method=\"post\" action=\"/pay/demo/" + escaped(page.token) + "\">";
    append_button(out, "captured", words.pay);
    append_button(out, "declined", words.decline);
    append_button(out, "pending", words.later);
    out += "</form>";
  }
  out += "<p><a href=\"" + escaped(page.return_url) + "\">";
  out += words.back;
  out += "</a></p></main></body></html>";
  return out;
}

std::string_view demo_style() {
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

}  // namespace tandem::payment
