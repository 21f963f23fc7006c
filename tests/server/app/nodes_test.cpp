// SPDX-License-Identifier: Apache-2.0
// Two nodes on one database: what one of them remembers may be older than what the other has done.
#include <gtest/gtest.h>

#include "app/movements.hpp"
#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

TEST(Nodes, ATaskOfAnotherNodeIsCarriedOutOnTheOrderAsItIsNow) {
  Shop shop;
  shop.stock("TEA-100", 2000, 5);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  client.place();
  client.pay("captured");
  const std::string key = shop.key("accounting");
  {
    // A node that commits a refund and ends before it has told the provider.
    Options options = shop.options();
    options.worker.queue_max = 0;
    const auto store = shop.open_another();
    Application other(*store, options);
    http::Request request{.method = http::Method::post,
                          .target = "/v1/staff/orders/" + client.id + "/commands"};
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Authorization", "Bearer " + key);
    request.body = Json{{"base_version", 0}, {"commands", {item({{"type", "refund"}})}}}.dump();
    const Json said = Json::parse(other.router().handle(std::move(request)).content());
    ASSERT_EQ(said.at("results").back().at("accepted"), true) << said;
  }
  shop.pass(kTaskLeaseMs + 1);
  shop.app().round();
  shop.app().round();  // after the first one's answer is committed
  const Json money = client.view().body.at("order").at("money");
  EXPECT_GT(money.at("captured_minor"), 0);
  EXPECT_EQ(money.at("refunded_minor"), money.at("captured_minor"));
}

}  // namespace
}  // namespace tandem::app::test
