// SPDX-License-Identifier: Apache-2.0
// What orders share beside their own streams: gift cards, invoice numbers, goods that others wait
// for; and what is deleted from a stream.
#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <thread>

#include "app/consequences.hpp"
#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

store::Figures card(Shop& shop, const std::string& code) {
  const std::array keys{gift_card_key(code)};
  return shop.store().reads().ledger(keys)->front().figures;
}

TEST(GiftCards, TwoOrdersNeverSpendTheSameMoney) {
  Shop shop;
  shop.stock("TEA-100", 2000, 100);
  shop.gift_card("G1", 3000);
  constexpr int kBuyers = 8;
  std::atomic<std::int64_t> spent = 0;
  std::vector<std::jthread> buyers;
  for (int i = 0; i < kBuyers; ++i) {
    buyers.emplace_back([&] {
      Client client(shop);
      client.fill({{"TEA-100", 1}});
      client.send({{{"type", "apply_gift_card"}, {"code", "g1"}}});
      const Answer placed = client.place();
      if (client.last_result().at("accepted") == false) return;  // the card was held meanwhile
      // The card may cover all of it.
      if (placed.body.at("payment").is_object()) client.pay("captured");
      const Json order = client.view().body.at("order");
      if (order.at("axes").at("order") != "order") return;
      for (const Json& used : order.at("gift_cards")) {
        spent += used.at("amount_minor").get<std::int64_t>();
      }
    });
  }
  buyers.clear();
  EXPECT_GT(spent, 0);
  EXPECT_LE(spent, 3000);
  EXPECT_EQ(card(shop, "G1").balance, 3000 - spent);
  EXPECT_GE(card(shop, "G1").held, 0);
  EXPECT_EQ(shop.verify().sentences, std::vector<std::string>{});
}

TEST(GiftCards, ACanceledOrderGivesBackWhatItTook) {
  Shop shop;
  shop.stock("TEA-100", 2000, 100);
  shop.gift_card("G1", 3000);
  Client client(shop);
  client.fill({{"TEA-100", 2}}, "wire");
  client.send({{{"type", "apply_gift_card"}, {"code", "G1"}}});
  client.place();
  ASSERT_EQ(client.last_result().at("accepted"), true) << client.last_result();
  EXPECT_EQ(card(shop, "G1").held, 3000);
  const std::string key = shop.key("sales");
  staff_send(shop, client.id, key, {{"type", "confirm_order"}});
  EXPECT_EQ(card(shop, "G1"), (store::Figures{.balance = 0}));
  EXPECT_EQ(shop.verify().sentences, std::vector<std::string>{});
  staff_send(shop, client.id, key, {{"type", "cancel_order"}});
  EXPECT_EQ(card(shop, "G1"), (store::Figures{.balance = 3000}));
  EXPECT_EQ(shop.verify().sentences, std::vector<std::string>{});
}

TEST(Invoices, NumbersHaveNoGapUnderConcurrentBatches) {
  Shop shop;
  shop.stock("TEA-100", 2000, 100);
  const std::string sales = shop.key("sales");
  const std::string accounting = shop.key("accounting");
  constexpr int kOrders = 16;
  std::vector<std::jthread> desks;
  std::mutex mutex;
  std::set<std::int64_t> numbers;
  for (int i = 0; i < kOrders; ++i) {
    desks.emplace_back([&] {
      Client client(shop);
      client.fill({{"TEA-100", 1}}, "wire");
      client.place();
      staff_send(shop, client.id, sales, {{"type", "confirm_order"}});
      staff_send(shop, client.id, accounting, {{"type", "create_invoice"}});
      // Nothing is left to invoice: a refusal takes no number.
      staff_send(shop, client.id, accounting, {{"type", "create_invoice"}});
      const Json order = client.view().body.at("order");
      const std::lock_guard lock(mutex);
      for (const Json& invoice : order.at("invoices")) {
        numbers.insert(invoice.at("number").get<std::int64_t>());
      }
    });
  }
  desks.clear();
  EXPECT_EQ(numbers.size(), std::size_t{kOrders});
  EXPECT_EQ(*numbers.begin(), 1);
  EXPECT_EQ(*numbers.rbegin(), kOrders);
  EXPECT_EQ(shop.verify().sentences, std::vector<std::string>{});
}

Options by_hand() {
  Options options;
  options.worker.queue_max = 0;  // commands wait in the outbox until they are asked for
  return options;
}

TEST(Serving, GoodsThatArriveServeAWaitingDeliveryOnce) {
  Shop shop(by_hand());
  Offer offer;
  offer.sku = {"MUG"};
  offer.name["en"] = "Mug";
  offer.unit_price_minor = 1500;
  offer.stock_policy = StockPolicy::backorder;
  shop.sell(offer);
  store::Writes policy;
  policy.stock_policies.push_back({.sku = "MUG", .location = "main", .backorder_max = 100});
  shop.write(policy);
  Client client(shop);
  client.fill({{"MUG", 3}}, "wire");
  client.place();
  staff_send(shop, client.id, shop.key("sales"), {{"type", "confirm_order"}});
  EXPECT_EQ(shop.stock_of("MUG").figures.backordered, 3);
  EXPECT_EQ(shop.store().reads().waiting()->size(), 1U);

  const Json arrived{{"sku", "MUG"}, {"on_hand", 2}};
  EXPECT_EQ(shop.post("/v1/staff/stock", arrived.dump(), shop.key("warehouse")).status, 200);
  const auto waiting = shop.store().reads().outbox_commands(10);
  ASSERT_EQ(waiting->size(), 1U);
  EXPECT_EQ(shop.app().run_command(), waiting->front().order_no);
  EXPECT_EQ(shop.app().run_command(), std::nullopt) << "it is done";
  EXPECT_EQ(shop.stock_of("MUG").figures.reserved, 2);
  EXPECT_EQ(shop.stock_of("MUG").figures.backordered, 1);

  // As after a crash between the commit and the mark: the command counts once under its id.
  shop.pass(kTaskLeaseMs + 1);
  const std::int64_t version = client.view().body.at("version");
  const Json again{{"base_version", version},
                   {"commands",
                    {{{"command", {{"type", "serve_delivery"}, {"transfer", 1}}},
                      {"command_id", command_id_of(waiting->front().dedupe_key).value}}}}};
  Actor system;
  system.kind = ActorClass::system;
  EXPECT_TRUE(shop.submit(client.id, system, again).body.at("events").empty());
  EXPECT_EQ(client.view().body.at("version"), version);
  EXPECT_EQ(shop.verify().sentences, std::vector<std::string>{});
}

TEST(Counting, FewerThanReservedAreTakenFromTheOrderConfirmedLast) {
  Shop shop(by_hand());
  shop.stock("TEA-100", 2000, 5);
  const std::string sales = shop.key("sales");
  Client first(shop);
  Client second(shop);
  for (Client* client : {&first, &second}) {
    client->fill({{"TEA-100", 2}}, "wire");
    client->place();
    shop.pass(1'000);
    staff_send(shop, client->id, sales, {{"type", "confirm_order"}});
  }
  const std::string warehouse = shop.key("warehouse");
  const Json adjusted{{"sku", "TEA-100"}, {"on_hand", 3}};
  const Answer refused = shop.post("/v1/staff/stock", adjusted.dump(), warehouse);
  EXPECT_EQ(refused.reason(), "on_hand_below_reserved");
  const Json counted{{"sku", "TEA-100"}, {"on_hand", 3}, {"count", true}};
  EXPECT_EQ(shop.post("/v1/staff/stock", counted.dump(), warehouse).status, 200);
  EXPECT_TRUE(shop.app().run_command().has_value());
  EXPECT_EQ(shop.app().run_command(), std::nullopt);
  EXPECT_EQ(shop.stock_of("TEA-100").figures.reserved, 3);
  const Json kept = first.view().body.at("order");
  const Json lost = second.view().body.at("order");
  EXPECT_EQ(kept.at("lines").at(0).at("goods").at("reserved"), 2);
  EXPECT_EQ(lost.at("lines").at(0).at("goods").at("reserved"), 1);
  EXPECT_EQ(shop.verify().sentences, std::vector<std::string>{});
}

TEST(Stock, ThatCameIsAddedToWhateverThereIs) {
  Shop shop(by_hand());
  shop.stock("TEA-100", 2000, 5);
  const std::string warehouse = shop.key("warehouse");
  const auto send = [&](const Json& body) {
    return shop.post("/v1/staff/stock", body.dump(), warehouse);
  };
  const Json receipt{{"sku", "TEA-100"}, {"received", 7}, {"reason", "delivery note 12"}};
  EXPECT_EQ(send(receipt).body.at(0).at("on_hand"), 12);
  EXPECT_EQ(send(receipt).body.at(0).at("on_hand"), 19);  // two deliveries, not one count
  EXPECT_EQ(send({{"sku", "TEA-100"}, {"on_hand", 18}, {"reason", "broken"}}).status, 200);
  std::vector<std::string> told;
  const auto entries = shop.store().reads().entries(0);
  for (const store::LedgerEntry& entry : *entries) {
    if (entry.key.key != "TEA-100" || entry.cause.actor != "ann") continue;
    told.push_back(entry.movement + ' ' + std::to_string(entry.change.on_hand) + ' ' +
                   entry.cause.reason);
  }
  EXPECT_EQ(told, (std::vector<std::string>{"receive 7 delivery note 12",
                                            "receive 7 delivery note 12", "adjust -1 broken"}));
  EXPECT_EQ(send({{"sku", "TEA-100"}}).reason(), "field_missing");
  EXPECT_EQ(send({{"sku", "TEA-100"}, {"received", 1}, {"on_hand", 1}}).reason(), "field_unknown");
  EXPECT_EQ(send({{"sku", "TEA-100"}, {"received", 1}, {"count", true}}).reason(), "field_unknown");
  for (const std::int64_t wrong : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 52}) {
    EXPECT_EQ(send({{"sku", "TEA-100"}, {"received", wrong}}).reason(), "number_out_of_range");
  }
  EXPECT_EQ(send({{"sku", "TEA-100"}, {"on_hand", 1}, {"reason", std::string(201, 'x')}}).reason(),
            "size_exceeded");
  EXPECT_EQ(shop.stock_of("TEA-100").figures.on_hand, 18);
  EXPECT_EQ(shop.verify().sentences, std::vector<std::string>{});
}

TEST(Stock, HasAHistoryThatLeadsToWhatLiesThere) {
  Shop shop(by_hand());
  shop.stock("TEA-100", 2000, 5);
  const std::string warehouse = shop.key("warehouse");
  for (int i = 1; i <= 60; ++i) {
    const Json receipt{
        {"sku", "TEA-100"}, {"received", i}, {"reason", "note " + std::to_string(i)}};
    EXPECT_EQ(shop.post("/v1/staff/stock", receipt.dump(), warehouse).status, 200);
  }
  const std::string path = "/v1/staff/stock/TEA-100";
  Answer page = shop.get(path, shop.key("sales"));
  EXPECT_EQ(page.body.at("stock").at("on_hand"), 5 + 60 * 61 / 2);
  EXPECT_EQ(page.body.at("movements").at(0).at("reason"), "note 60");
  EXPECT_EQ(page.body.at("movements").at(0).at("actor"), "ann");
  EXPECT_TRUE(page.body.at("movements").at(0).at("order_no").is_null());
  std::int64_t sum = 0;
  std::size_t count = 0;
  for (;;) {
    for (const Json& movement : page.body.at("movements")) {
      sum += movement.at("on_hand").get<std::int64_t>();
      ++count;
    }
    if (page.body.at("cursor").is_null()) break;
    page = shop.get(path + "?cursor=" + page.body.at("cursor").get<std::string>(), warehouse);
    ASSERT_EQ(page.status, 200);
  }
  EXPECT_EQ(count, 61U);  // and what the shop began with
  EXPECT_EQ(sum, 5 + 60 * 61 / 2);
  EXPECT_EQ(shop.get(path + "?location=north", warehouse).reason(), "offer_unknown");
  EXPECT_EQ(shop.get("/v1/staff/stock/NONE", warehouse).reason(), "offer_unknown");
  for (const char* wrong : {"x", "1.2", "1.2.x.ship", ""}) {
    EXPECT_EQ(shop.get(path + "?cursor=" + wrong, warehouse).reason(), "value_unknown") << wrong;
  }
  EXPECT_EQ(shop.get(path).status, 401);
}

TEST(Stock, IsTheWarehousesAlone) {
  const Shop shop;
  const Json body{{"sku", "TEA-100"}, {"on_hand", 3}};
  EXPECT_EQ(shop.post("/v1/staff/stock", body.dump()).status, 401);
}

TEST(Erasure, TakesPartsAndSaltsOutOfTheStoreAndTheViews) {
  Shop shop;
  shop.stock("TEA-100", 2000, 5);
  Client client(shop);
  client.fill({{"TEA-100", 1}}, "wire");
  client.place();
  const std::int64_t order_no = (*shop.store().reads().order(client.id))->order_no;
  EXPECT_FALSE(shop.store().reads().parts(order_no)->empty());
  const Answer erased =
      staff_send(shop, client.id, shop.key("admin"), {{"type", "erase_personal_data"}});
  ASSERT_EQ(erased.body.at("results").at(0).at("accepted"), true) << erased.body;
  for (const Json& event : erased.body.at("events")) EXPECT_TRUE(event.at("parts").empty());
  EXPECT_TRUE(shop.store().reads().parts(order_no)->empty());
  const auto row = *shop.store().reads().order_row(order_no);
  EXPECT_EQ(row->view.find("ann@example.com"), std::string::npos);
  EXPECT_EQ(row->view.find("Linden"), std::string::npos);
  EXPECT_FALSE(row->contact_hash.has_value());
  EXPECT_EQ(shop.verify().sentences, std::vector<std::string>{});
  shop.restart();
  EXPECT_EQ(client.catch_up().status, 200) << "the chain still verifies";
}

TEST(OtherOrders, AreTakenUpWithTheirSecretOnly) {
  Shop shop(by_hand());
  shop.stock("TEA-100", 2000, 9);
  Client here(shop);
  Client there(shop);
  here.send({add("TEA-100", 1)});
  there.send({add("TEA-100", 2)});
  here.send({{{"type", "merge_cart"}, {"from", there.id}}});
  EXPECT_EQ(here.last_result().at("rejected").at("reason"), "order_unknown");
  here.know(there.secret);
  here.send({{{"type", "merge_cart"}, {"from", there.id}}});
  EXPECT_EQ(here.last_result().at("accepted"), true);
  EXPECT_EQ(here.order().lines.front().quantity, 3);
  EXPECT_TRUE(shop.app().run_command().has_value());
  EXPECT_EQ(there.view().body.at("order").at("axes").at("order"), "canceled");
}

}  // namespace
}  // namespace tandem::app::test
