// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's disk is full: a client is told to come again, nothing is lost, and it goes on by
// itself once there is room. SQLite's full disk is among the troubles of the process.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "app/secrets.hpp"
#include "server/store/postgres_server.hpp"
#include "shop_fixture.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app::test {
namespace {

constexpr const char* kDisk = "/dev/shm";

/// Puts a small disk in the place where test databases are made, for the calling thread and what it
/// starts alone. It ends with the thread. False where that is not permitted.
bool use_small_disk() {
  return std::filesystem::is_directory(kDisk) && ::unshare(CLONE_NEWNS) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tandem", kDisk, "tmpfs", 0, "size=160m,mode=1777") == 0;
}

/// Takes all the room there is, until it ends.
class Filler {
 public:
  Filler() {
    std::ofstream file(kName, std::ios::binary);
    const std::string piece(64 << 10, 'x');
    while (file.write(piece.data(), static_cast<std::streamsize>(piece.size())).flush()) {}
  }
  Filler(const Filler&) = delete;
  Filler& operator=(const Filler&) = delete;
  ~Filler() { std::filesystem::remove(kName); }

 private:
  static constexpr const char* kName = "/dev/shm/filler";
};

/// A shop on a database of its own that takes orders as fast as they come.
class SmallShop {
 public:
  SmallShop() {
    store_ = *store::open_postgres({.url = server_.new_database("small"), .unsafe = true});
    options_.key = random_key();
    options_.demo_provider = true;
    app_ = std::make_unique<Application>(*store_, options_);
    const std::string rules = canonical(*wire::decode<Rules>(small_rules().dump()));
    store::Writes writes = product_of(goods("TEA-100", 2000));
    writes.rules.push_back({.id = hex(sha256(rules)), .bytes = rules});
    seed(*store_, writes, {{"TEA-100", 1'000'000}}, {});
  }

  /// Makes an order with a line in it; its id, or nothing with the answer in `said`.
  std::optional<std::string> buy(http::Response& said) {
    const std::string id = random_hex(16);
    const Json body{{"order", id},
                    {"secret", kSecret},
                    {"base_version", 0},
                    {"commands", {item(add("TEA-100", 1))}}};
    http::Request request{.method = http::Method::post, .target = "/v1/orders"};
    request.headers.set("Content-Type", "application/json");
    request.body = body.dump();
    said = app_->router().handle(std::move(request));
    return said.status == 201 ? std::optional(id) : std::nullopt;
  }
  [[nodiscard]] std::int64_t lines_of(const std::string& id) const {
    http::Request request{.target = "/v1/orders/" + id};
    request.headers.set("Authorization", std::string("Bearer ") + kSecret);
    const Json said = Json::parse(app_->router().handle(std::move(request)).content());
    return said.contains("order") ? std::ssize(said.at("order").at("lines")) : -1;
  }
  [[nodiscard]] Findings verify() {
    return app::verify(*store_, [](std::int64_t) {});
  }

 private:
  static constexpr const char* kSecret = "0123456789abcdef0123456789abcdef";
  store::PostgresServer server_;
  Options options_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Application> app_;
};

void fill_the_disk_and_make_room_again() {
  SmallShop shop;
  std::vector<std::string> bought;
  http::Response said;
  const auto buy = [&] {
    auto order = shop.buy(said);
    if (order) bought.push_back(*std::move(order));
    return order.has_value();
  };
  ASSERT_TRUE(buy()) << said.content();
  {
    const Filler filler;
    int tries = 0;
    while (buy() && ++tries < 1'000) {}
    for (int again = 0; again < 3; ++again) {
      EXPECT_EQ(said.status, 503) << said.content();
      EXPECT_EQ(Json::parse(said.content()).at("reason"), "overloaded");
      EXPECT_TRUE(said.headers.contains("Retry-After"));
      EXPECT_EQ(shop.lines_of(bought.front()), 1) << "reading goes on";
      EXPECT_FALSE(buy());
    }
  }
  for (int again = 0; again < 5; ++again) EXPECT_TRUE(buy()) << said.content();
  for (const std::string& order : bought) EXPECT_EQ(shop.lines_of(order), 1) << order;
  const Findings found = shop.verify();
  EXPECT_EQ(found.total, 0U) << (found.total > 0 ? found.sentences.front() : "");
  EXPECT_EQ(found.orders, std::ssize(bought));
}

TEST(FullDisk, OfPostgresqlIsSaidAndNothingIsLost) {
  std::jthread alone([] {
    if (use_small_disk()) return fill_the_disk_and_make_room_again();
    std::cout << "a disk of its own is not permitted here\n";
  });
}

}  // namespace
}  // namespace tandem::app::test
