// SPDX-License-Identifier: Apache-2.0
// A hostile client: whatever it sends is a refusal with a reason, and nothing changes.
#include <gtest/gtest.h>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

struct Attack {
  std::string name;
  std::string body;
  int status = 400;
  std::string reason;
};

std::string with_command(const std::string& command) {
  return R"({"base_version":0,"commands":[{"command":)" + command +
         R"(,"command_id":"00000000000000000000000000000001"}]})";
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::vector<Attack> attacks() {
  const std::string line = R"("sku":"TEA-100","type":"add_line")";
  std::string many = R"({"base_version":0,"commands":[)";
  for (int i = 0; i < 101; ++i) many += (i > 0 ? ",{}" : "{}");
  many += "]}";
  return {
      {"empty", "", 400, "json_malformed"},
      {"not JSON", "hello", 400, "json_malformed"},
      {"trailing text", with_command("{" + line + R"(,"quantity":1})") + "x", 400,
       "json_malformed"},
      {"a list", "[]", 400, "type_mismatch"},
      {"deep", nested(5000), 400, "depth_exceeded"},
      {"broken UTF-8", "{\"commands\":\"\xff\xfe\"}", 400, "text_malformed"},
      {"U+0000", with_command(R"({"email":"a\u0000b@x.de","type":"set_contact"})"), 400,
       "text_malformed"},
      {"lone surrogate", with_command(R"({"code":"\ud800","type":"apply_coupon"})"), 400,
       "json_malformed"},
      {"a key twice", with_command("{" + line + R"(,"quantity":1,"quantity":2})"), 400,
       "key_duplicate"},
      {"a fraction", with_command("{" + line + R"(,"quantity":1.5})"), 400, "number_not_integer"},
      {"an exponent", with_command("{" + line + R"(,"quantity":1e3})"), 400, "number_not_integer"},
      {"2^63", with_command("{" + line + R"(,"quantity":9223372036854775808})"), 400,
       "number_out_of_range"},
      {"2^64", with_command("{" + line + R"(,"quantity":18446744073709551616})"), 400,
       "number_out_of_range"},
      {"a price", with_command("{" + line + R"(,"quantity":1,"unit_price_minor":1})"), 400,
       "field_unknown"},
      {"a total", R"({"base_version":0,"commands":[],"total_minor":1})", 400, "field_unknown"},
      {"text for a number", with_command("{" + line + R"(,"quantity":"1"})"), 400, "type_mismatch"},
      {"no quantity", with_command("{" + line + "}"), 400, "field_missing"},
      {"no command", R"({"base_version":0})", 400, "field_missing"},
      {"unknown command", with_command(R"({"type":"set_price"})"), 400, "command_unknown"},
      {"a staff's command", with_command(R"({"type":"confirm_order"})"), 400, "command_unknown"},
      {"a provider's command",
       with_command(R"({"amount_minor":1,"attempt":1,"type":"payment_captured"})"), 400,
       "command_unknown"},
      {"the scheduler's command", with_command(R"({"type":"expire_hold"})"), 400,
       "command_unknown"},
      {"a short command id", R"({"commands":[{"command":{"type":"renew_hold"},"command_id":"1"}]})",
       400, "value_unknown"},
      {"a negative version", R"({"base_version":-1,"commands":[]})", 400, "number_out_of_range"},
      {"too many commands", many, 413, "size_exceeded"},
      {"10 MB", std::string(10U << 20U, 'x'), 413, "size_exceeded"},
      {"another core", R"({"commands":[],"core_version":"0"})", 409, "core_outdated"},
  };
}

TEST(Hostile, EveryMalformedRequestIsRefusedWithItsReason) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.send({add("TEA-100", 1)});
  const Json before = client.view().body.at("order");
  for (const Attack& attack : attacks()) {
    const Answer answer =
        shop.post("/v1/orders/" + client.id + "/commands", attack.body, client.secret);
    EXPECT_EQ(answer.status, attack.status) << attack.name << ": " << answer.body;
    EXPECT_EQ(answer.reason(), attack.reason) << attack.name << ": " << answer.body;
  }
  EXPECT_EQ(client.view().body.at("order"), before);
}

TEST(Hostile, QuantitiesOutOfReasonAreRefusedOneByOne) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  const Answer answer = client.send({add("TEA-100", -1), add("TEA-100", 0),
                                     add("TEA-100", 9'007'199'254'740'991), add("NOPE", 1)});
  std::vector<std::string> reasons;
  for (const Json& result : answer.body.at("results")) {
    reasons.push_back(result.at("rejected").at("reason"));
  }
  EXPECT_EQ(reasons, (std::vector<std::string>{"quantity_not_positive", "quantity_not_positive",
                                               "quantity_above_limit", "offer_unknown"}));
  EXPECT_EQ(client.view().body.at("version"), 0);
}

TEST(Hostile, OneRefusedCommandDoesNotStopTheOthers) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  const Answer answer = client.send({add("TEA-100", 1), add("NOPE", 1), add("TEA-100", 1)});
  EXPECT_EQ(answer.body.at("results").at(1).at("accepted"), false);
  EXPECT_EQ(client.order().lines.front().quantity, 2);
}

TEST(Hostile, PlacingStandsLast) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  const Json place{{"type", "place_order"}, {"expected_digest", std::string(64, '0')}};
  EXPECT_EQ(client.send({place, add("TEA-100", 1)}).reason(), "value_unknown");
}

TEST(Hostile, AnOrdersHistoryIsBounded) {
  Options options;
  options.history_max = 10;
  Shop shop(options);
  shop.stock("TEA-100", 2000, 1000);
  Client client(shop);
  for (int i = 0; i < 20; ++i) client.send({add("TEA-100", 1)});
  EXPECT_EQ(client.last_result().at("rejected").at("reason"), "size_exceeded");
  EXPECT_LE(client.order().version, 11);
}

TEST(Hostile, WithoutCredentialsNothingIsSaid) {
  Shop shop;
  const Client client(shop);
  EXPECT_EQ(shop.get("/v1/orders/" + client.id).status, 401);
  EXPECT_EQ(shop.get("/v1/orders/" + client.id + "/events").status, 401);
}

}  // namespace
}  // namespace tandem::app::test
