// SPDX-License-Identifier: Apache-2.0
#include "http/negotiation.hpp"

#include <gtest/gtest.h>

#include "http/event_stream.hpp"

namespace tandem::http {
namespace {

constexpr Codings kBoth{.brotli = true, .gzip = true};

TEST(PreferredCoding, TakesBrotliFirstOnATie) {
  EXPECT_EQ(preferred_coding("gzip, deflate, br, zstd", kBoth), Coding::brotli);
  EXPECT_EQ(preferred_coding("BR", kBoth), Coding::brotli);
  EXPECT_EQ(preferred_coding("*", kBoth), Coding::brotli);
}

TEST(PreferredCoding, ObeysWeights) {
  EXPECT_EQ(preferred_coding("br;q=0.5, gzip", kBoth), Coding::gzip);
  EXPECT_EQ(preferred_coding("br;q=0, gzip;q=0.001", kBoth), Coding::gzip);
  EXPECT_EQ(preferred_coding("*;q=0, gzip", kBoth), Coding::gzip);
  EXPECT_EQ(preferred_coding("identity, gzip;q=0.9", kBoth), Coding::identity);
  EXPECT_EQ(preferred_coding("br ; Q=0.2 , gzip ; q=0.3", kBoth), Coding::gzip);
}

TEST(PreferredCoding, FallsBackToIdentity) {
  EXPECT_EQ(preferred_coding("", kBoth), Coding::identity);
  EXPECT_EQ(preferred_coding("br, gzip", {}), Coding::identity);
  EXPECT_EQ(preferred_coding("br;q=nonsense", kBoth), Coding::identity);
  EXPECT_EQ(preferred_coding("br", {.gzip = true}), Coding::identity);
}

TEST(AsksForPage, WhereTextHtmlIsNamed) {
  EXPECT_TRUE(asks_for_page("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
  EXPECT_TRUE(asks_for_page("application/json, Text/HTML ; q=0.1"));
  EXPECT_FALSE(asks_for_page("application/json, text/html;q=0"));
  EXPECT_FALSE(asks_for_page("application/json, text/*, */*"));
  EXPECT_FALSE(asks_for_page("text/html-like"));
  EXPECT_FALSE(asks_for_page(""));
}

TEST(EntityTag, IsFoundInAList) {
  EXPECT_TRUE(names_entity_tag(R"("a", W/"b" , "c")", R"("b")"));
  EXPECT_TRUE(names_entity_tag(" * ", R"("b")"));
  EXPECT_FALSE(names_entity_tag(R"("a", "bc")", R"("b")"));
  EXPECT_FALSE(names_entity_tag("", R"("b")"));
}

TEST(MediaType, LeavesItsParametersOut) {
  EXPECT_EQ(media_type("application/json ; charset=utf-8"), "application/json");
}

TEST(EventText, MakesALineOfEveryLine) {
  EXPECT_EQ(event_text({.id = "7", .event = "order", .data = "a\nb\r\nc\rd"}),
            "id: 7\nevent: order\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
}

TEST(EventText, AnIdNeverMakesAFieldOfItsOwn) {
  EXPECT_EQ(event_text({.id = "7\nevent: forged", .data = ""}), "id: 7\ndata: \n\n");
}

}  // namespace
}  // namespace tandem::http
