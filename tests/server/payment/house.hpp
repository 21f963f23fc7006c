// SPDX-License-Identifier: Apache-2.0
#pragma once
// A shop that is paid through one provider, with the side of it that the customer and the provider
// play: paying, declining, coming back, and the words that reach the shop when the test says so.
//
//   StripeHouse house;
//   Client client = house.placed();
//   house.pay();
//   house.tell(house.words().front());
//   house.ends(client, "order paid 2490 0");

#include <memory>
#include <string>
#include <vector>

#include "../app/shop_fixture.hpp"
#include "stripe_stand_in.hpp"

namespace tandem::app::test {

inline constexpr auto kPaid = "order paid 2490 0";

enum class Signing : std::uint8_t { good, forged, old };

/// A shop that answers the shopper without the provider's answer when that is late.
[[nodiscard]] Options impatient();

/// How the provider answers calls: late, after the shop has answered its customer; not at all,
/// though it did what was asked; or not at all, because no call reaches it.
enum class Answering : std::uint8_t { late, lost, unreached };

class House {
 public:
  House(Options options, std::string method, bool manual);
  virtual ~House() = default;

  /// An order of 24.90 EUR that was placed and waits for its payment.
  [[nodiscard]] std::unique_ptr<Client> placed();

  /// So the next calls are answered.
  virtual void answer_next(Answering how, int times = 1) = 0;
  /// Where the provider waits for it, answers that are late come now.
  virtual void let_late_answers_come() {}
  /// How many of them have not been made.
  [[nodiscard]] virtual std::size_t calls_to_come() = 0;

  // The customer's and the provider's side of the payment that began last.
  virtual void pay() = 0;
  virtual void decline() = 0;
  /// Authorized and then captured, both at the provider and before the shop hears of either.
  virtual void pay_in_two() = 0;
  /// Through the browser; answers the status.
  virtual int come_back() = 0;
  /// Brings a word to the shop; answers the status.
  virtual int tell(const std::string& word, Signing signing) = 0;
  int tell(const std::string& word) { return tell(word, Signing::good); }
  /// The words that have not been taken, in their order.
  [[nodiscard]] virtual std::vector<std::string> words() = 0;

  /// "order paid 2490 0": the order's state, how it is paid, captured, refunded, and why a person
  /// is needed.
  [[nodiscard]] static std::string end_of(Client& client);
  /// Rounds of the worker until the end is this one, for some seconds at most.
  void ends(Client& client, const std::string& expected);

  /// A command of staff; answers its reason, or nothing when it was accepted.
  [[nodiscard]] std::string staff(const Client& client, const Json& command);

  /// Lets answers that are late come, then rounds until everything that was sent off is durable.
  void settle();

  Shop shop;
  std::int64_t order_no = 0;  // of the order that was placed last

 private:
  std::string method_;
  std::string key_;
};

class DemoHouse final : public House {
 public:
  explicit DemoHouse(bool manual = false);
  using House::tell;
  void answer_next(Answering how, int times = 1) override;
  void let_late_answers_come() override;
  [[nodiscard]] std::size_t calls_to_come() override;
  void pay() override;
  void decline() override;
  void pay_in_two() override;
  int come_back() override;
  int tell(const std::string& word, Signing signing) override;
  [[nodiscard]] std::vector<std::string> words() override { return std::exchange(words_, {}); }

 private:
  struct Line;  // between the shop and the demo provider
  class Unreliable;
  DemoHouse(bool manual, std::shared_ptr<Line> line);
  void say(const std::string& event);

  std::shared_ptr<Line> line_;
  bool manual_;
  bool paid_ = true;
  std::vector<std::string> words_;
};

class StripeHouse final : public House {
 public:
  explicit StripeHouse(bool manual = false, Options options = {});
  using House::tell;
  void answer_next(Answering how, int times = 1) override;
  [[nodiscard]] std::size_t calls_to_come() override { return stripe->faults_left(); }
  void pay() override { stripe->pay(stripe->last_intent()); }
  void decline() override { stripe->decline(stripe->last_intent()); }
  void pay_in_two() override {
    pay();
    stripe->capture_by_hand(stripe->last_intent());
  }
  int come_back() override;
  int tell(const std::string& word, Signing signing) override;
  [[nodiscard]] std::vector<std::string> words() override { return stripe->take_events(); }

  /// Where Stripe sends the customer back to.
  [[nodiscard]] std::string return_target();

  std::shared_ptr<payment::test::StripeStandIn> stripe;  // outlives the shop

 private:
  StripeHouse(bool manual, Options options, std::shared_ptr<payment::test::StripeStandIn> stands);
};

}  // namespace tandem::app::test
