// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document describes the routes of the running router, all of them and no others.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "app/openapi.hpp"
#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

std::string row(std::string_view pattern, http::Method method) {
  return std::string(http::name(method)) + ' ' + std::string(pattern);
}

/// With everything connected that brings routes along.
class EveryRoute : public testing::Test {
 protected:
  EveryRoute() {
    folder_ = testing::TempDir() + "tandem-openapi-page";
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ + "/index.html") << "<!doctype html>";
  }
  [[nodiscard]] Options options() const {
    Options options;
    options.page_folder = folder_;
    options.stripe = payment::stripe::StripeOptions{
        .secret_key = "sk_test_1", .publishable_key = "pk_test_1", .webhook_secrets = {"whsec_1"}};
    options.identity.keys = {"0123456789abcdef0123456789abcdef"};
    return options;
  }

 private:
  std::string folder_;
};

TEST_F(EveryRoute, IsDescribedAndEachDescriptionHasItsRoute) {
  Shop shop(options());
  std::set<std::string> routes;
  for (const auto& [pattern, method] : shop.app().router().routes()) {
    routes.insert(row(pattern, method));
  }
  std::set<std::string> described;
  for (const Operation& operation : all_operations()) {
    EXPECT_TRUE(described.insert(row(operation.pattern, operation.method)).second)
        << operation.pattern << " is described twice";
  }
  EXPECT_EQ(routes, described);
}

TEST(OpenApi, EveryOperationHasANameOfItsOwnAndSomethingToAnswer) {
  std::set<std::string> ids;
  for (const Operation& operation : all_operations()) {
    EXPECT_TRUE(ids.insert(operation.id).second) << operation.id;
    EXPECT_FALSE(operation.summary.empty()) << operation.id;
    EXPECT_FALSE(operation.successes.empty()) << operation.id;
  }
}

TEST(OpenApi, IsServedAndKnownByItsTag) {
  const Shop shop;
  const Answer answer = shop.get("/v1/openapi.json");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(Json::parse(answer.response.content()), Json::parse(openapi_document()));
  http::Request again{.target = "/v1/openapi.json"};
  again.headers.set("If-None-Match", *answer.response.headers.get("ETag"));
  EXPECT_EQ(shop.call(again).status, 304);
}

}  // namespace
}  // namespace tandem::app::test
