// SPDX-License-Identifier: Apache-2.0
// Stripe's amounts, signatures and events, against what is published.
#include <gtest/gtest.h>

#include "app/secrets.hpp"
#include "payment/stripe/amounts.hpp"
#include "payment/stripe/objects.hpp"
#include "payment/stripe/signature.hpp"
#include "payment/stripe/stripe.hpp"
#include "stripe_stand_in.hpp"
#include "tandem/money/currency.hpp"

namespace tandem::payment::stripe {
namespace {

constexpr std::int64_t kMax = (std::int64_t{1} << 53) - 1;
constexpr std::int64_t kNowMs = 1'767'225'600'000;

struct AmountCase {
  std::string_view currency;
  std::int64_t minor;
  std::optional<std::int64_t> stripe;
};

// Each row is an example of docs.stripe.com/currencies, in ISO's minor units on our side.
const AmountCase kAmounts[] = {
    {"USD", 1'000, 1'000},  // 10.00
    {"JPY", 500, 500},      // no decimals on either side
    {"ISK", 5, 500},        // none in ISO, two that are zero in the API
    {"HUF", 1'045, 1'045},  // two for charges
    {"TWD", 80'000, 80'000},
    {"KWD", 5'120, 5'120},  // 5.120
    {"KWD", 5'124, std::nullopt},  // the last digit must be 0, and nothing is rounded here
    {"MGA", 500, 5},               // two in ISO, none in the API
    {"MGA", 501, std::nullopt},
    {"UGX", 5, std::nullopt},  // published in two ways
    {"CLF", 10'000, std::nullopt},  // four decimals: not in the list
    {"ISK", kMax, std::nullopt},
    {"USD", -1, std::nullopt},
    {"XXZ", 1, std::nullopt},
};

TEST(StripeAmounts, AreThoseOfThePublishedTable) {
  for (const AmountCase& row : kAmounts) {
    EXPECT_EQ(to_stripe(row.minor, row.currency), row.stripe) << row.currency << ' ' << row.minor;
    if (!row.stripe) continue;
    EXPECT_EQ(from_stripe(*row.stripe, row.currency), row.minor) << row.currency;
  }
}

TEST(StripeAmounts, ComeBackAsTheyWereInEveryCurrency) {
  int taken = 0;
  for (const Currency& currency : currencies()) {
    for (const std::int64_t minor : {std::int64_t{0}, std::int64_t{1}, std::int64_t{100}, kMax}) {
      const auto amount = to_stripe(minor, currency.code);
      if (!amount) continue;
      ++taken;
      EXPECT_EQ(from_stripe(*amount, currency.code), minor) << currency.code;
    }
  }
  EXPECT_GT(taken, 300);
}

TEST(StripeSignature, IsOfTheBodyUnderAnySecretInForce) {
  const std::string body = R"({"id":"evt_1"})";
  const std::vector<std::string> secrets{"whsec_old", "whsec_new"};
  for (const std::string& secret : secrets) {
    const std::string header = test::StripeStandIn::sign(body, kNowMs, secret);
    EXPECT_TRUE(verify(header, body, secrets, kNowMs));
    EXPECT_FALSE(verify(header, body + ' ', secrets, kNowMs));
  }
  EXPECT_FALSE(
      verify(test::StripeStandIn::sign(body, kNowMs, "whsec_gone"), body, secrets, kNowMs));
  EXPECT_FALSE(verify(test::StripeStandIn::sign(body, kNowMs, ""), body,
                      std::vector<std::string>{""}, kNowMs));
}

TEST(StripeSignature, IsOfNowAndWellFormed) {
  const std::string body = "{}";
  const std::vector<std::string> secrets{"whsec_1"};
  const std::string header = test::StripeStandIn::sign(body, kNowMs, secrets[0]);
  EXPECT_TRUE(verify(header, body, secrets, kNowMs + 300'000));
  EXPECT_FALSE(verify(header, body, secrets, kNowMs + 301'000));
  EXPECT_FALSE(verify(header, body, secrets, kNowMs - 301'000));
  const std::string mac = header.substr(header.find("v1=") + 3, 64);
  const std::string time = header.substr(0, header.find(','));
  EXPECT_TRUE(verify(time + ",v1=00,v1=" + mac, body, secrets, kNowMs));
  for (const std::string& wrong :
       {std::string(), time, "v1=" + mac, time + ",v0=" + mac, "t=x,v1=" + mac,
        "t=99999999999999999999,v1=" + mac, time + ",v1=" + mac.substr(1)}) {
    EXPECT_FALSE(verify(wrong, body, secrets, kNowMs)) << wrong;
  }
}

TEST(StripeEvents, TellFactsUnderTheSameNamesAsAnswers) {
  const auto word = word_of(R"({"id":"evt_1","object":"event","created":7,
    "type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","amount":1000,
    "amount_received":900,"currency":"eur","status":"succeeded","fee":0.5,
    "metadata":{"intent":"3-2"}}}})");
  ASSERT_TRUE(word);
  EXPECT_EQ(word->about, "pi_1");
  ASSERT_EQ(word->facts.size(), 1U);
  EXPECT_EQ(word->facts[0].event, ProviderEvent::captured);
  EXPECT_EQ(word->facts[0].amount_minor, 900);
  EXPECT_EQ(word->facts[0].reference, "pi_1/captured");
  EXPECT_EQ(word->facts[0].intent, "3-2");
  EXPECT_EQ(word->facts[0].occurred_ms, 7'000);
}

TEST(StripeEvents, OfOtherThingsSayNothing) {
  const auto other = word_of(R"({"id":"evt_1","object":"event","created":7,
    "type":"customer.created","data":{"object":{"id":"cus_1"}}})");
  ASSERT_TRUE(other);
  EXPECT_TRUE(other->facts.empty());
  for (const std::string_view wrong : {"", "[]", "{}", R"({"object":"event"})", "{\"id\":"}) {
    EXPECT_FALSE(word_of(wrong)) << wrong;
  }
}

/// How each answer of the API is understood.
struct TroubleCase {
  int status;
  std::string_view body;
  Trouble trouble;
  std::string_view reason;
};
const TroubleCase kTroubles[] = {
    {402, R"({"error":{"code":"card_declined","decline_code":"do_not_honor"}})", Trouble::declined,
     "do_not_honor"},
    {400, R"({"error":{"type":"idempotency_error"}})", Trouble::permanent, "idempotency_error"},
    {400, R"({"error":{"code":"amount_too_large"}})", Trouble::permanent, "amount_too_large"},
    {404, R"({"error":{"code":"resource_missing"}})", Trouble::permanent, "resource_missing"},
    {401, R"({"error":{"message":"Invalid API Key: sk_live_1"}})", Trouble::temporary,
     "unknown_error"},
    {409, R"({"error":{"code":"lock_timeout"}})", Trouble::temporary, "lock_timeout"},
    {429, R"({"error":{"code":"rate_limit"}})", Trouble::temporary, "rate_limit"},
    {500, "<html>", Trouble::temporary, "unknown_error"},
    {200, "<html>", Trouble::temporary, "an answer that cannot be read"},
};

TEST(StripeErrors, AreDeclinedTemporaryOrPermanent) {
  for (const TroubleCase& row : kTroubles) {
    Stripe stripe({.secret_key = "sk_test_x", .transport = [&](const http::ClientCall&) {
                     return http::ClientAnswer{.status = row.status, .body = std::string(row.body)};
                   }});
    const auto told = stripe.start(
        {.id = "1-1", .order_no = 1, .attempt = 1, .amount_minor = 1'000, .currency = "EUR"});
    ASSERT_FALSE(told);
    EXPECT_EQ(told.error().trouble, row.trouble) << row.body;
    EXPECT_EQ(told.error().reason, row.reason);
  }
}

TEST(StripeErrors, AnAmountThatCannotBePaidIsNotAskedFor) {
  Stripe stripe({.transport = [](const http::ClientCall&) {
    ADD_FAILURE() << "it was asked for";
    return http::ClientAnswer{};
  }});
  const auto told = stripe.start({.id = "1-1", .amount_minor = 5'124, .currency = "KWD"});
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().trouble, Trouble::permanent);
  EXPECT_EQ(told.error().reason, "amount_not_payable");
}

TEST(StripeRequests, BearAKeyOfTheTransactionAndNoSecretInTheAddress) {
  std::vector<http::ClientCall> calls;
  Stripe stripe({.key = app::SigningKey{7},
                 .secret_key = "sk_test_x",
                 .transport = [&](const http::ClientCall& call) {
                   calls.push_back(call);
                   return http::ClientAnswer{.status = 503};
                 }});
  const Intent intent{.id = "1-1", .amount_minor = 1'000, .currency = "EUR", .own_id = "pi_1"};
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(stripe.start(intent));
  EXPECT_FALSE(stripe.refund(intent, 500, 1));
  ASSERT_EQ(calls.size(), 3U);
  const auto key = [&](std::size_t i) {
    for (const auto& [name, value] : calls[i].headers) {
      if (name == "Idempotency-Key") return value;
    }
    return std::string();
  };
  EXPECT_FALSE(key(0).empty());
  EXPECT_EQ(key(0), key(1));
  EXPECT_NE(key(0), key(2));
  EXPECT_EQ(calls[0].url, "https://api.stripe.com/v1/payment_intents");
  EXPECT_EQ(calls[0].body,
            "amount=1000&currency=eur&capture_method=automatic&"
            "automatic_payment_methods[enabled]=true&metadata[intent]=1-1");
  EXPECT_EQ(calls[2].body.find("sk_test"), std::string::npos);
}

TEST(HttpClient, WaitsNoLongerThanItsPatience) {
  test::StripeStandIn stripe;
  const std::string url = stripe.url() + "/v1/payment_intents/pi_1";
  const auto usual = http::call({.url = url});
  ASSERT_TRUE(usual) << usual.error();
  EXPECT_EQ(usual->status, 401);
  EXPECT_EQ(usual->header("content-type"), "application/json");
  stripe.next(test::Fault::slow);
  http::ClientCall call{.url = url, .patience = std::chrono::milliseconds(50)};
  call.headers = {{"Authorization", "Bearer sk_test_stand_in"}};
  EXPECT_FALSE(http::call(call));
  for (const std::string wrong : {"http://127.0.0.1:1/", "ftp://127.0.0.1/", "http://", "stripe"}) {
    EXPECT_FALSE(http::call({.url = wrong})) << wrong;
  }
}

/// A server that does not prove who it is, is not talked to.
TEST(HttpClient, TalksToNobodyInTheClearWhenTlsIsAskedFor) {
  test::StripeStandIn stripe;
  EXPECT_FALSE(http::call({.url = "https" + stripe.url().substr(4) + "/v1/refunds"}));
}

}  // namespace
}  // namespace tandem::payment::stripe
