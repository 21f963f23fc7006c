// SPDX-License-Identifier: Apache-2.0
// The listener over sockets: well-behaved clients.
#include "http/listener.hpp"

#include <gtest/gtest.h>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <stdexcept>

#include "http_client.hpp"

namespace tandem::http::test {
namespace {

class ListenerTest : public testing::Test {
 protected:
  ListenerTest() {
    app_.route("/echo").post([](const Request& r) { return json(200, r.body); });
    app_.route("/from").get([](const Request& r) { return json(200, r.remote_address); });
    app_.route("/large").get([this](const Request&) {
      Response response;
      response.shared = large_;
      return response;
    });
    app_.route("/later/{id}").get([](const Request& r) -> Awaitable<Response> {
      const auto executor = co_await boost::asio::this_coro::executor;
      co_await boost::asio::post(executor, boost::asio::use_awaitable);
      co_return json(200, std::string(r.path_parameter("id")));
    });
    app_.route("/throws").get([](const Request&) -> Response { throw std::runtime_error("x"); });
  }

  std::shared_ptr<const std::string> large_ =
      std::make_shared<const std::string>(8 * 1024 * 1024, 'x');
  Router app_;
};

TEST_F(ListenerTest, KeepsTheConnectionForTheNextRequest) {
  const auto listener = listen(app_);
  Client client(listener->port());
  for (int i = 0; i < 3; ++i) {
    client.send(post("/echo", std::to_string(i)));
    const Answer answer = client.read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, std::to_string(i));
    EXPECT_EQ(answer.headers.at("content-type"), "application/json");
    EXPECT_TRUE(answer.headers.at("date").ends_with(" GMT"));
    EXPECT_FALSE(answer.headers.contains("connection"));
  }
}

TEST_F(ListenerTest, ReadsARequestThatComesInPieces) {
  const auto listener = listen(app_);
  Client client(listener->port());
  for (const char byte : post("/echo", "{\"a\":1}")) client.send({&byte, 1});
  EXPECT_EQ(client.read().body, "{\"a\":1}");
}

TEST_F(ListenerTest, AnswersPipelinedRequestsInOrder) {
  const auto listener = listen(app_);
  Client client(listener->port());
  std::string all;
  for (int i = 0; i < 200; ++i) {
    all += i % 2 == 0 ? post("/echo", std::to_string(i)) : get("/later/" + std::to_string(i));
  }
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 200; ++i) ASSERT_EQ(client.read().body, std::to_string(i));
}

TEST_F(ListenerTest, AnswersHeadWithTheLengthAlone) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send("HEAD /large HTTP/1.1\r\nHost: shop\r\n\r\n" + get("/later/7"));
  EXPECT_EQ(client.read(true).headers.at("content-length"), "8388608");
  EXPECT_EQ(client.read().body, "7");
}

TEST_F(ListenerTest, SendsMoreThanASocketHolds) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send(get("/large") + get("/large"));
  EXPECT_EQ(client.read().body, *large_);
  EXPECT_EQ(client.read().body, *large_);
}

TEST_F(ListenerTest, ClosesWhenAskedTo) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send(get("/later/1", "Connection: close\r\n"));
  EXPECT_EQ(client.read().headers.at("connection"), "close");
  EXPECT_TRUE(client.at_end());
  Client old(listener->port());
  old.send("GET /later/1 HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read().body, "1");
  EXPECT_TRUE(old.at_end());
}

TEST_F(ListenerTest, GivesLeaveToSendABodyOnlyWhenItWillBeRead) {
  const auto listener = listen(app_);
  const std::string fields =
      " HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  Client client(listener->port());
  client.send("POST /echo" + fields);
  EXPECT_EQ(client.read_head().status, 100);
  client.send("{}");
  EXPECT_EQ(client.read().body, "{}");
  client.send("POST /none" + fields);
  EXPECT_EQ(client.read().status, 404);
  EXPECT_TRUE(client.at_end());
}

TEST_F(ListenerTest, StaysUpWhenAHandlerThrows) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send(get("/throws") + get("/later/1"));
  EXPECT_EQ(client.read().status, 500);
  EXPECT_EQ(client.read().body, "1");
}

TEST_F(ListenerTest, KnowsTheClientsAddress) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send(get("/from"));
  EXPECT_EQ(client.read().body, "127.0.0.1");
}

TEST_F(ListenerTest, ListensOnBothFamilies) {
  auto listener = Listener::start(app_, {.endpoints = {{"127.0.0.1", 0}, {"::1", 0}}});
  ASSERT_TRUE(listener) << listener.error();
  Client four((*listener)->port(0));
  Client six((*listener)->port(1), "::1");
  four.send(get("/from"));
  six.send(get("/from"));
  EXPECT_EQ(four.read().body, "127.0.0.1");
  EXPECT_EQ(six.read().body, "::1");
}

TEST_F(ListenerTest, RejectsAnAddressThatIsTakenOrNone) {
  const auto listener = listen(app_);
  const auto taken = Listener::start(app_, {.endpoints = {{"127.0.0.1", listener->port()}}});
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().find("127.0.0.1 port " + std::to_string(listener->port())),
            std::string::npos);
  EXPECT_FALSE(Listener::start(app_, {.endpoints = {{"localhost", 0}}}));
}

}  // namespace
}  // namespace tandem::http::test
