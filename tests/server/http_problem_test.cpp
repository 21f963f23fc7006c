// SPDX-License-Identifier: Apache-2.0
#include "http/problem.hpp"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

TEST(Problem, IsADocumentWithSortedKeys) {
  const Response response = problem(rejection(Reason::insufficient_stock, "TEA-100", 3));
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"limit":3,"reason":"insufficient_stock","status":409,"subject":"TEA-100",)"
            R"("title":"Less is left of this product than was asked for.",)"
            R"("type":"urn:tandem:reason:insufficient_stock"})");
}

TEST(Problem, EscapesWhatAClientSent) {
  const Response response = problem(rejection(Reason::field_unknown, "/a\"\\\n\x01\xff"));
  EXPECT_NE(response.body.find(R"("subject":"/a\"\\\n\u0001)"
                               "\xef\xbf\xbd\""),
            std::string::npos)
      << response.body;
}

TEST(Problem, NamesEveryChangeAndFault) {
  Rejection why = rejection(Reason::quote_changed);
  why.changes.push_back({ChangeCode::price_changed, "l1", 100, 120});
  why.also.push_back({"TEA", std::nullopt});
  const std::string body = problem(why).body;
  EXPECT_TRUE(body.starts_with(
      R"({"also":[{"limit":null,"subject":"TEA"}],)"
      R"("changes":[{"code":"price_changed","now":120,"subject":"l1","was":100}],"limit":null,)"))
      << body;
}

TEST(Problem, SaysWhenToComeBackOnlyWhereWaitingHelps) {
  for (const ReasonInfo& reason : reasons()) {
    const Response response = problem(rejection(reason.reason));
    const bool waits = reason.http_status == 429 || reason.http_status == 503 ||
                       reason.reason == Reason::idempotency_key_in_flight;
    EXPECT_EQ(response.headers.get("Retry-After"), waits ? std::optional("1") : std::nullopt)
        << reason.name;
    EXPECT_EQ(response.status, reason.http_status);
  }
}

}  // namespace
}  // namespace tandem::http
