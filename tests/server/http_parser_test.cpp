// SPDX-License-Identifier: Apache-2.0
// The parser on bytes: what a request may look like, and what two servers in a row could read
// differently.
#include <gtest/gtest.h>

#include "http/request_parser.hpp"

namespace tandem::http {
namespace {

using State = RequestParser::State;

// Feeds bytes in pieces of a size, as a listener does, and tells how it went.
class Feed {
 public:
  explicit Feed(std::string bytes, std::size_t piece = 1'000'000, Limits limits = {},
                std::size_t body_max = 100)
      : limits_(limits), rest_(std::move(bytes)) {
    std::size_t given = 0;
    while (given < rest_.size() && parser.state() != State::complete && !refused()) {
      given = std::min(rest_.size(), given + piece);
      step(given, body_max);
    }
  }

  [[nodiscard]] bool refused() const { return parser.state() == State::refused; }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] std::string_view reason() const {
    return refused() ? name(parser.rejection().reason) : "";
  }

 private:
  void step(std::size_t& given, std::size_t body_max) {
    for (;;) {
      const State before = parser.state();
      const std::size_t taken = parser.feed(std::string_view(rest_).substr(0, given));
      rest_.erase(0, taken);
      given -= taken;
      if (before == State::head && parser.state() == State::body) {
        parser.limit_body(body_max);
      } else {
        return;
      }
    }
  }

  Limits limits_;
  std::string rest_;

 public:
  Request request;
  RequestParser parser{limits_, request};
};

TEST(RequestParser, ReadsARequestCutAnywhere) {
  const std::string bytes =
      "POST /v1/orders?a=b HTTP/1.1\r\nHost: shop\r\nContent-Length: 5\r\nX-Long:   value \r\n\r\n"
      "hello";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    Feed feed(bytes + "GET", piece);
    ASSERT_EQ(feed.parser.state(), State::complete) << piece << ' ' << feed.reason();
    EXPECT_EQ(feed.request.method, Method::post);
    EXPECT_EQ(feed.request.target, "/v1/orders?a=b");
    EXPECT_EQ(feed.request.headers.get("x-long"), "value");
    EXPECT_EQ(feed.request.body, "hello");
    EXPECT_EQ(feed.rest(), "GET");
  }
}

TEST(RequestParser, ReadsChunksCutAnywhere) {
  const std::string bytes =
      "PUT / HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "3;x=\"y\"\r\nabc\r\n2\r\nde\r\n0\r\nAuthorization: forged\r\n\r\n";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    Feed feed(bytes, piece);
    ASSERT_EQ(feed.parser.state(), State::complete) << piece << ' ' << feed.reason();
    EXPECT_EQ(feed.request.body, "abcde");
    EXPECT_FALSE(feed.request.headers.contains("Authorization")) << "a trailer is no header";
  }
}

TEST(RequestParser, KnowsWhoWantsToGoOn) {
  EXPECT_TRUE(Feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n").parser.keep_alive());
  EXPECT_FALSE(Feed("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").parser.keep_alive());
  EXPECT_FALSE(Feed("GET / HTTP/1.0\r\n\r\n").parser.keep_alive());
  EXPECT_TRUE(Feed("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").parser.keep_alive());
}

TEST(RequestParser, RejectsWhatTwoServersCouldReadDifferently) {
  const std::string start = "POST / HTTP/1.1\r\nHost: a\r\n";
  for (const std::string fields : {
           "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
           "Content-Length: 3\r\nContent-Length: 3\r\n",
           "Content-Length: 3, 3\r\n",
           "Content-Length: +3\r\n",
           "Content-Length: 0x3\r\n",
           "Content-Length: -3\r\n",
           "Content-Length: 99999999999999999999\r\n",
           "Content-Length:\r\n",
           "Transfer-Encoding: identity\r\n",
           "Transfer-Encoding: gzip, chunked\r\n",
           "Transfer-Encoding: xchunked\r\n",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding : chunked\r\n",
           "Host: b\r\n",
           "Bad Name: x\r\n",
           "X: a\nContent-Length: 3\r\n",
           "X: a\rb\r\n",
           "X: a\r\n b\r\n",
           "X: a\r\n\tb\r\n",
           "Content-Length: 3\r\n Transfer-Encoding: chunked\r\n",
           "Transfer-Encoding:\r\n chunked\r\n",
           "X: a\r\n \r\n",
       }) {
    EXPECT_EQ(Feed(start + fields + "\r\nabc").reason(), "request_malformed") << fields;
  }
  EXPECT_EQ(Feed("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").reason(), "request_malformed");
  EXPECT_EQ(Feed("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").reason(),
            "request_malformed");
}

TEST(RequestParser, RejectsWhatIsNotHttp) {
  for (const std::string bytes : {
           "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
           "GET /\r\n\r\n",
           "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
           "\x16\x03\x01\x02\x01\x01\xfc\x03\x03 hello",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
           "fffffffffffffffff\r\n",
       }) {
    EXPECT_EQ(Feed(bytes).reason(), "request_malformed") << bytes;
  }
}

TEST(RequestParser, RejectsBodiesAboveTheLimit) {
  const std::string start = "POST / HTTP/1.1\r\nHost: a\r\n";
  const std::string coded = start + "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(Feed(start + "Content-Length: 101\r\n\r\n").reason(), "size_exceeded");
  EXPECT_EQ(Feed(coded + "65\r\nx").reason(), "size_exceeded");
  EXPECT_EQ(Feed(coded + "ffffffffffffffff\r\n").reason(), "size_exceeded");
  const std::string chunk = "32\r\n" + std::string(50, 'x') + "\r\n";
  EXPECT_EQ(Feed(coded + chunk + chunk + "0\r\n\r\n").request.body.size(), 100U);
  EXPECT_EQ(Feed(coded + chunk + chunk + "1\r\nx\r\n").reason(), "size_exceeded");
}

TEST(RequestParser, RejectsHeadsAboveTheLimitHoweverTheyCome) {
  Limits limits;
  limits.head_bytes_max = 500;
  limits.target_bytes_max = 100;
  limits.headers_max = 20;
  for (const std::size_t piece : {1U, 7U, 64U, 10'000U}) {
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 30; ++i) many += "X: y\r\n";
    EXPECT_EQ(Feed(many + "\r\n", piece, limits).reason(), "header_too_large");
    const std::string large = "GET / HTTP/1.1\r\nX: " + std::string(600, 'x') + "\r\n\r\n";
    EXPECT_EQ(Feed(large, piece, limits).reason(), "header_too_large");
    const std::string far = "GET /" + std::string(200, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    EXPECT_EQ(Feed(far, piece, limits).reason(), "target_too_long");
    const std::string endless = "GET /" + std::string(600, 'x');
    EXPECT_EQ(Feed(endless, piece, limits).reason(), "target_too_long");
    const std::string trailers =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " +
        std::string(600, 'x');
    EXPECT_EQ(Feed(trailers, piece, limits).reason(), "header_too_large");
  }
}

TEST(RequestParser, StartsAnew) {
  Feed feed("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
  ASSERT_EQ(feed.parser.state(), State::complete);
  feed.parser.restart();
  EXPECT_EQ(feed.parser.state(), State::head);
  EXPECT_EQ(feed.request.body, "");
  EXPECT_EQ(feed.request.headers.size(), 0U);
  const std::string next = "GET /b HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(feed.parser.feed(next), next.size());
  EXPECT_EQ(feed.parser.state(), State::complete);
  EXPECT_EQ(feed.request.target, "/b");
}

}  // namespace
}  // namespace tandem::http
