// SPDX-License-Identifier: Apache-2.0
// Streams over sockets: delivered piece by piece, ended by either side.
#include <gtest/gtest.h>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <future>
#include <mutex>
#include <stdexcept>

#include "http/event_stream.hpp"
#include "http_client.hpp"

namespace tandem::http::test {
namespace {

namespace asio = boost::asio;
using Chunk = std::optional<std::string>;

// A producer whose chunks the test hands out one at a time; it waits on a timer that never ends by
// itself, as a real one waits for news.
class Tap {
 public:
  void give(Chunk chunk) {
    const std::lock_guard lock(mutex_);
    chunks_.push_back(std::move(chunk));
    if (timer_) asio::post(timer_->get_executor(), [timer = timer_] { timer->cancel(); });
  }

  Awaitable<Chunk> next() {
    const auto executor = co_await asio::this_coro::executor;
    if (must_wait(executor)) {
      boost::system::error_code ended;
      co_await timer_->async_wait(asio::redirect_error(asio::use_awaitable, ended));
    }
    co_return take();
  }

 private:
  bool must_wait(const asio::any_io_executor& executor) {
    const std::lock_guard lock(mutex_);
    if (!chunks_.empty()) return false;
    timer_ = std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
    return true;
  }

  // Nothing when the wait was canceled. The timer must not outlive the listener.
  Chunk take() {
    const std::lock_guard lock(mutex_);
    timer_.reset();
    if (chunks_.empty()) return std::nullopt;
    Chunk chunk = std::move(chunks_.front());
    chunks_.erase(chunks_.begin());
    return chunk;
  }

  std::mutex mutex_;
  std::vector<Chunk> chunks_;
  std::shared_ptr<asio::steady_timer> timer_;
};

// Tells, by its future, when the response that holds it has ended.
struct Ending {
  ~Ending() { done.set_value(); }
  std::promise<void> done;
};

class StreamTest : public testing::Test {
 protected:
  StreamTest() {
    app_.route("/events").get([this](const Request&) {
      auto ending = std::make_shared<Ending>();
      ended_ = ending->done.get_future();
      return event_stream([this, ending] { return tap_.next(); });
    });
    app_.route("/export").get([this](const Request&) {
      Response response;
      response.stream = [this] { return tap_.next(); };
      return response;
    });
    app_.route("/broken").get([](const Request&) {
      Response response;
      response.stream = []() -> Awaitable<Chunk> {
        throw std::runtime_error("x");
        co_return std::nullopt;
      };
      return response;
    });
    app_.route("/a").get([](const Request&) { return json(200, "a"); });
  }

  Tap tap_;
  std::future<void> ended_;
  Router app_;
};

TEST_F(StreamTest, DeliversEventsInPieces) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send(get("/events"));
  const Answer head = client.read_head();
  EXPECT_EQ(head.headers.at("content-type"), "text/event-stream");
  EXPECT_EQ(head.headers.at("transfer-encoding"), "chunked");
  for (const std::string id : {"1", "2", "3"}) {  // each before the next one is made
    tap_.give(event_text({.id = id, .data = "{}"}));
    EXPECT_EQ(client.read_chunk(), "id: " + id + "\ndata: {}\n\n");
  }
  tap_.give(std::nullopt);
  EXPECT_EQ(client.read_chunk(), "");
}

TEST_F(StreamTest, TheConnectionServesTheNextRequestAfterwards) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send(get("/export") + get("/a"));  // the second waits while the first is streamed
  tap_.give("one,");
  tap_.give("");  // says nothing, and does not end the answer
  tap_.give("two");
  tap_.give(std::nullopt);
  EXPECT_EQ(client.read().body, "one,two");
  EXPECT_EQ(client.read().body, "a");
}

TEST_F(StreamTest, EndsWhenTheClientGoes) {
  const auto listener = listen(app_);
  {
    Client client(listener->port());
    client.send(get("/events"));
    EXPECT_EQ(client.read_head().status, 200);
    tap_.give("x");
    EXPECT_EQ(client.read_chunk(), "x");
  }
  EXPECT_EQ(ended_.wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST_F(StreamTest, AStopEndsEventsProperly) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send(get("/events"));
  EXPECT_EQ(client.read_head().status, 200);
  tap_.give("x");
  EXPECT_EQ(client.read_chunk(), "x");
  std::thread reader([&] {
    EXPECT_EQ(client.read_chunk(), "");
    EXPECT_TRUE(client.at_end());
  });
  EXPECT_TRUE(listener->stop(std::chrono::seconds(10)));
  reader.join();
}

TEST_F(StreamTest, ABrokenProducerCutsTheAnswerOff) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send(get("/broken"));
  EXPECT_EQ(client.read_head().status, 200);
  EXPECT_TRUE(client.at_end()) << "no last chunk: the client must not take it for whole";
}

TEST_F(StreamTest, OldClientsReadToTheEnd) {
  const auto listener = listen(app_);
  Client client(listener->port());
  client.send("GET /export HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  tap_.give("one");
  tap_.give(std::nullopt);
  const Answer head = client.read_head();
  EXPECT_FALSE(head.headers.contains("transfer-encoding"));
  EXPECT_EQ(head.headers.at("connection"), "close");
  EXPECT_FALSE(client.at_end());
}

}  // namespace
}  // namespace tandem::http::test
