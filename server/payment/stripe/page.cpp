// SPDX-License-Identifier: Apache-2.0
#include "payment/stripe/page.hpp"

#include "payment/demo_page.hpp"

namespace tandem::payment::stripe {
namespace {

struct Words {
  std::string_view title, pay, back, ended, scripts, trouble;
};

constexpr Words kEnglish{
    .title = "Payment",
    .pay = "Pay",
    .back = "Back to the shop",
    .ended = "This payment has ended.",
    .scripts = "This page needs scripts.",
    .trouble = "The payment page cannot be shown now. Please try again.",
};
constexpr Words kPersian{
    .title = "پرداخت",
    .pay = "پرداخت",
    .back = "بازگشت به فروشگاه",
    .ended = "این پرداخت پایان یافته است.",
    .scripts = "این صفحه به اسکریپت نیاز دارد.",
    .trouble =
        "صفحهٔ پرداخت اکنون نمایش داده نمی‌شود. دوباره "
        "تلاش "
        "کنید.",
};

void append_data(std::string& out, std::string_view name, std::string_view value) {
  out.append(" data-").append(name).append("=\"").append(escaped(value)).append("\"");
}

void append_form(std::string& out, const PayPage& page, const Words& words) {
  out += "<form id=\"pay\"";
  append_data(out, "key", page.publishable_key);
  append_data(out, "secret-url", page.secret_url);
  append_data(out, "return-url", page.return_url);
  append_data(out, "language", page.language);
  append_data(out, "trouble", words.trouble);
  out += "><div id=\"fields\"></div><p id=\"message\" role=\"alert\"></p><button disabled>";
  out.append(words.pay).append("</button></form><noscript><p>").append(words.scripts);
  out +=
      "</p></noscript><script src=\"https://js.stripe.com/v3/\" defer></script>"
      "<script src=\"/pay/stripe.js\" defer></script>";
}

}  // namespace

std::string pay_page(const PayPage& page) {
  const bool persian = page.language == "fa";
  const Words& words = persian ? kPersian : kEnglish;
  std::string out = "<!doctype html><html lang=\"";
  out += persian ? "fa\" dir=\"rtl\"" : "en\" dir=\"ltr\"";
  out += R"(><head><meta charset="utf-8"><meta name="viewport" )"
         R"(content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">)"
         R"(<meta name="referrer" content="no-referrer"><link rel="icon" href="/icon.svg">)"
         R"(<link rel="stylesheet" href="/pay/page.css"><title>)";
  out.append(words.title).append("</title></head><body><main><h1>").append(words.title);
  out.append("</h1><p class=\"amount\">").append(escaped(page.amount)).append("</p>");
  if (page.open) {
    append_form(out, page, words);
  } else {
    out.append("<p>").append(words.ended).append("</p>");
  }
  out.append("<p><a href=\"").append(escaped(page.shop_url)).append("\">").append(words.back);
  out += "</a></p></main></body></html>";
  return out;
}

std::string_view pay_script() {
  return R"(const form = document.getElementById('pay');
const message = document.getElementById('message');
const button = form.querySelector('button');
const say = (text) => {
  message.textContent = text || form.dataset.trouble;
  button.disabled = false;
};
async function begin() {
  const answer = await fetch(form.dataset.secretUrl, { method: 'POST',
    headers: { 'Content-Type': 'application/json' }, body: '{}' });
  if (!answer.ok) return say();
  const { client_secret: clientSecret } = await answer.json();
  const stripe = Stripe(form.dataset.key, { locale: form.dataset.language });
  const elements = stripe.elements({ clientSecret });
  elements.create('payment').mount('#fields');
  button.disabled = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    message.textContent = '';
    const { error } = await stripe.confirmPayment({ elements,
      confirmParams: { return_url: new URL(form.dataset.returnUrl, location.href).href } });
    if (error) say(error.message);
  });
}
begin().catch(() => say());
)";
}

}  // namespace tandem::payment::stripe
