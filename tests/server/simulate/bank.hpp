// SPDX-License-Identifier: Apache-2.0
#pragma once
// The payment provider's side, which no crash of the shop touches: a book of intents, what the
// shop asks of it, what customers do on its pages, and the webhooks it owes. It does each thing
// once for a key, however often it is asked, and answers late, twice, out of order, or not at all.

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "app/requests.hpp"
#include "core/workload/random.hpp"
#include "payment/provider.hpp"
#include "timeline.hpp"

namespace tandem::simulate {

using workload::Random;

enum class IntentState : std::uint8_t { pending, authorized, captured, failed, canceled };

struct BankIntent {
  payment::Intent asked;
  IntentState state = IntentState::pending;
  payment::Standing begun = payment::Standing::pending;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::set<std::string> captures;   // keys
  std::set<std::int64_t> refunds;   // numbers
  std::int64_t starts = 0;          // how often the shop asked
};

/// How the bank misbehaves, in percent.
struct BankFaults {
  std::int64_t unreachable = 8;  // nothing happened
  std::int64_t answer_lost = 8;  // it happened all the same
  std::int64_t shop_dies = 4;    // the shop's power fails while the answer is under way
  std::int64_t at_once = 15;     // an intent is decided when it begins
};

class Bank {
 public:
  Bank(Timeline& timeline, Random& random, Story& story)
      : timeline_(timeline), random_(random), story_(story) {}

  BankFaults faults;
  std::function<void()> kill_shop = [] {};
  /// Sends a webhook's body to the shop; `told` is called with the status, if an answer comes.
  std::function<void(const std::string& body, std::function<void(int status)> told)> send;

  /// What stands in the demo provider's place in the shop.
  [[nodiscard]] std::unique_ptr<payment::Provider> stand_in(
      std::unique_ptr<payment::Provider> demo);

  // What the customer does on the bank's page. False when the intent is not open.
  bool pay(const std::string& intent, bool only_authorizes);
  bool decline(const std::string& intent);

  [[nodiscard]] const std::map<std::string, BankIntent>& intents() const { return intents_; }
  [[nodiscard]] const BankIntent* find(const std::string& intent) const;
  /// Webhooks that the shop has not acknowledged.
  [[nodiscard]] std::int64_t owed() const { return owed_; }
  [[nodiscard]] const std::string& last_refusal() const { return last_refusal_; }

  // What the shop asks.
  payment::Called<payment::Told> start(const payment::Intent& intent);
  payment::Called<payment::Done> capture(const payment::Intent& intent, std::int64_t amount_minor,
                                         std::string_view key);
  payment::Called<payment::Done> cancel(const payment::Intent& intent);
  payment::Called<payment::Done> refund(const payment::Intent& intent, std::int64_t amount_minor,
                                        std::int64_t refund);

 private:
  template <class Answer, class Act>
  payment::Called<Answer> called(std::string_view what, const payment::Intent& intent, Act act);
  [[nodiscard]] static payment::Told told_of(const BankIntent& intent);
  void tell(const BankIntent& intent, app::ProviderEvent event, std::string reference,
            std::int64_t amount_minor, std::optional<std::int64_t> refund = std::nullopt);
  void post(const std::shared_ptr<const std::string>& body, std::int64_t tries);

  Timeline& timeline_;
  Random& random_;
  Story& story_;
  std::map<std::string, BankIntent> intents_;
  std::int64_t owed_ = 0;
  std::string last_refusal_;
};

}  // namespace tandem::simulate
