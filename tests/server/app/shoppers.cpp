// SPDX-License-Identifier: Apache-2.0
#include "shoppers.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/secrets.hpp"
#include "program.hpp"
#include "server/http_client.hpp"

namespace tandem::app::test {
namespace {

using Body = nlohmann::json;

Body a_line() {
  return {{"command_id", random_hex(16)},
          {"command", {{"type", "add_line"}, {"sku", "TEA-101-100G"}, {"quantity", 1}}}};
}

}  // namespace

void Told::add(const Acknowledged& order) {
  {
    const std::lock_guard lock(mutex);
    orders.push_back(order);
  }
  grown.notify_one();
}

void Told::wait_for(std::size_t count) {
  std::unique_lock lock(mutex);
  grown.wait(lock, [&] { return orders.size() >= count; });
}

std::size_t Told::count() {
  const std::lock_guard lock(mutex);
  return orders.size();
}

void shop_until_killed(std::uint16_t port, Told& told) {
  http::test::Client client(port);
  while (true) {
    Acknowledged order{.id = random_hex(16), .secret = random_hex(16)};
    const Body create{{"order", order.id}, {"secret", order.secret}, {"commands", {a_line()}}};
    if (!client.send(request("/v1/orders", create.dump(), ""))) return;
    for (int i = 0; i < 4; ++i) {
      const http::test::Answer answer = client.read();
      if (answer.status >= 500) break;
      if (answer.status != 200 && answer.status != 201) return;
      if (i == 3) break;
      order.version = Body::parse(answer.body).at("version");
      told.add(order);
      const Body more{{"base_version", order.version}, {"commands", {a_line()}}};
      if (!client.send(request("/v1/orders/" + order.id + "/commands", more.dump(), order.secret)))
        return;
    }
  }
}

void expect_all(const Told& told, std::uint16_t port) {
  http::test::Client client(port);
  for (const Acknowledged& order : told.orders) {
    ASSERT_TRUE(client.send(request("/v1/orders/" + order.id, "", order.secret)));
    const http::test::Answer answer = client.read();
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_GE(Body::parse(answer.body).at("version"), order.version);
  }
}

}  // namespace tandem::app::test
