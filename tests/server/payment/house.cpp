// SPDX-License-Identifier: Apache-2.0
#include "house.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>

#include "app/payment_return.hpp"
#include "tandem/base/enum.hpp"

namespace tandem::app::test {
namespace {

Json rules() {
  Json rules = small_rules();
  rules["payment_methods"] = Json::parse(R"([{"id": "card", "provider": "demo"},
    {"id": "stripe", "provider": "stripe"}, {"id": "wire", "provider": "wire_transfer"},
    {"id": "counter", "provider": "pay_on_pickup"},
    {"id": "courier", "provider": "cash_on_delivery"}])");
  return rules;
}

Json settings(bool manual) {
  const Json can{{"capture", manual ? "manual" : "automatic"}};
  return {{"providers", {{"demo", can}, {"stripe", can}}}};
}

/// A job whose end tells that all jobs before it have ended.
class Nothing final : public commit::Job {
 public:
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope&) override { return {}; }
};

Options with(Options options, const payment::test::StripeStandIn& stripe) {
  options.stripe = stripe.options();
  return options;
}

}  // namespace

Options impatient() {
  Options options;
  options.place_patience = std::chrono::milliseconds(50);
  return options;
}

House::House(Options options, std::string method, bool manual)
    : shop(std::move(options)), method_(std::move(method)) {
  shop.publish(rules());
  shop.settle(settings(manual));
  shop.stock("TEA-100", 2000, 1'000);
  key_ = shop.key("admin");
}

std::unique_ptr<Client> House::placed() {
  auto client = std::make_unique<Client>(shop);
  client->fill({{"TEA-100", 1}}, method_);
  const Answer answer = client->place();
  EXPECT_EQ(answer.status, 200) << answer.body;
  order_no = answer.body.value("order_no", std::int64_t{0});
  return client;
}

std::string House::end_of(Client& client) {
  client.catch_up();
  const Json order = client.view().body.at("order");
  std::int64_t captured = 0;
  std::int64_t refunded = 0;
  for (const Attempt& attempt : client.order().attempts) {
    captured += attempt.captured_minor;
    refunded += attempt.refunded_minor;
  }
  std::string text = order.at("axes").at("order").get<std::string>() + ' ' +
                     order.at("axes").at("payment").get<std::string>() + ' ' +
                     std::to_string(captured) + ' ' + std::to_string(refunded);
  if (client.order().needs_person) {
    text += ' ';
    text += enum_name(client.order().needs_person->reason);
  }
  return text;
}

void House::settle() {
  let_late_answers_come();
  for (int i = 0; i < 3; ++i) {
    while (shop.app().has_tasks()) std::this_thread::yield();
    shop.app().round();
    std::promise<void> durable;  // of everything that was sent off before
    shop.app().committer().submit(std::make_shared<Nothing>(),
                                  [&](const commit::Outcome&) { durable.set_value(); });
    durable.get_future().wait();
  }
}

void House::ends(Client& client, const std::string& expected) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  std::string end;
  do {
    settle();
    end = end_of(client);
  } while (end != expected && std::chrono::steady_clock::now() < until);
  // What has come to its end stays there.
  settle();
  EXPECT_EQ(end_of(client), expected);
}

std::string House::staff(const Client& client, const Json& command) {
  const Answer answer = staff_send(shop, client.id, key_, command);
  if (answer.status != 200) return answer.reason();
  const Json& result = answer.body.at("results").at(0);
  return result.at("accepted").get<bool>() ? "" : result.at("rejected").at("reason");
}

struct DemoHouse::Line {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Answering> next;
  bool lets_late_come = false;

  void delay() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return lets_late_come; });
  }
};

/// The demo provider at the end of a line that fails as a network does.
class DemoHouse::Unreliable final : public payment::Provider {
 public:
  Unreliable(std::shared_ptr<Line> line, std::unique_ptr<payment::Provider> demo)
      : line_(std::move(line)), demo_(std::move(demo)) {}

  [[nodiscard]] std::string_view name() const override { return demo_->name(); }
  [[nodiscard]] payment::Abilities abilities() const override { return demo_->abilities(); }
  [[nodiscard]] bool is_remote() const override { return true; }
  [[nodiscard]] payment::Called<payment::Told> start(const payment::Intent& intent) override {
    return called([&] { return demo_->start(intent); });
  }
  [[nodiscard]] payment::Called<payment::Done> capture(const payment::Intent& intent,
                                                       std::int64_t amount_minor,
                                                       std::string_view key) override {
    return called([&] { return demo_->capture(intent, amount_minor, key); });
  }
  [[nodiscard]] payment::Called<payment::Done> cancel(const payment::Intent& intent) override {
    return called([&] { return demo_->cancel(intent); });
  }
  [[nodiscard]] payment::Called<payment::Done> refund(const payment::Intent& intent,
                                                      std::int64_t amount_minor,
                                                      std::int64_t refund) override {
    return called([&] { return demo_->refund(intent, amount_minor, refund); });
  }
  [[nodiscard]] std::optional<std::string> page(const payment::Intent& intent) const override {
    return demo_->page(intent);
  }

 private:
  template <class Call>
  std::invoke_result_t<Call> called(Call call) {
    std::optional<Answering> how;
    {
      const std::lock_guard lock(line_->mutex);
      if (!line_->next.empty()) {
        how = line_->next.front();
        line_->next.pop_front();
      }
    }
    const auto unheard = std::unexpected(
        payment::CallFailed{.trouble = payment::Trouble::temporary, .reason = "timeout"});
    if (how == Answering::unreached) return unheard;
    if (how == Answering::late) line_->delay();
    auto answer = call();
    if (how == Answering::lost) return unheard;
    return answer;
  }

  std::shared_ptr<Line> line_;
  std::unique_ptr<payment::Provider> demo_;
};

DemoHouse::DemoHouse(bool manual) : DemoHouse(manual, std::make_shared<Line>()) {}

DemoHouse::DemoHouse(bool manual, std::shared_ptr<Line> line)
    : House(
          [&line] {
            Options options = impatient();
            options.stand_in = [line](std::unique_ptr<payment::Provider> demo) {
              return std::make_unique<Unreliable>(line, std::move(demo));
            };
            return options;
          }(),
          "card", manual),
      line_(std::move(line)),
      manual_(manual) {}

void DemoHouse::answer_next(Answering how, int times) {
  const std::lock_guard lock(line_->mutex);
  line_->lets_late_come = false;
  for (int i = 0; i < times; ++i) line_->next.push_back(how);
}

void DemoHouse::let_late_answers_come() {
  const std::lock_guard lock(line_->mutex);
  line_->lets_late_come = true;
  line_->changed.notify_all();
}

std::size_t DemoHouse::calls_to_come() {
  const std::lock_guard lock(line_->mutex);
  return line_->next.size();
}

void DemoHouse::say(const std::string& event) {
  const std::string intent = payment::intent_id(order_no, 1);
  words_.push_back(Json{{"amount_minor", 2490},
                        {"attempt", 1},
                        {"currency", "EUR"},
                        {"event", event},
                        {"intent", intent},
                        {"reference", event + '/' + intent}}
                       .dump());
}

void DemoHouse::pay() {
  paid_ = true;
  say(manual_ ? "authorized" : "captured");
}

void DemoHouse::pay_in_two() {
  say("authorized");
  say("captured");
}

void DemoHouse::decline() {
  paid_ = false;
  say("failed");
}

/// The demo's page is its browser door: what is chosen there is told as its webhook tells it.
int DemoHouse::come_back() {
  const payment::Demo demo({.key = shop.options().key});
  const auto page = demo.page({.id = payment::intent_id(order_no, 1)});
  http::Request request{.method = http::Method::post, .target = *page};
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = paid_ ? "outcome=captured" : "outcome=declined";
  return shop.call(std::move(request)).status;
}

int DemoHouse::tell(const std::string& word, Signing signing) {
  http::Request request{.method = http::Method::post, .target = "/v1/webhooks/demo"};
  request.body = word;
  request.headers.set("Content-Type", "application/json");
  const bool forged = signing == Signing::forged;
  const payment::Demo demo({.key = forged ? random_key() : shop.options().key});
  const std::int64_t at_ms = shop.now_ms() - (signing == Signing::old ? 301'000 : 0);
  request.headers.set("Tandem-Signature", demo.sign(word, at_ms));
  return shop.call(std::move(request)).status;
}

StripeHouse::StripeHouse(bool manual, Options options)
    : StripeHouse(manual, std::move(options), std::make_shared<payment::test::StripeStandIn>()) {}

StripeHouse::StripeHouse(bool manual, Options options,
                         std::shared_ptr<payment::test::StripeStandIn> stands)
    : House(with(std::move(options), *stands), "stripe", manual), stripe(std::move(stands)) {}

void StripeHouse::answer_next(Answering how, int times) {
  using payment::test::Fault;
  stripe->next(how == Answering::late   ? Fault::slow
               : how == Answering::lost ? Fault::lost_answer
                                        : Fault::unavailable,
               times);
}

std::string StripeHouse::return_target() {
  return return_path(shop.options(), payment::intent_id(order_no, 1), shop.now_ms());
}

int StripeHouse::come_back() { return shop.get(return_target()).status; }

int StripeHouse::tell(const std::string& word, Signing signing) {
  http::Request request{.method = http::Method::post, .target = "/v1/webhooks/stripe"};
  request.body = word;
  request.headers.set("Content-Type", "application/json; charset=utf-8");
  const bool forged = signing == Signing::forged;
  const std::int64_t at_ms = shop.now_ms() - (signing == Signing::old ? 301'000 : 0);
  request.headers.set("Stripe-Signature", payment::test::StripeStandIn::sign(
                                              word, at_ms, forged ? "whsec_x" : "whsec_stand_in"));
  return shop.call(std::move(request)).status;
}

}  // namespace tandem::app::test
