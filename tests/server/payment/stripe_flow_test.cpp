// SPDX-License-Identifier: Apache-2.0
// What only a provider over a network can do to a shop: answers that are lost, locks, words that
// come before their payment is known, intents that nobody tells of, money moved at the provider.
#include <gtest/gtest.h>

#include <thread>

#include "app/movements.hpp"
#include "house.hpp"
#include "http/page_policy.hpp"
#include "payment/stripe/page.hpp"

namespace tandem::app::test {
namespace {

using payment::test::Fault;

/// Until the tasks that failed are due again.
void try_again(House& house) {
  house.settle();
  house.shop.pass(kTaskLeaseMs + 1);
  house.settle();
}

/// Where the customer pays, as the shop's answer says.
std::string payment_page(const Client& client) {
  return client.view().body.at("payment").at("redirect_url");
}

class Faults : public testing::TestWithParam<Fault> {};

/// Whatever happens to the first call, there is one intent in the end and it can be paid.
TEST_P(Faults, AtTheStartLeaveOneIntent) {
  StripeHouse house(false, impatient());
  house.stripe->next(GetParam());
  const auto client = house.placed();
  house.ends(*client, "quotation_sent unpaid 0 0");
  try_again(house);
  house.ends(*client, "quotation_sent pending 0 0");
  EXPECT_EQ(house.stripe->intents(), 1U);
  house.pay();
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.ends(*client, kPaid);
}

TEST_P(Faults, OfACaptureAndARefundDoThemOnce) {
  StripeHouse house(true);
  const auto client = house.placed();
  house.pay();
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.ends(*client, "order authorized 0 0");
  house.stripe->next(GetParam());
  EXPECT_EQ(house.staff(*client, {{"type", "capture_payment"}, {"attempt", 1}}), "");
  try_again(house);
  house.ends(*client, kPaid);
  house.stripe->next(GetParam());
  EXPECT_EQ(house.staff(*client, {{"type", "refund"}}), "");
  try_again(house);
  house.ends(*client, "order refunded 2490 2490");
  EXPECT_EQ(house.stripe->refunds(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Stripe, Faults,
                         testing::Values(Fault::lock, Fault::too_many, Fault::unavailable,
                                         Fault::lost_answer),
                         [](const auto& of) {
                           switch (of.param) {
                             case Fault::lock:
                               return "Lock";
                             case Fault::too_many:
                               return "TooMany";
                             case Fault::unavailable:
                               return "Unavailable";
                             default:
                               return "LostAnswer";
                           }
                         });

/// The second commit has not come when the word does: it is kept and counts as soon as it can.
TEST(StripeWords, ThatComeEarlyAreKeptAndCount) {
  StripeHouse house(false, impatient());
  house.stripe->next(Fault::lost_answer);
  const auto client = house.placed();
  while (house.stripe->intents() == 0) std::this_thread::yield();
  house.pay();
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  EXPECT_EQ(House::end_of(*client), "quotation_sent unpaid 0 0");
  house.shop.restart();
  try_again(house);
  house.ends(*client, kPaid);
  EXPECT_TRUE(house.shop.store().reads().kept_webhooks(10)->empty());
}

TEST(StripeWords, OfOtherProgramsOfTheAccountAreAcknowledgedAndForgottenInTime) {
  StripeHouse house;
  const std::string word = R"({"id":"evt_x","object":"event","created":1,
    "type":"payment_intent.succeeded","data":{"object":{"id":"pi_x","amount":1000,
    "amount_received":1000,"currency":"eur","status":"succeeded","metadata":{}}}})";
  EXPECT_EQ(house.tell(word), 200);
  EXPECT_EQ(house.tell(word), 200);
  EXPECT_EQ(house.tell("{"), 400);
}

TEST(StripeIntents, ThatWereDeclinedAreClosedAndTheNextTryIsAnother) {
  StripeHouse house;
  const auto client = house.placed();
  house.decline();
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.ends(*client, "quotation failed 0 0");
  EXPECT_EQ(client->order().attempts[0].reason, "insufficient_funds");
  EXPECT_EQ(house.stripe->intent(house.stripe->last_intent())["status"], "canceled");
  ASSERT_EQ(client->place().status, 200);
  EXPECT_EQ(house.stripe->intents(), 2U);
  house.pay();
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.ends(*client, kPaid);
}

TEST(StripeIntents, AreCountedForEachOrder) {
  StripeHouse house;
  const Json can{{"capture", "automatic"}};
  house.shop.settle({{"attempts_max", 2}, {"providers", {{"demo", can}, {"stripe", can}}}});
  const auto client = house.placed();
  for (int tries = 0; tries < 2; ++tries) {
    if (tries > 0) {
      ASSERT_EQ(client->place().status, 200);
    }
    house.decline();
    for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
    house.ends(*client, "quotation failed 0 0");
  }
  const Answer refused = client->place();
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(client->last_result().at("rejected").at("reason"), "attempts_used_up");
  EXPECT_EQ(house.stripe->intents(), 2U);
}

/// The webhook never comes and nobody comes back.
TEST(StripeIntents, ThatNobodyTellsOfAreAskedAbout) {
  StripeHouse house;
  const auto client = house.placed();
  house.pay();
  static_cast<void>(house.words());
  house.shop.pass(600'001);
  house.ends(*client, kPaid);
}

TEST(StripeIntents, ThatNobodyPaidCannotBePaidAfterTheirEnd) {
  StripeHouse house;
  const auto client = house.placed();
  house.shop.pass(600'001);
  house.settle();
  house.shop.pass(3'600'000);
  house.ends(*client, "quotation unpaid 0 0");
  house.shop.pass(120'000);
  house.settle();
  EXPECT_EQ(house.stripe->intent(house.stripe->last_intent())["status"], "canceled");
}

/// The cart is edited in a second tab while the first one pays.
TEST(StripeIntents, OfAnEditedOrderAreVoidedOrPaidBack) {
  StripeHouse house;
  const auto idle = house.placed();
  EXPECT_EQ(idle->send({add("TEA-100", 1)}).status, 200);
  house.ends(*idle, "quotation unpaid 0 0");
  EXPECT_EQ(house.stripe->intent(house.stripe->last_intent())["status"], "canceled");
  const auto quick = house.placed();
  house.pay();
  EXPECT_EQ(quick->send({add("TEA-100", 1)}).status, 200);
  house.ends(*quick, "quotation refunded 2490 2490");
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.ends(*quick, "quotation refunded 2490 2490");
}

TEST(StripeMoney, ThatIsMovedAtStripeIsPutBeforeAPerson) {
  StripeHouse house;
  const auto back = house.placed();
  house.pay();
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.stripe->refund_by_hand(house.stripe->last_intent(), 500);
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.settle();
  static_cast<void>(House::end_of(*back));
  EXPECT_EQ(back->order().attempts[0].charged_back_minor, 500);
  EXPECT_TRUE(back->order().needs_person);
  const auto disputed = house.placed();
  house.pay();
  house.stripe->dispute(house.stripe->last_intent(), 2490);
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.settle();
  static_cast<void>(House::end_of(*disputed));
  EXPECT_EQ(disputed->order().attempts[0].charged_back_minor, 2490);
  EXPECT_TRUE(disputed->order().needs_person);
}

/// A paid order of which a refund is under way at Stripe that takes its time; parameter: whether it
/// will succeed.
class SlowRefund : public ::testing::TestWithParam<bool> {
 protected:
  SlowRefund() {
    house_.stripe->refunds_take_time(true);
    client_ = house_.placed();
    house_.pay();
    hear();
    EXPECT_EQ(house_.staff(*client_, {{"type", "refund"}}), "");
  }
  void hear() {
    for (const std::string& word : house_.words()) EXPECT_EQ(house_.tell(word), 200);
  }
  void end_at_stripe() { house_.stripe->settle_refund(house_.stripe->last_refund(), GetParam()); }
  void expect_end() {
    house_.ends(*client_,
                GetParam() ? "order refunded 2490 2490" : "order paid 2490 0 refund_failed");
  }

  StripeHouse house_;
  decltype(house_.placed()) client_;
};
INSTANTIATE_TEST_SUITE_P(Stripe, SlowRefund, ::testing::Bool());

TEST_P(SlowRefund, EndsWhenItIsTold) {
  house_.settle();
  hear();
  house_.ends(*client_, kPaid);
  end_at_stripe();
  hear();
  expect_end();
}

/// It took days, and its webhook was lost.
TEST_P(SlowRefund, IsAskedAboutWhenNobodyTells) {
  house_.ends(*client_, kPaid);
  house_.shop.pass(std::int64_t{6} * 3'600'001);
  house_.ends(*client_, kPaid);
  end_at_stripe();
  static_cast<void>(house_.words());
  house_.shop.pass(std::int64_t{6} * 3'600'001);
  expect_end();
}

TEST(StripeCapture, ThatStripeRefusesNeedsAPerson) {
  StripeHouse house(true);
  const auto client = house.placed();
  house.pay();
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.ends(*client, "order authorized 0 0");
  house.stripe->lose(house.stripe->last_intent());
  EXPECT_EQ(house.staff(*client, {{"type", "capture_payment"}, {"attempt", 1}}), "");
  house.ends(*client, "order authorized 0 0 capture_failed");
}

TEST(Return, WorksInAnyBrowserByAnyMethodOnceAndAfterAnHour) {
  StripeHouse house;
  const auto client = house.placed();
  const std::string target = house.return_target();
  EXPECT_EQ(house.shop.get(target).status, 303);  // too early: nothing is known, nothing is used
  house.pay();
  static_cast<void>(house.words());
  house.shop.pass(3'500'000);
  http::Request request{.method = http::Method::post, .target = target};
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.headers.set("Origin", "https://hooks.stripe.com");
  request.headers.set("Sec-Fetch-Site", "cross-site");
  request.body = "payment_intent=pi_1";
  const Answer back = house.shop.call(std::move(request));
  EXPECT_EQ(back.status, 303);
  EXPECT_EQ(back.response.headers.get("Location"), house.shop.options().return_url);
  house.ends(*client, kPaid);
  house.stripe->next(Fault::broken);
  EXPECT_EQ(house.shop.get(target).status, 303);  // used: Stripe is not asked again
  EXPECT_EQ(house.stripe->faults_left(), 1U);
  EXPECT_EQ(house.shop.get(target + "0").status, 404);
  EXPECT_EQ(house.shop.get("/pay/return/1-1-9999999999999-00000000000000000000000000000000").status,
            404);
}

TEST(PayPage, ShowsStripesFieldsAndNoSecret) {
  StripeHouse house;
  const auto client = house.placed();
  const std::string url = payment_page(*client);
  const Answer page = house.shop.get(url);
  EXPECT_EQ(page.status, 200);
  const std::string text(page.response.content());
  EXPECT_NE(text.find("pk_test_stand_in"), std::string::npos);
  EXPECT_NE(text.find("24.90 EUR"), std::string::npos);
  EXPECT_EQ(text.find("sk_test"), std::string::npos);
  EXPECT_EQ(text.find("_secret_"), std::string::npos);
  const Answer secret = house.shop.post(url + "/secret", "{}");
  EXPECT_EQ(secret.status, 200);
  EXPECT_EQ(secret.body.at("client_secret"), house.stripe->last_intent() + "_secret_x");
  EXPECT_EQ(secret.body.at("return_url"), house.return_target());
  EXPECT_EQ(house.shop.get(url.substr(0, url.size() - 1) + "x").status, 404);
  house.pay();
  for (const std::string& word : house.words()) EXPECT_EQ(house.tell(word), 200);
  house.ends(*client, kPaid);
  EXPECT_EQ(house.shop.post(url + "/secret", "{}").status, 409);
  EXPECT_EQ(house.shop.get(url).response.content().find("js.stripe.com"), std::string::npos);
  // Nothing that would let somebody pay or see is in the events.
  const auto events = house.shop.store().reads().events(1, 0, 1'000);
  for (const store::Event& event : *events) {
    EXPECT_EQ(event.bytes.find("_secret_"), std::string::npos);
  }
}

/// What a wallet's buttons are told before there is an order.
TEST(Express, TellsHowStripeIsUsedAndHowItCounts) {
  for (const bool manual : {false, true}) {
    StripeHouse house(manual);
    const Answer answer = house.shop.get("/pay/stripe/express");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, (Json{{"capture", manual ? "manual" : "automatic"},
                                 {"divisor", 1},
                                 {"multiplier", 1},
                                 {"publishable_key", "pk_test_stand_in"},
                                 {"step", 1}}));
  }
}

TEST(Express, IsRefusedWhereSettingsSwitchItOff) {
  StripeHouse house;
  const auto refused_with = [&house](const Json& stripe) {
    house.shop.settle({{"providers", {{"stripe", stripe}}}});
    return house.shop.get("/pay/stripe/express").body.at("reason").get<std::string>();
  };
  EXPECT_EQ(refused_with({{"express", false}}), "provider_cannot_express");
  EXPECT_EQ(refused_with({{"enabled", false}}), "provider_disabled");
}

/// Stripe's script may run on the shop's pages where Stripe is connected, and nowhere else.
TEST(Express, LetsThePageLoadStripesScriptAndNobodyElses) {
  StripeHouse house;
  const auto policy_of = [](const Answer& answer) {
    return std::string(answer.response.headers.get("Content-Security-Policy").value_or(""));
  };
  http::Request lost{.target = "/nowhere"};
  lost.headers.set("Accept", "text/html");
  const std::string policy = policy_of(house.shop.call(std::move(lost)));
  EXPECT_EQ(policy, http::page_policy(payment::stripe::kStripeSources, "'wasm-unsafe-eval'"));
  EXPECT_NE(policy.find("script-src 'self' 'wasm-unsafe-eval' https://js.stripe.com;"),
            std::string::npos);
  EXPECT_EQ(http::page_policy().find("stripe"), std::string::npos);
  EXPECT_NE(http::page_policy().find("frame-src 'none'"), std::string::npos);
}

}  // namespace
}  // namespace tandem::app::test
