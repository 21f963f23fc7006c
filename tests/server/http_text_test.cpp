// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "http/headers.hpp"
#include "http/target.hpp"
#include "http/text.hpp"

namespace tandem::http {
namespace {

struct Parsed {
  bool taken = false;
  std::vector<std::string> segments;
  std::vector<Parameter> query;
};

Parsed parse(std::string target) {
  Request request{.target = std::move(target)};
  Segments segments;
  Parsed out;
  out.taken = parse_target(request, segments);
  for (const std::string_view segment : segments.all()) out.segments.emplace_back(segment);
  out.query = request.query;
  return out;
}

using Texts = std::vector<std::string>;

TEST(Date, ComesInThreeForms) {
  constexpr std::int64_t kThen = 784'111'777'000;
  EXPECT_EQ(date_ms("Sun, 06 Nov 1994 08:49:37 GMT"), kThen);
  EXPECT_EQ(date_ms("Sunday, 06-Nov-94 08:49:37 GMT"), kThen);
  EXPECT_EQ(date_ms(" Sun Nov  6 08:49:37 1994 "), kThen);
  for (const char* text : {"", "120", "Sun, 06 Nov 1994", "Sun, 06 Nov 1994 08:49:37 GMT+1",
                           "Sun, 06 Nov 1994 25:49:37 GMT", "soon"}) {
    EXPECT_FALSE(date_ms(text)) << text;
  }
}

TEST(Headers, FindsNamesWhateverTheirCase) {
  Headers headers;
  headers.add("Content-Type", "application/json");
  EXPECT_EQ(headers.get("content-TYPE"), "application/json");
  EXPECT_EQ(headers.get("Content"), std::nullopt);
}

TEST(Headers, SetReplacesEveryFieldOfTheName) {
  Headers headers;
  headers.add("Vary", "Origin");
  headers.add("X", "1");
  headers.add("vary", "Accept");
  headers.set("VARY", "Cookie");
  EXPECT_EQ(headers.size(), 2U);
  EXPECT_EQ(headers.get("Vary"), "Cookie");
}

TEST(Headers, AValueNeverSplitsTheHead) {
  Headers headers;
  headers.add("Location", "/a\r\nSet-Cookie: b=c");
  EXPECT_EQ(headers.get("Location"), "/a  Set-Cookie: b=c");
}

TEST(Request, FindsOneCookieAmongMany) {
  Request request;
  request.headers.add("Cookie", "a=1; __Host-order=s=x; b=2");
  EXPECT_EQ(request.cookie("__Host-order"), "s=x");
  EXPECT_EQ(request.cookie("b"), "2");
  EXPECT_EQ(request.cookie("c"), std::nullopt);
}

TEST(Target, CutsThePathBeforeDecodingIt) {
  const Parsed parsed = parse("/v1/a%2Fb/%D8%B3?q=1+2%2B3&empty&q=4");
  ASSERT_TRUE(parsed.taken);
  EXPECT_EQ(parsed.segments, (Texts{"v1", "a/b", "س"}));
  EXPECT_EQ(parsed.query, (std::vector<Parameter>{{"q", "1 2+3"}, {"empty", ""}, {"q", "4"}}));
}

TEST(Target, KeepsAPlusInThePath) { EXPECT_EQ(parse("/a+b").segments, (Texts{"a+b"})); }

TEST(Target, TakesTheAbsoluteForm) {
  EXPECT_EQ(parse("http://shop.example:80/a/b?c=d").segments, (Texts{"a", "b"}));
  EXPECT_EQ(parse("HTTPS://shop.example").segments, (Texts{""}));
}

TEST(Target, RejectsBrokenEscapes) {
  for (const char* target : {"/%", "/%4", "/%zz", "/a?b=%f", "/a?%-1=b"}) {
    EXPECT_FALSE(parse(target).taken) << target;
  }
}

TEST(Target, RejectsWaysOutOfAFolder) {
  for (const char* target : {"/..", "/a/../b", "/%2e%2e/a", "/a/%2E", "/.%2e/etc"}) {
    EXPECT_FALSE(parse(target).taken) << target;
  }
}

TEST(Target, RejectsBytesThatAreNotCleanText) {
  for (const char* target : {"/%00", "/%0a", "/%ff", "/%c0%ae", "/%ed%a0%80", "/a?b=%00"}) {
    EXPECT_FALSE(parse(target).taken) << target;
  }
}

TEST(Target, RejectsOtherForms) {
  for (const char* target : {"", "?a=b", "shop:443", "v1/orders", "/a#b", "*", "ftp://shop/a"}) {
    EXPECT_FALSE(parse(target).taken) << target;
  }
}

TEST(Target, RejectsMoreSegmentsAndKeysThanTheLimit) {
  std::string deep, wide = "/?";
  for (int i = 0; i < 32; ++i) deep += "/a";
  for (int i = 0; i < 64; ++i) wide += "a&";
  EXPECT_TRUE(parse(deep).taken);
  EXPECT_FALSE(parse(deep + "/a").taken);
  EXPECT_TRUE(parse(wide).taken);
  EXPECT_FALSE(parse(wide + "a").taken);
}

TEST(Text, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(as_utf8("a\xff"
                    "b\xc3"),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd");
  EXPECT_EQ(as_utf8("چای €"), "چای €");
}

}  // namespace
}  // namespace tandem::http
