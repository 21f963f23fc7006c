// SPDX-License-Identifier: Apache-2.0
#pragma once
// A stand-in for Stripe: not Stripe, but a server of the tests' own that answers over real HTTP as
// Stripe's API is published to (docs.stripe.com/api): PaymentIntents and refunds, idempotency keys
// that replay the first answer, failures of the server's own among them, and refuse other
// parameters, locks, limits, declines. It keeps the events that it would send, signed as published;
// a test brings them to the shop late, twice, in any order or never.
//
//   StripeStandIn stripe;
//   options.stripe = stripe.options();
//   stripe.pay("pi_1");
//   for (const std::string& event : stripe.take_events()) …

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "http/listener.hpp"
#include "payment/stripe/stripe.hpp"

namespace tandem::payment::test {

using Json = nlohmann::json;

/// What happens to the next call.
enum class Fault : std::uint8_t {
  lock,  // 409: another request works on the object
  too_many,  // 429
  broken,  // 500, which is kept under the key as any other answer
  unavailable,  // 503 before anything began; nothing is kept
  lost_answer,  // it is done, and nobody hears
  slow,  // half a second
};

class StripeStandIn {
 public:
  StripeStandIn();
  ~StripeStandIn();
  StripeStandIn(const StripeStandIn&) = delete;
  StripeStandIn& operator=(const StripeStandIn&) = delete;

  /// What connects a shop to it.
  [[nodiscard]] stripe::StripeOptions options() const;
  [[nodiscard]] std::string url() const;

  void next(Fault fault, int times = 1);
  /// Refunds stay `pending` until settle_refund().
  void refunds_take_time(bool slow) { slow_refunds_ = slow; }

  // What the customer does on Stripe's fields, and what happens at Stripe by itself.
  void pay(const std::string& intent);
  void decline(const std::string& intent, const std::string& decline_code = "insufficient_funds");
  void capture_by_hand(const std::string& intent);
  void settle_refund(const std::string& refund, bool succeeds);
  void refund_by_hand(const std::string& intent, std::int64_t amount);
  /// The bank takes an authorization back, and no event says so.
  void lose(const std::string& intent);
  void dispute(const std::string& intent, std::int64_t amount);

  /// The events since the last time, in their order.
  [[nodiscard]] std::vector<std::string> take_events();
  /// The header of an event that is sent now.
  [[nodiscard]] static std::string sign(const std::string& body, std::int64_t now_ms,
                                        const std::string& secret = "whsec_stand_in");

  [[nodiscard]] Json intent(const std::string& id);
  [[nodiscard]] std::size_t intents();
  [[nodiscard]] std::size_t refunds();
  [[nodiscard]] std::string last_intent();
  [[nodiscard]] std::string last_refund();
  [[nodiscard]] std::size_t faults_left();

 private:
  struct Kept {
    std::string request;
    int status = 0;
    std::string body;
  };
  using Fields = std::map<std::string, std::string>;
  struct Answer {
    int status = 200;
    Json body;
  };

  void add_routes();
  http::Awaitable<http::Response> answer(const http::Request& request);
  http::Response answer_now(const http::Request& request, bool& slow);
  Answer carry_out(const http::Request& request, const Fields& fields);
  Answer create(const Fields& fields);
  Answer act(const std::string& id, const std::string& what, const Fields& fields);
  Answer capture(Json& intent, const Fields& fields);
  Answer cancel(Json& intent);
  Answer refund(const Fields& fields);
  [[nodiscard]] Answer list_refunds(const std::string& intent) const;
  Json make_refund(Json& intent, std::int64_t amount, const Fields& fields);
  void emit(const std::string& type, const Json& object);

  http::Router router_;
  std::unique_ptr<http::Listener> listener_;
  std::mutex mutex_;  // guards all below
  std::map<std::string, Json> intents_;
  std::map<std::string, Json> refunds_;
  std::map<std::string, Kept> keys_;
  std::deque<Fault> faults_;
  std::vector<std::string> events_;
  std::string last_intent_;
  std::int64_t serial_ = 0;
  bool slow_refunds_ = false;
};

}  // namespace tandem::payment::test
