// SPDX-License-Identifier: Apache-2.0
// The listener over sockets: clients that ask too much, send too slowly or send nonsense. Each gets
// its problem document and loses its connection; the next client finds the server as it was.
#include <gtest/gtest.h>

#include <vector>

#include "http_client.hpp"

namespace tandem::http::test {
namespace {

constexpr std::chrono::milliseconds kSoon{40};

class LimitsTest : public testing::Test {
 protected:
  LimitsTest() : app_(1000) {
    app_.route("/echo").post([](const Request& r) { return json(200, r.body); });
    app_.route("/echo").get([](const Request&) { return json(200, "{}"); });
  }

  // One client sends `bytes`; it gets the problem and the end of the connection, others go on.
  void expect_refusal(Listener& listener, const std::string& bytes, int status,
                      const std::string& reason) {
    SCOPED_TRACE(bytes.substr(0, 200));
    Client client(listener.port());
    client.send(bytes);
    Answer answer = client.read();
    EXPECT_EQ(answer.status, status);
    EXPECT_NE(answer.body.find("\"reason\":\"" + reason + '"'), std::string::npos) << answer.body;
    EXPECT_EQ(answer.headers["content-type"], "application/problem+json");
    EXPECT_EQ(answer.headers["connection"], "close");
    EXPECT_TRUE(client.at_end());
    Client next(listener.port());
    next.send(get("/echo"));
    EXPECT_EQ(next.read().status, 200);
  }

  Router app_;
};

TEST_F(LimitsTest, RejectsWhatIsTooLarge) {
  Limits limits;
  limits.head_bytes_max = 2000;
  limits.target_bytes_max = 500;
  limits.headers_max = 10;
  const auto listener = listen(app_, limits);
  const std::string large(10 * 1024 * 1024, 'x');
  std::string many;
  for (int i = 0; i < 11; ++i) many += "X: y\r\n";
  const std::string coded =
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n";
  expect_refusal(*listener, get("/" + large.substr(0, 600)), 414, "target_too_long");
  expect_refusal(*listener, get("/echo", "X: " + large.substr(0, 3000) + "\r\n"), 431,
                 "header_too_large");
  expect_refusal(*listener, get("/echo", many), 431, "header_too_large");
  expect_refusal(*listener, post("/echo", large.substr(0, 1001)), 413, "size_exceeded");
  expect_refusal(*listener, coded + "3e9\r\n" + large.substr(0, 1001) + "\r\n0\r\n\r\n", 413,
                 "size_exceeded");
}

TEST_F(LimitsTest, TellsAClientThatIsStillSending) {
  const auto listener = listen(app_);
  const std::string large(1024 * 1024, 'x');
  expect_refusal(*listener, post("/echo", large), 413, "size_exceeded");
  expect_refusal(*listener, get("/echo", "X: " + large + "\r\n"), 431, "header_too_large");
}

TEST_F(LimitsTest, RejectsRequestsThatCouldHideAnother) {
  const auto listener = listen(app_);
  const std::string hidden = "0\r\n\r\n" + get("/echo");
  const std::string start = "POST /echo HTTP/1.1\r\nHost: a\r\n";
  expect_refusal(*listener,
                 start + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n" + hidden, 400,
                 "request_malformed");
  expect_refusal(*listener, start + "Transfer-Encoding: xchunked\r\n\r\n" + hidden, 400,
                 "request_malformed");
  expect_refusal(*listener, start + "Content-Length: 5\r\nContent-Length: 0\r\n\r\n" + hidden, 400,
                 "request_malformed");
  expect_refusal(*listener, "\x16\x03\x01\x02\r\n\r\n", 400, "request_malformed");
}

TEST_F(LimitsTest, TheBodyOfARefusedRequestIsNotTheNextRequest) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send(post("/none", get("/echo")));
  EXPECT_EQ(client.read().status, 404);
  EXPECT_TRUE(client.at_end());
}

TEST_F(LimitsTest, RejectsHeadsAndBodiesThatDoNotArriveInTime) {
  Limits limits;
  limits.head_timeout = kSoon;
  limits.body_timeout = kSoon;
  const auto listener = listen(app_, limits);
  const std::string body = post("/echo", "{}");
  expect_refusal(*listener, "GET /echo HTTP/1.1\r\nHost: a\r\n", 408, "request_timeout");
  expect_refusal(*listener, body.substr(0, body.size() - 1), 408, "request_timeout");
}

TEST_F(LimitsTest, AHeadThatTricklesInIsStillLate) {
  Limits limits;
  limits.head_timeout = kSoon;
  const auto listener = listen(app_, limits);
  Client client(listener->port());
  do {
    client.send("X");
  } while (!client.hears_within(kSoon / 8));
  EXPECT_EQ(client.read().status, 408);
  EXPECT_TRUE(client.at_end());
}

TEST_F(LimitsTest, ClosesIdleConnectionsWithoutAWord) {
  Limits limits;
  limits.idle_timeout = kSoon;
  const auto listener = listen(app_, limits);
  Client silent(listener->port());
  EXPECT_TRUE(silent.at_end());
  Client once(listener->port());
  once.send(get("/echo"));
  EXPECT_EQ(once.read().status, 200);
  EXPECT_TRUE(once.at_end());
}

TEST_F(LimitsTest, ClosesOnClientsThatDoNotReadTheirAnswer) {
  const auto large = std::make_shared<const std::string>(64 * 1024 * 1024, 'x');
  app_.route("/large").get([&](const Request&) {
    Response response;
    response.shared = large;
    return response;
  });
  Limits limits;
  limits.write_timeout = kSoon;
  const auto listener = listen(app_, limits);
  Client client(listener->port());
  client.send(get("/large"));
  EXPECT_EQ(client.read_head().status, 200);
  ASSERT_TRUE(listener->stop(std::chrono::seconds(10))) << "the connection ended by itself";
}

TEST_F(LimitsTest, TurnsConnectionsAboveTheLimitAway) {
  Limits limits;
  limits.connections_max = 3;
  const auto listener = listen(app_, limits);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<Client>(listener->port()));
    clients.back()->send(get("/echo"));
    EXPECT_EQ(clients.back()->read().status, 200);
  }
  {
    Client fourth(listener->port());
    const Answer answer = fourth.read();
    EXPECT_EQ(answer.status, 503);
    EXPECT_NE(answer.body.find("\"limit\":3,\"reason\":\"overloaded\""), std::string::npos);
    EXPECT_EQ(answer.headers.at("retry-after"), "1");
    EXPECT_TRUE(fourth.at_end());
  }
  clients.pop_back();
  for (int status = 503; status == 503;) {  // until the server has seen the others go
    Client fourth(listener->port());
    fourth.send(get("/echo"));
    status = fourth.read().status;
    EXPECT_TRUE(status == 503 || status == 200) << status;
  }
  clients.front()->send(get("/echo"));
  EXPECT_EQ(clients.front()->read().status, 200);
}

}  // namespace
}  // namespace tandem::http::test
