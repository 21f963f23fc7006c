// SPDX-License-Identifier: Apache-2.0
// Receipts of the server prove themselves, and `possible` says what the commands then do.
#include "tandem/receipt/receipt.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

std::string receipt_of(const Shop& shop, const Client& client) {
  return shop.get("/v1/orders/" + client.id + "/receipt", client.secret).response.body;
}

Json possible_to(const Answer& answer, const std::string& command) {
  const Json& all = answer.body.at("possible");
  const auto found =
      std::ranges::find_if(all, [&](const Json& one) { return one.at("command") == command; });
  return found == all.end() ? Json() : *found;
}

TEST(Receipt, ProvesAPaidOrderWithItsPersonalParts) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 2}});
  client.place();
  client.pay("captured");
  const auto proof = verify_receipt(receipt_of(shop, client));
  ASSERT_TRUE(proof.has_value()) << name(proof.error().reason) << ' ' << proof.error().subject;
  EXPECT_EQ(proof->order.version, client.view().body.at("version"));
  EXPECT_EQ(proof->quote_digest, client.view().body.at("order").at("quote_digest"));
  EXPECT_TRUE(proof->order.contact.has_value());
}

TEST(Receipt, StillProvesWhatWasPlacedAfterARevisionAndNewPrices) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 2}}, "wire");
  client.place();
  const auto before = verify_receipt(receipt_of(shop, client));
  shop.stock("TEA-100", 2500, 12);
  const Answer revised =
      staff_send(shop, client.id, shop.key("sales"),
                 {{"type", "revise_order"},
                  {"terms", "today"},
                  {"changes", Json::array({{{"line", "TEA-100"}, {"quantity", 3}}})}});
  ASSERT_EQ(revised.body.at("results").at(0).at("accepted"), true) << revised.body;
  const auto after = verify_receipt(receipt_of(shop, client));
  ASSERT_TRUE(before && after) << after.error().subject;
  EXPECT_EQ(after->quote_digest, before->quote_digest);
  EXPECT_EQ(after->total_minor, before->total_minor);
}

TEST(Receipt, IsNotGivenOfACartNorToAStranger) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.send({add("TEA-100", 1)});
  const std::string target = "/v1/orders/" + client.id + "/receipt";
  EXPECT_EQ(shop.get(target, client.secret).reason(), "not_placed");
  EXPECT_EQ(shop.get(target, Client(shop).secret).reason(), "order_unknown");
  EXPECT_EQ(shop.get(target).reason(), "unauthorized");
}

TEST(Possible, SaysToEachReaderWhatItMaySend) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 2}}, "wire");
  const std::string of_customer = "/v1/orders/" + client.id + "/possible";
  EXPECT_EQ(possible_to(shop.get(of_customer, client.secret), "cancel_order").at("refused"),
            nullptr);
  EXPECT_EQ(possible_to(shop.get(of_customer, client.secret), "confirm_order"), Json());
  client.place();
  const std::string of_staff = "/v1/staff/orders/" + client.id + "/possible";
  const std::string sales = shop.key("sales");
  EXPECT_EQ(possible_to(shop.get(of_staff, sales), "confirm_order").at("refused"), nullptr);
  staff_send(shop, client.id, sales, {{"type", "confirm_order"}});
  const Answer then = shop.get(of_staff, sales);
  EXPECT_EQ(possible_to(then, "confirm_order").at("refused"), "already_confirmed");
  EXPECT_EQ(possible_to(shop.get(of_customer, client.secret), "cancel_order").at("refused"),
            "already_confirmed");
  EXPECT_EQ(shop.get(of_staff).status, 401);
  EXPECT_EQ(shop.get("/v1/staff/orders/99/possible", sales).reason(), "order_unknown");
}

}  // namespace
}  // namespace tandem::app::test
