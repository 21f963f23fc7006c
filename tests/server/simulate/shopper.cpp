// SPDX-License-Identifier: Apache-2.0
#include "shopper.hpp"

#include <gtest/gtest.h>

#include "shop.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::simulate {

Shopper::Shopper(World& world) : world_(world), session_(OrderId{id_}) {
  EXPECT_TRUE(session_.set_rules(rules_bytes(), sha256(rules_bytes())));
  EXPECT_TRUE(session_.put_offers(offers_json()));
  const Json body{{"order", id_}, {"secret", secret_}};
  EXPECT_EQ(world.ask(post("/v1/orders", body.dump(), secret_)).status, 201);
}

Shopper::Shopper(World& world, const Shopper& other)
    : world_(world), id_(other.id_), secret_(other.secret_), session_(OrderId{id_}) {
  EXPECT_TRUE(session_.set_rules(rules_bytes(), sha256(rules_bytes())));
  EXPECT_TRUE(session_.put_offers(offers_json()));
  EXPECT_TRUE(session_.import_kept(other.session_.export_kept()));
}

void Shopper::fill(const std::string& sku, std::int64_t quantity, const std::vector<Json>& more) {
  std::vector<Json> commands{
      {{"type", "add_line"}, {"sku", sku}, {"quantity", quantity}},
      {{"type", "set_contact"}, {"email", id_ + "@example.com"}, {"name", "Ann"}},
      {{"type", "set_address"},
       {"kind", "ship_to"},
       {"address",
        {{"country", "DE"},
         {"name", "Ann"},
         {"line1", "Linden 1"},
         {"city", "Berlin"},
         {"postcode", "10115"}}}},
      {{"type", "choose_shipping"}, {"method", "parcel"}},
      {{"type", "choose_payment"}, {"method", "card"}}};
  commands.insert(commands.end(), more.begin(), more.end());
  tell(change(commands));
}

http::Request Shopper::change(const std::vector<Json>& commands) {
  for (const Json& command : commands) {
    const auto done =
        session_.apply(command.dump(), CommandId{app::random_hex(16)}, world_.timeline.now_ms());
    EXPECT_TRUE(done) << command << name(done.error().reason);
  }
  const Json body{{"base_version", session_.history().version()},
                  {"commands", Json::parse(canonical(session_.pending()))}};
  return post("/v1/orders/" + id_ + "/commands", body.dump(), secret_);
}

http::Request Shopper::ask_for(const Json& command) {
  const Json sent{{"command", command}, {"command_id", app::random_hex(16)}};
  const Json body{{"base_version", session_.history().version()},
                  {"commands", Json::array({sent})}};
  return post("/v1/orders/" + id_ + "/commands", body.dump(), secret_);
}

http::Request Shopper::place() {
  const sync::State state = session_.state();
  return ask_for({{"type", "place_order"},
                  {"expected_digest", state.quote_digest},
                  {"expected_version", state.version}});
}

http::Request Shopper::look() const {
  return get("/v1/orders/" + id_ + "/events?after=" + std::to_string(session_.history().version()),
             secret_);
}

void Shopper::take(const http::Response& response) {
  const Json body = Json::parse(response.content(), nullptr, false);
  refused_.clear();
  if (!body.contains("events")) {
    refused_ = body.value("reason", "");
    return;
  }
  EXPECT_TRUE(session_.receive(response.content()));
  for (const Json& result : body.at("results")) {
    if (!result.at("accepted").get<bool>()) refused_ = result.at("rejected").at("reason");
  }
}

void Shopper::tell(const http::Request& request) { take(world_.ask(request)); }

std::string Shopper::intent() const {
  const auto* known = world_.auditor.find(id_);
  EXPECT_NE(known, nullptr);
  return payment::intent_id(known->order_no,
                            static_cast<std::int64_t>(known->order.attempts.size()));
}

const Order& Shopper::stored() const { return world_.auditor.find(id_)->order; }

void all_at_once(World& world, const std::vector<std::pair<http::Request, Shopper*>>& requests) {
  std::size_t answers = 0;
  for (const auto& [request, shopper] : requests) {
    world.send(request, [&answers, shopper](const http::Response& response) {
      ++answers;
      if (shopper != nullptr) shopper->take(response);
    });
  }
  world.server.run_all();
  EXPECT_EQ(answers, requests.size());
}

http::Request fact(const World& world, const Shopper& shopper, const std::string& event) {
  const Attempt& attempt = shopper.stored().attempts.back();
  const Json body{{"amount_minor", attempt.amount_minor},
                  {"attempt", attempt.number},
                  {"currency", "EUR"},
                  {"event", event},
                  {"intent", shopper.intent()},
                  {"reference", event + "/" + shopper.intent()}};
  return world.webhook(body.dump());
}

}  // namespace tandem::simulate
