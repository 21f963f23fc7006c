// SPDX-License-Identifier: Apache-2.0
#include "payment/demo_page.hpp"

#include <utility>

#include "payment/page.hpp"

namespace tandem::payment {
namespace {

struct Words {
  std::string_view title, note, decline, later;
};

constexpr Words kEnglish{
    .title = "Demo payment",
    .note = "No money moves here. Choose how this payment ends.",
    .decline = "Decline",
    .later = "Pay with delay",
};
constexpr Words kPersian{
    .title = "پرداخت آزمایشی",
    .note =
        "اینجا پولی جابه‌جا نمی‌شود. پایان این پرداخت را "
        "انتخاب "
        "کنید.",
    .decline = "رد کردن",
    .later = "پرداخت با تأخیر",
};

void append_button(std::string& out, std::string_view outcome, std::string_view label) {
  out += R"(<button name="outcome" value=")";
  out += outcome;
  out += R"(">)";
  out += label;
  out += "</button>";
}

}  // namespace

std::string demo_page(const DemoPage& page) {
  const bool persian = page.language == "fa";
  const Words& words = persian ? kPersian : kEnglish;
  const PaymentWords& common = payment_words(persian);
  http::PlainPage html =
      payment_page(words.title, persian, amount_text(page.amount_minor, page.currency, persian));
  std::string body = "<p>";
  body.append(page.open ? words.note : common.ended).append("</p>");
  if (page.open) {
    body += "<form method=\"post\" action=\"/pay/demo/" + http::escaped(page.token) + "\">";
    append_button(body, "captured", common.pay);
    append_button(body, "declined", words.decline);
    append_button(body, "pending", words.later);
    body += "</form>";
  }
  html.add(body);
  html.add_way_back(page.return_url);
  return std::move(html).end();
}

}  // namespace tandem::payment
