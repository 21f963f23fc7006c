// SPDX-License-Identifier: Apache-2.0
// What the server counts of itself, and who may read it.
#include <gtest/gtest.h>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

/// The figure on the line of this series; -1 when there is none.
double figure(const std::string& text, const std::string& series) {
  const std::size_t at = ("\n" + text).find("\n" + series + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + series.size() + 1));
}

std::string metrics_of(const Shop& shop, const std::string& key) {
  return std::string(shop.get("/metrics", key).response.content());
}

TEST(Metrics, AreForThoseWithAKey) {
  Shop shop;
  EXPECT_EQ(shop.get("/metrics").status, 401);
  const Answer answer = shop.get("/metrics", shop.key("accounting"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.response.headers.get("Content-Type"),
            "text/plain; version=0.0.4; charset=utf-8");
}

TEST(Metrics, CountRequestsByRouteAndRefusalsByReason) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const std::string key = shop.key("admin");
  Client client(shop);
  client.send({add("TEA-100", 1)});
  client.send({add("TEA-100", 1)});
  EXPECT_EQ(shop.get("/v1/orders/nobody").status, 401);
  EXPECT_EQ(shop.get("/no/such/page").status, 404);
  const std::string text = metrics_of(shop, key);
  const std::string commands = R"(method="POST",route="/v1/orders/{id}/commands",status="200")";
  EXPECT_EQ(figure(text, "tandem_requests_total{" + commands + "}"), 2) << text;
  EXPECT_EQ(figure(text, R"(tandem_requests_total{method="GET",route="none",status="404"})"), 1);
  EXPECT_EQ(figure(text, R"(tandem_refusals_total{reason="unauthorized"})"), 1);
  EXPECT_EQ(figure(text, R"(tandem_request_seconds_count{route="/v1/orders/{id}/commands"})"), 2);
}

TEST(Metrics, CountRefusedCommandsOfABatchByReason) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const std::string key = shop.key("admin");
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  EXPECT_EQ(client.send({add("NOPE", 1), add("TEA-100", 1), add("NOPE", 1)}).status, 200);
  const Json wrong{{"type", "place_order"}, {"expected_digest", std::string(64, '0')}};
  EXPECT_EQ(client.send({wrong}).status, 409);
  const std::string text = metrics_of(shop, key);
  EXPECT_EQ(figure(text, R"(tandem_refusals_total{reason="offer_unknown"})"), 2) << text;
  EXPECT_EQ(figure(text, R"(tandem_refusals_total{reason="quote_changed"})"), 1) << text;
}

TEST(Metrics, TellOfTheWriterAndTheOutbox) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const std::string key = shop.key("admin");
  const double before = figure(metrics_of(shop, key), "tandem_commits_total");
  Client client(shop);
  client.send({add("TEA-100", 1)});
  const std::string text = metrics_of(shop, key);
  EXPECT_GT(figure(text, "tandem_commits_total"), before) << text;
  EXPECT_GT(figure(text, "tandem_commit_seconds_sum"), 0);
  EXPECT_EQ(figure(text, "tandem_queue_jobs"), 0);
  EXPECT_EQ(figure(text, "tandem_outbox_dead"), 0);
  EXPECT_EQ(figure(text, "tandem_outbox_lag_seconds"), 0);
}

TEST(Metrics, TellHowBatchesAreSpreadBySizeAndTime) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const std::string key = shop.key("admin");
  const std::string before = metrics_of(shop, key);
  Client client(shop);  // makes the order: a batch of its own
  client.send({add("TEA-100", 1)});
  client.send({add("TEA-100", 1)});
  const std::string text = metrics_of(shop, key);
  EXPECT_EQ(figure(text, "tandem_batch_jobs_count") - figure(before, "tandem_batch_jobs_count"), 3);
  EXPECT_EQ(figure(text, "tandem_batch_jobs_sum") - figure(before, "tandem_batch_jobs_sum"), 3);
  const std::string ones = R"(tandem_batch_jobs_bucket{le="1"})";
  EXPECT_EQ(figure(text, ones) - figure(before, ones), 3) << text;
  for (const std::string name : {"tandem_batch_jobs", "tandem_commit_seconds"}) {
    EXPECT_NE(text.find("# TYPE " + name + " histogram\n"), std::string::npos) << name;
    EXPECT_EQ(figure(text, name + R"(_bucket{le="+Inf"})"), figure(text, name + "_count")) << name;
  }
}

TEST(Metrics, NameNoOrder) {
  Shop shop;
  Client client(shop);
  client.send({add("TEA-100", 1)});
  EXPECT_EQ(metrics_of(shop, shop.key("admin")).find(client.id), std::string::npos);
}

}  // namespace
}  // namespace tandem::app::test
