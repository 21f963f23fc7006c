// SPDX-License-Identifier: Apache-2.0
#include "stripe_stand_in.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/text.hpp"

namespace tandem::payment::test {
namespace {

constexpr std::string_view kSecretKey = "sk_test_stand_in";
// An answer that is lost on its way: it is sent, and the shop's side drops it.
constexpr std::string_view kLost = "stand-in-lost";

std::string decoded(std::string_view text) {
  std::string out;
  return http::percent_decode(text, out, http::Plus::space) ? out : std::string();
}

std::map<std::string, std::string> fields_of(std::string_view form) {
  std::map<std::string, std::string> fields;
  while (!form.empty()) {
    std::string_view pair = http::cut(form, '&');
    const std::string_view name = http::cut(pair, '=');
    fields[decoded(name)] = decoded(pair);
  }
  return fields;
}

Json error(const std::string& type, const std::string& code) {
  return {{"error", {{"type", type}, {"code", code}, {"message", "sk_test_**** " + code}}}};
}

std::int64_t number(const std::map<std::string, std::string>& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? -1 : std::stoll(found->second);
}

}  // namespace

StripeStandIn::StripeStandIn() {
  add_routes();
  auto listener = http::Listener::start(router_, {.threads = 2});
  if (!listener) std::abort();
  listener_ = std::move(*listener);
}

StripeStandIn::~StripeStandIn() { listener_->stop(std::chrono::seconds(2)); }

std::string StripeStandIn::url() const {
  return "http://127.0.0.1:" + std::to_string(listener_->port());
}

stripe::StripeOptions StripeStandIn::options() const {
  return {.secret_key = std::string(kSecretKey),
          .publishable_key = "pk_test_stand_in",
          .webhook_secrets = {"whsec_stand_in", "whsec_next"},
          .url = url(),
          .transport = [](const http::ClientCall& call) {
            auto answer = http::call(call);
            const bool lost = answer && !answer->header(kLost).empty();
            return lost ? std::unexpected(std::string("no answer")) : answer;
          }};
}

void StripeStandIn::next(Fault fault, int times) {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < times; ++i) faults_.push_back(fault);
}

void StripeStandIn::add_routes() {
  const auto handler = [this](const http::Request& request) { return answer(request); };
  const std::vector<std::string> form{"application/x-www-form-urlencoded"};
  router_.route("/v1/payment_intents").post(handler).accepts(form);
  router_.route("/v1/payment_intents/{id}").get(handler);
  router_.route("/v1/payment_intents/{id}/{what}").post(handler).accepts(form);
  router_.route("/v1/refunds").get(handler).post(handler).accepts(form);
}

http::Awaitable<http::Response> StripeStandIn::answer(const http::Request& request) {
  bool slow = false;
  http::Response response = answer_now(request, slow);
  if (slow) {
    auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor);
    timer.expires_after(std::chrono::milliseconds(500));
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
  co_return response;
}

http::Response StripeStandIn::answer_now(const http::Request& request, bool& slow) {
  const std::lock_guard lock(mutex_);
  const auto respond = [](int status, const Json& body) {
    return http::json(static_cast<std::uint16_t>(status), body.dump());
  };
  if (request.headers.get("Authorization") != "Bearer " + std::string(kSecretKey)) {
    return respond(401, error("invalid_request_error", "api_key_invalid"));
  }
  std::optional<Fault> fault;
  if (!faults_.empty()) {
    fault = faults_.front();
    faults_.pop_front();
  }
  if (fault == Fault::lock) return respond(409, error("invalid_request_error", "lock_timeout"));
  if (fault == Fault::too_many) return respond(429, error("invalid_request_error", "rate_limit"));
  if (fault == Fault::unavailable) return respond(503, error("api_error", "unavailable"));
  slow = fault == Fault::slow;
  const std::string key(request.headers.get("Idempotency-Key").value_or(""));
  const std::string asked = request.path + '\n' + request.body;
  if (const auto kept = keys_.find(key); !key.empty() && kept != keys_.end()) {
    if (kept->second.request != asked) {
      return respond(400, error("idempotency_error", "idempotency_key_in_use"));
    }
    http::Response again =
        http::json(static_cast<std::uint16_t>(kept->second.status), kept->second.body);
    again.headers.add("Idempotent-Replayed", "true");
    return again;
  }
  Answer done{500, error("api_error", "server_error")};
  if (fault != Fault::broken) done = carry_out(request, fields_of(request.body));
  if (!key.empty()) keys_[key] = {asked, done.status, done.body.dump()};
  http::Response response = respond(done.status, done.body);
  if (fault == Fault::lost_answer) response.headers.add(kLost, "1");
  return response;
}

StripeStandIn::Answer StripeStandIn::carry_out(const http::Request& request, const Fields& fields) {
  if (request.path == "/v1/payment_intents") return create(fields);
  const auto of = request.query_value("payment_intent");
  if (request.path == "/v1/refunds" && of) return list_refunds(std::string(*of));
  if (request.path == "/v1/refunds") return refund(fields);
  return act(std::string(request.path_parameter("id")), std::string(request.path_parameter("what")),
             fields);
}

StripeStandIn::Answer StripeStandIn::create(const Fields& fields) {
  const std::int64_t amount = number(fields, "amount");
  if (amount < 50) return {400, error("invalid_request_error", "amount_too_small")};
  const std::string id = "pi_" + std::to_string(++serial_);
  last_intent_ = id;
  Json& intent = intents_[id];
  intent = {{"id", id},
            {"object", "payment_intent"},
            {"amount", amount},
            {"amount_capturable", 0},
            {"amount_received", 0},
            {"capture_method", fields.at("capture_method")},
            {"client_secret", id + "_secret_x"},
            {"currency", fields.at("currency")},
            {"last_payment_error", nullptr},
            {"latest_charge", nullptr},
            {"metadata", {{"intent", fields.at("metadata[intent]")}}},
            {"exchange_rate", 1.25},
            {"status", "requires_payment_method"}};
  emit("payment_intent.created", intent);
  return {200, intent};
}

StripeStandIn::Answer StripeStandIn::act(const std::string& id, const std::string& what,
                                         const Fields& fields) {
  const auto found = intents_.find(id);
  if (found == intents_.end()) return {404, error("invalid_request_error", "resource_missing")};
  if (what == "capture") return capture(found->second, fields);
  if (what == "cancel") return cancel(found->second);
  return {200, found->second};
}

StripeStandIn::Answer StripeStandIn::capture(Json& intent, const Fields& fields) {
  const std::int64_t amount = number(fields, "amount_to_capture");
  if (intent["status"] != "requires_capture") {
    Json refused = error("invalid_request_error", "payment_intent_unexpected_state");
    refused["error"]["payment_intent"] = intent;
    return {400, refused};
  }
  if (amount > intent["amount_capturable"]) {
    return {400, error("invalid_request_error", "amount_too_large")};
  }
  intent["status"] = "succeeded";
  intent["amount_capturable"] = 0;
  intent["amount_received"] = amount;
  emit("payment_intent.succeeded", intent);
  return {200, intent};
}

StripeStandIn::Answer StripeStandIn::cancel(Json& intent) {
  if (intent["status"] == "succeeded" || intent["status"] == "canceled") {
    Json refused = error("invalid_request_error", "payment_intent_unexpected_state");
    refused["error"]["payment_intent"] = intent;
    return {400, refused};
  }
  intent["status"] = "canceled";
  intent["amount_capturable"] = 0;
  emit("payment_intent.canceled", intent);
  return {200, intent};
}

StripeStandIn::Answer StripeStandIn::refund(const Fields& fields) {
  const auto found = intents_.find(fields.at("payment_intent"));
  if (found == intents_.end()) return {404, error("invalid_request_error", "resource_missing")};
  std::int64_t left = found->second["amount_received"];
  for (const auto& [id, refund] : refunds_) {
    const bool counts = refund["status"] != "failed";
    if (refund["payment_intent"] == found->first && counts) {
      left -= refund["amount"].get<std::int64_t>();
    }
  }
  if (left == 0) return {400, error("invalid_request_error", "charge_already_refunded")};
  if (number(fields, "amount") > left) {
    return {400, error("invalid_request_error", "amount_too_large")};
  }
  return {200, make_refund(found->second, number(fields, "amount"), fields)};
}

StripeStandIn::Answer StripeStandIn::list_refunds(const std::string& intent) const {
  Json list{{"object", "list"}, {"data", Json::array()}};
  for (const auto& [id, refund] : refunds_) {
    if (refund["payment_intent"] == intent) list["data"].push_back(refund);
  }
  return {200, list};
}

Json StripeStandIn::make_refund(Json& intent, std::int64_t amount, const Fields& fields) {
  const std::string id = "re_" + std::to_string(++serial_);
  Json metadata = Json::object();
  for (const std::string name : {"intent", "refund"}) {
    const auto given = fields.find("metadata[" + name + "]");
    if (given != fields.end()) metadata[name] = given->second;
  }
  refunds_[id] = {{"id", id},
                  {"object", "refund"},
                  {"amount", amount},
                  {"currency", intent["currency"]},
                  {"metadata", metadata},
                  {"payment_intent", intent["id"]},
                  {"status", slow_refunds_ ? "pending" : "succeeded"}};
  emit("refund.created", refunds_[id]);
  if (!slow_refunds_)
    emit("charge.refunded", {{"id", intent["latest_charge"]},
                             {"object", "charge"},
                             {"currency", intent["currency"]},
                             {"payment_intent", intent["id"]}});
  return refunds_[id];
}

void StripeStandIn::pay(const std::string& id) {
  const std::lock_guard lock(mutex_);
  Json& intent = intents_.at(id);
  if (intent["status"] != "requires_payment_method") return;
  intent["latest_charge"] = "ch_" + std::to_string(++serial_);
  intent["last_payment_error"] = nullptr;
  if (intent["capture_method"] == "manual") {
    intent["status"] = "requires_capture";
    intent["amount_capturable"] = intent["amount"];
    emit("payment_intent.amount_capturable_updated", intent);
  } else {
    intent["status"] = "succeeded";
    intent["amount_received"] = intent["amount"];
    emit("payment_intent.succeeded", intent);
  }
}

void StripeStandIn::capture_by_hand(const std::string& id) {
  const std::lock_guard lock(mutex_);
  Json& intent = intents_.at(id);
  const std::int64_t amount = intent["amount_capturable"];
  static_cast<void>(capture(intent, {{"amount_to_capture", std::to_string(amount)}}));
}

void StripeStandIn::decline(const std::string& id, const std::string& decline_code) {
  const std::lock_guard lock(mutex_);
  Json& intent = intents_.at(id);
  if (intent["status"] != "requires_payment_method") return;
  const std::string charge = "ch_" + std::to_string(++serial_);
  intent["latest_charge"] = charge;
  intent["last_payment_error"] = {
      {"charge", charge}, {"code", "card_declined"}, {"decline_code", decline_code}};
  emit("payment_intent.payment_failed", intent);
}

void StripeStandIn::settle_refund(const std::string& id, bool succeeds) {
  const std::lock_guard lock(mutex_);
  Json& refund = refunds_.at(id);
  refund["status"] = succeeds ? "succeeded" : "failed";
  if (!succeeds) refund["failure_reason"] = "lost_or_stolen_card";
  emit(succeeds ? "refund.updated" : "refund.failed", refund);
}

void StripeStandIn::refund_by_hand(const std::string& id, std::int64_t amount) {
  const std::lock_guard lock(mutex_);
  make_refund(intents_.at(id), amount, {});
}

void StripeStandIn::dispute(const std::string& id, std::int64_t amount) {
  const std::lock_guard lock(mutex_);
  const Json& intent = intents_.at(id);
  emit("charge.dispute.funds_withdrawn", {{"id", "dp_" + std::to_string(++serial_)},
                                          {"object", "dispute"},
                                          {"amount", amount},
                                          {"currency", intent["currency"]},
                                          {"payment_intent", id}});
}

void StripeStandIn::emit(const std::string& type, const Json& object) {
  const std::string id = "evt_" + std::to_string(++serial_);
  events_.push_back(Json{
      {"id", id},
      {"object", "event"},
      {"created", 1'767'225'600 + serial_},
      {"data", {{"object", object}}},
      {"type", type}}.dump());
}

void StripeStandIn::lose(const std::string& id) {
  const std::lock_guard lock(mutex_);
  intents_.at(id)["status"] = "canceled";
  intents_.at(id)["amount_capturable"] = 0;
}

std::vector<std::string> StripeStandIn::take_events() {
  const std::lock_guard lock(mutex_);
  return std::exchange(events_, {});
}

std::string StripeStandIn::sign(const std::string& body, std::int64_t now_ms,
                                const std::string& secret) {
  const std::string time = std::to_string(now_ms / 1'000);
  const std::string text = time + '.' + body;
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), &size);
  std::string digits;
  for (unsigned int i = 0; i < size; ++i) {
    constexpr std::string_view kHex = "0123456789abcdef";
    digits += kHex[mac[i] >> 4U];
    digits += kHex[mac[i] & 15U];
  }
  return "t=" + time + ",v1=" + digits + ",v0=0";
}

Json StripeStandIn::intent(const std::string& id) {
  const std::lock_guard lock(mutex_);
  return intents_.at(id);
}

std::size_t StripeStandIn::intents() {
  const std::lock_guard lock(mutex_);
  return intents_.size();
}

std::size_t StripeStandIn::refunds() {
  const std::lock_guard lock(mutex_);
  return refunds_.size();
}

std::string StripeStandIn::last_refund() {
  const std::lock_guard lock(mutex_);
  return refunds_.empty() ? std::string() : refunds_.rbegin()->first;
}

std::size_t StripeStandIn::faults_left() {
  const std::lock_guard lock(mutex_);
  return faults_.size();
}

std::string StripeStandIn::last_intent() {
  const std::lock_guard lock(mutex_);
  return last_intent_;
}

}  // namespace tandem::payment::test
