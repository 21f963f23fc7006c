// SPDX-License-Identifier: Apache-2.0
// One table for all providers: what the customer, the provider, staff and chance do, and how it
// ends. Two doors lead to the same commands, so no order in which they are used may matter.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "app/movements.hpp"
#include "house.hpp"

namespace tandem::app::test {
namespace {

enum class Step : std::uint8_t {
  pay,
  decline,
  tell,           // all words so far, in their order
  tell_twice,     // each of them twice
  tell_backwards,
  forget,         // the words so far never come
  come_back,
  forged,         // the words come with a wrong signature
  old,            // or a signature of more than five minutes ago
  other_currency,
  less,           // 10.00 of 24.90
  more,           // 30.00
  capture,
  capture_less,
  give_up,        // staff void what was authorized
  refund,
  refund_less,
  expire,         // nobody answers in time
  restart,
  late,           // the provider's next answer comes late,
  lost,           // or never, though it did what was asked,
  unreached,      // or no call reaches it from now on
  again,          // what was not answered is due again
  for_days,       // and again, until it is given up
};

struct Row {
  std::string_view name;
  bool manual = false;
  std::vector<Step> steps;
  std::string end;
  std::optional<Answering> start{};  // how the provider answers the first call
};

const std::vector<Row>& rows() {
  using enum Step;
  static const std::vector<Row> all{
      {"TheWordThenTheBrowser", false, {pay, tell, come_back}, kPaid},
      {"TheBrowserThenTheWord", false, {pay, come_back, tell}, kPaid},
      {"TheWordAlone", false, {pay, tell}, kPaid},
      {"TheBrowserAlone", false, {pay, forget, come_back}, kPaid},
      {"EverythingTwice", false, {pay, tell_twice, come_back, come_back}, kPaid},
      {"ARestartBetween", false, {pay, restart, tell, restart, come_back}, kPaid},
      {"NobodyPays", false, {forget, expire}, "quotation unpaid 0 0"},
      {"Declined", false, {decline, tell}, "quotation failed 0 0"},
      {"DeclinedAndBack", false, {decline, come_back, tell_twice}, "quotation failed 0 0"},
      {"AForgedWord", false, {pay, forged}, "quotation_sent pending 0 0"},
      {"AnOldSignature", false, {pay, old}, "quotation_sent pending 0 0"},
      {"AForgedWordThenTheWord", false, {pay, forged, tell}, kPaid},
      {"AnotherCurrency", false, {pay, other_currency}, "quotation_sent pending 0 0"},
      {"LessThanIsDue", false, {pay, less}, "quotation_sent partially_paid 1000 0"},
      {"MoreThanIsDue", false, {pay, more}, "order paid 3000 0 money_unexpected"},
      {"Refunded", false, {pay, tell, refund, tell_twice}, "order refunded 2490 2490"},
      {"RefundedInPart",
       false,
       {pay, tell, refund_less, tell},
       "order partially_refunded 2490 1000"},
      {"RefundedInTwoParts",
       false,
       {pay, tell, refund_less, refund, tell},
       "order refunded 2490 2490"},
      {"Authorized", true, {pay, tell_twice}, "order authorized 0 0"},
      {"Captured", true, {pay, tell, capture, tell_twice}, kPaid},
      {"CapturedToldBackwards", true, {pay, tell, capture, tell_backwards}, kPaid},
      {"CapturedInPart", true, {pay, tell, capture_less, tell}, "order partially_paid 1000 0"},
      {"GivenUp", true, {pay, tell, give_up, tell}, "order voided 0 0 payment_lost"},
      {"TheStartIsAnsweredLate", false, {again, pay, tell}, kPaid, Answering::late},
      {"TheStartsAnswerIsLost", false, {again, pay, tell, come_back}, kPaid, Answering::lost},
      {"TheStartIsUnreached", false, {again, pay, tell}, kPaid, Answering::unreached},
      {"TheWordBeforeTheStartsAnswer", false, {pay, tell, again}, kPaid, Answering::lost},
      {"TheStartIsNeverAnswered",
       false,
       {unreached, for_days},
       "quotation unpaid 0 0",
       Answering::unreached},
      {"TheCaptureIsAnsweredLate", true, {pay, tell, late, capture, again, tell}, kPaid},
      {"TheCapturesAnswerIsLost", true, {pay, tell, lost, capture, again, tell_twice}, kPaid},
      {"TheCaptureIsNeverAnswered",
       true,
       {pay, tell, unreached, capture, for_days},
       "order authorized 0 0 capture_failed"},
      {"TheVoidsAnswerIsLost",
       true,
       {pay, tell, lost, give_up, again, tell},
       "order voided 0 0 payment_lost"},
      {"TheRefundIsAnsweredLate",
       false,
       {pay, tell, late, refund, again, tell},
       "order refunded 2490 2490"},
      {"TheRefundsAnswerIsLost",
       false,
       {pay, tell, lost, refund, again, tell_twice},
       "order refunded 2490 2490"},
      {"TheRefundIsNeverAnswered",
       false,
       {pay, tell, unreached, refund, for_days},
       "order paid 2490 0 refund_failed"},
      {"CapturedAndRefunded", true, {pay, tell, capture, refund, tell}, "order refunded 2490 2490"},
  };
  return all;
}

/// The words, told as the step says; each is answered as it deserves.
void tell_as(House& house, Step step, std::vector<std::string> words) {
  const auto changed = [&](const std::vector<std::pair<std::string, std::string>>& swaps,
                           int status) {
    for (std::string word : words) {
      bool changes = false;
      for (const auto& [from, to] : swaps) {
        for (auto at = word.find(from); at != std::string::npos; at = word.find(from, at + 1)) {
          word.replace(at, from.size(), to);
          changes = true;
        }
      }
      const bool matters = word.find("created") == std::string::npos ||
                           word.find("payment_intent.created") == std::string::npos;
      if (!changes || !matters) continue;
      EXPECT_EQ(house.tell(word), status) << word;
    }
  };
  switch (step) {
    case Step::tell_twice:
      for (const std::string& word : std::vector<std::string>(words)) words.push_back(word);
      break;
    case Step::tell_backwards:
      std::ranges::reverse(words);
      break;
    case Step::forged:
    case Step::old: {
      const Signing signing = step == Step::old ? Signing::old : Signing::forged;
      for (const std::string& word : words) EXPECT_EQ(house.tell(word, signing), 401);
      return;
    }
    case Step::other_currency:
      return changed({{"\"EUR\"", "\"USD\""}, {"\"eur\"", "\"usd\""}}, 400);
    case Step::less:
      return changed({{":2490", ":1000"}}, 200);
    case Step::more:
      return changed({{":2490", ":3000"}}, 200);
    default:
      break;
  }
  for (const std::string& word : words) EXPECT_EQ(house.tell(word), 200) << word;
}

constexpr int kForDays = 30;  // hours, and more tries than a task has

class Play {
 public:
  Play(House& house, Client& client) : house_(house), client_(client) {}

  void step(Step step) {
    switch (step) {
      case Step::pay:
        return house_.pay();
      case Step::decline:
        return house_.decline();
      case Step::come_back:
        EXPECT_EQ(house_.come_back(), 303);
        return;
      case Step::capture:
        return staff({{"type", "capture_payment"}, {"attempt", 1}});
      case Step::capture_less:
        return staff({{"type", "capture_payment"}, {"attempt", 1}, {"amount_minor", 1000}});
      case Step::give_up:
        return staff({{"type", "void_payment"}, {"attempt", 1}});
      case Step::refund:
        return staff({{"type", "refund"}});
      case Step::refund_less:
        return staff({{"type", "refund"}, {"amount_minor", 1000}});
      case Step::expire:
        house_.shop.pass(3'600'001);
        return house_.settle();
      case Step::restart:
        return house_.shop.restart();
      case Step::late:
        return house_.answer_next(Answering::late);
      case Step::lost:
        return house_.answer_next(Answering::lost);
      case Step::unreached:
        return house_.answer_next(Answering::unreached, kForDays);
      case Step::again:
        house_.shop.pass(kTaskLeaseMs + 1);
        return house_.settle();
      case Step::for_days:
        for (int i = 0; i < kForDays; ++i) {
          house_.shop.pass(3'600'001);
          house_.settle();
        }
        return;
      case Step::forget:
        told_.clear();
        static_cast<void>(house_.words());
        return;
      default:
        break;
    }
    for (std::string& word : house_.words()) told_.push_back(std::move(word));
    const bool keeps = step == Step::forged || step == Step::old;
    tell_as(house_, step, told_);
    if (!keeps && step != Step::other_currency) told_.clear();
  }

 private:
  void staff(const Json& command) {
    EXPECT_EQ(house_.staff(client_, command), "");
    house_.settle();
  }

  House& house_;
  Client& client_;
  std::vector<std::string> told_;
};

std::unique_ptr<House> open(const std::string& provider, bool manual) {
  if (provider == "demo") return std::make_unique<DemoHouse>(manual);
  return std::make_unique<StripeHouse>(manual, impatient());
}

class Conformance : public testing::TestWithParam<std::string> {};

TEST_P(Conformance, EveryRowEndsAsItSays) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.name);
    const auto house = open(GetParam(), row.manual);
    if (row.start) house->answer_next(*row.start);
    const auto client = house->placed();
    if (row.start) house->settle();
    Play play(*house, *client);
    for (const Step step : row.steps) play.step(step);
    house->ends(*client, row.end);
    const bool for_ever = std::ranges::count(row.steps, Step::unreached) > 0;
    EXPECT_TRUE(for_ever || house->calls_to_come() == 0) << "each was made that was to go wrong";
    EXPECT_TRUE(house->shop.verify().sentences.empty());
  }
}

/// The browser comes back, the word, the word again and a restart, in every order.
TEST_P(Conformance, EveryOrderOfWordAndBrowserEndsAlike) {
  const auto house = open(GetParam(), false);
  std::vector<int> order(4);
  std::iota(order.begin(), order.end(), 0);
  do {
    const auto client = house->placed();
    static_cast<void>(house->words());
    house->pay();
    const auto words = house->words();
    for (const int what : order) {
      if (what == 0) {
        EXPECT_EQ(house->come_back(), 303);
      }
      if (what == 1 || what == 2) {
        for (const std::string& word : words) EXPECT_EQ(house->tell(word), 200);
      }
      if (what == 3) house->shop.restart();
    }
    house->ends(*client, kPaid);
  } while (std::ranges::next_permutation(order).found);
  EXPECT_TRUE(house->shop.verify().sentences.empty());
}

/// Two words of different kinds, one of them twice, and the browser, in every order.
TEST_P(Conformance, EveryOrderOfTwoWordsEndsAlike) {
  const auto house = open(GetParam(), true);
  std::vector<int> order(4);
  std::iota(order.begin(), order.end(), 0);
  do {
    const auto client = house->placed();
    static_cast<void>(house->words());
    house->pay_in_two();
    const auto words = house->words();
    ASSERT_EQ(words.size(), 2U);
    for (const int what : order) {
      if (what == 3) {
        EXPECT_EQ(house->come_back(), 303);
      } else {
        EXPECT_EQ(house->tell(words[what == 0 ? 0U : 1U]), 200);
      }
    }
    house->ends(*client, kPaid);
  } while (std::ranges::next_permutation(order).found);
  EXPECT_TRUE(house->shop.verify().sentences.empty());
}

/// Nothing was handed over after the first commit, as after a crash: the outbox has it.
TEST_P(Conformance, ACrashBetweenTheCommitsLosesNothing) {
  const auto house = open(GetParam(), false);
  const auto client = house->placed();
  static_cast<void>(house->words());
  house->shop.restart();
  house->shop.pass(kTaskLeaseMs + 1);
  house->settle();
  house->pay();
  for (const std::string& word : house->words()) EXPECT_EQ(house->tell(word), 200);
  house->ends(*client, kPaid);
}

INSTANTIATE_TEST_SUITE_P(Providers, Conformance, testing::Values("demo", "stripe"),
                         [](const auto& name) { return name.param; });

/// What each provider can do once it was paid: the reason why staff are refused, or none.
struct Ability {
  std::string_view method;
  std::string_view refund, capture, give_up;
};
const Ability kByHand[] = {
    {"wire", "provider_cannot_refund", "already_captured", "already_captured"},
    {"counter", "provider_cannot_refund", "already_captured", "already_captured"},
    {"courier", "provider_cannot_refund", "already_captured", "already_captured"},
};

TEST(ConformanceByHand, MoneyThatAPersonSeesConfirmsAndIsNotGivenBackByItself) {
  DemoHouse house;
  const std::string key = house.shop.key("admin");
  for (const Ability& row : kByHand) {
    SCOPED_TRACE(row.method);
    Client client(house.shop);
    client.fill({{"TEA-100", 1}}, std::string(row.method));
    ASSERT_EQ(client.place().status, 200);
    EXPECT_EQ(House::end_of(client), "quotation_sent pending 0 0");
    const Json seen{{"type", "record_payment"},
                    {"amount_minor", 2490},
                    {"method", row.method},
                    {"reference", std::string("seen/") + std::string(row.method)}};
    EXPECT_EQ(house.staff(client, seen), "");
    EXPECT_EQ(house.staff(client, seen), "");  // told twice
    EXPECT_EQ(House::end_of(client), kPaid);
    EXPECT_EQ(house.staff(client, {{"type", "refund"}}), row.refund);
    EXPECT_EQ(house.staff(client, {{"type", "capture_payment"}, {"attempt", 1}}), row.capture);
    EXPECT_EQ(house.staff(client, {{"type", "void_payment"}, {"attempt", 1}}), row.give_up);
    EXPECT_EQ(House::end_of(client), kPaid);
  }
}

}  // namespace
}  // namespace tandem::app::test
