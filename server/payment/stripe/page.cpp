// SPDX-License-Identifier: Apache-2.0
#include "payment/stripe/page.hpp"

#include <utility>

#include "payment/page.hpp"

namespace tandem::payment::stripe {
namespace {

struct Words {
  std::string_view title, scripts, trouble;
};

constexpr Words kEnglish{
    .title = "Payment",
    .scripts = "This page needs scripts.",
    .trouble = "The payment page cannot be shown now. Please try again.",
};
constexpr Words kPersian{
    .title = "پرداخت",
    .scripts = "این صفحه به اسکریپت نیاز دارد.",
    .trouble =
        "صفحهٔ پرداخت اکنون نمایش داده نمی‌شود. دوباره "
        "تلاش "
        "کنید.",
};

void append_data(std::string& out, std::string_view name, std::string_view value) {
  out.append(" data-").append(name).append("=\"").append(http::escaped(value)).append("\"");
}

void append_form(std::string& out, const PayPage& page, const Words& words,
                 const PaymentWords& common) {
  out += "<form id=\"pay\"";
  append_data(out, "key", page.publishable_key);
  append_data(out, "secret-url", page.secret_url);
  append_data(out, "language", page.language);
  append_data(out, "trouble", words.trouble);
  out += "><div id=\"fields\"></div><p id=\"message\" role=\"alert\"></p><button disabled>";
  out.append(common.pay).append("</button></form><noscript><p>").append(words.scripts);
  out +=
      "</p></noscript><script src=\"https://js.stripe.com/v3/\" defer></script>"
      "<script src=\"/pay/stripe.js\" defer></script>";
}

}  // namespace

std::string pay_page(const PayPage& page) {
  const bool persian = page.language == "fa";
  const Words& words = persian ? kPersian : kEnglish;
  const PaymentWords& common = payment_words(persian);
  http::PlainPage html = payment_page(words.title, persian, page.amount);
  std::string body;
  if (page.open) {
    append_form(body, page, words, common);
  } else {
    body.append("<p>").append(common.ended).append("</p>");
  }
  html.add(body);
  html.add_way_back(page.shop_url);
  return std::move(html).end();
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
  const { client_secret: clientSecret, return_url: back } = await answer.json();
  const stripe = Stripe(form.dataset.key, { locale: form.dataset.language });
  const elements = stripe.elements({ clientSecret });
  elements.create('payment').mount('#fields');
  button.disabled = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    message.textContent = '';
    const { error } = await stripe.confirmPayment({ elements,
      confirmParams: { return_url: new URL(back, location.href).href } });
    if (error) say(error.message);
  });
}
begin().catch(() => say());
)";
}

}  // namespace tandem::payment::stripe
