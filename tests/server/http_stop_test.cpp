// SPDX-License-Identifier: Apache-2.0
// The graceful stop over sockets.
#include <gtest/gtest.h>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <future>
#include <thread>

#include "http_client.hpp"

namespace tandem::http::test {
namespace {

namespace asio = boost::asio;

// A handler that waits until the test lets it go, from another thread, as a committer would.
class Gate {
 public:
  Awaitable<void> pass() {
    return asio::async_initiate<const asio::use_awaitable_t<>, void()>(
        [this](auto handler) {
          auto executor = asio::get_associated_executor(handler);
          auto held = std::make_shared<decltype(handler)>(std::move(handler));
          open_ = [held, executor] { asio::post(executor, [held] { std::move (*held)(); }); };
          arrived_.set_value();
        },
        asio::use_awaitable);
  }

  void wait_for_arrival() { arrived_.get_future().wait(); }
  void open() { std::exchange(open_, nullptr)(); }
  void drop() { open_ = nullptr; }

 private:
  std::function<void()> open_;
  std::promise<void> arrived_;
};

class StopTest : public testing::Test {
 protected:
  StopTest() {
    app_.route("/wait").get([this](const Request&) -> Awaitable<Response> {
      co_await gate_.pass();
      co_return json(200, "done");
    });
    app_.route("/a").get([](const Request&) { return json(200, "a"); });
  }

  Gate gate_;
  Router app_;
};

TEST_F(StopTest, LetsARunningRequestFinish) {
  const auto listener = listen(app_);
  Client running(listener->port());
  Client idle(listener->port());
  idle.send(get("/a"));
  EXPECT_EQ(idle.read().status, 200);
  running.send(get("/wait"));
  gate_.wait_for_arrival();
  auto stopped =
      std::async(std::launch::async, [&] { return listener->stop(std::chrono::seconds(10)); });
  EXPECT_TRUE(idle.at_end()) << "idle connections end at once";
  EXPECT_FALSE(Client(listener->port()).connected()) << "no new ones are taken";
  gate_.open();
  const Answer answer = running.read();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(running.at_end());
  EXPECT_TRUE(stopped.get());
}

TEST_F(StopTest, CutsOffWhatTakesTooLong) {
  const auto listener = listen(app_);
  Client running(listener->port());
  running.send(get("/wait"));
  gate_.wait_for_arrival();
  EXPECT_FALSE(listener->stop(std::chrono::milliseconds(20)));
  EXPECT_TRUE(running.at_end());
  gate_.drop();
}

TEST_F(StopTest, StopsAtOnceWhenNothingRuns) {
  const auto listener = listen(app_);
  EXPECT_TRUE(listener->stop(std::chrono::seconds(10)));
  EXPECT_EQ(listener->connections(), 0U);
}

TEST_F(StopTest, IsDestroyedWithConnectionsOpen) {
  auto listener = listen(app_);
  Client idle(listener->port());
  Client half(listener->port());
  half.send("GET /a HTT");
  idle.send(get("/a"));
  EXPECT_EQ(idle.read().status, 200);
  listener.reset();
  EXPECT_TRUE(idle.at_end());
  EXPECT_TRUE(half.at_end());
}

}  // namespace
}  // namespace tandem::http::test
