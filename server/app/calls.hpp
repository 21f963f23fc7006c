// SPDX-License-Identifier: Apache-2.0
#pragma once
// Calls that wait for a network, beside each other and beside everything else: neither the
// committer nor the worker nor a lane of the listener waits for a provider. What does not find a
// place here stays in the outbox and is taken again.
//
//   calls.submit("provider_start/7/1/4", [&] { provider.start(intent); });
//   auto told = co_await calls.ask<Told>([&] { return provider.ask(intent); }, 5s);

#include <boost/asio/this_coro.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/mailbox.hpp"

namespace tandem::app {

class Calls {
 public:
  struct Limits {
    std::size_t threads = 8;
    std::size_t waiting_max = 4'096;
  };

  explicit Calls(Limits limits);
  ~Calls();
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;

  /// Makes the call on a thread of its own kind. False when there is no place, or when a call under
  /// this key waits or runs already; an empty key is never the same.
  bool submit(std::string key, std::function<void()> call);

  /// Whether nothing more should be taken from the outbox for now.
  [[nodiscard]] bool is_busy();

  /// Waits until nothing waits or runs.
  void wait_idle();

  /// Finishes the calls at hand, drops the others, joins. Idempotent.
  void stop();

  /// The same from a coroutine; nothing when there is no answer in time.
  template <class T>
  [[nodiscard]] boost::asio::awaitable<std::optional<T>> ask(std::function<T()> call,
                                                             std::chrono::milliseconds patience) {
    auto executor = co_await boost::asio::this_coro::executor;
    auto box = std::make_shared<Mailbox<T>>(executor);
    const Waiting<T> closing(box);
    std::function<void()> task = [sender = std::make_shared<Sender<T>>(box),
                                  call = std::move(call)] { sender->deliver(call()); };
    if (!submit({}, std::move(task))) co_return std::nullopt;
    co_return co_await box->wait(patience);
  }

 private:
  struct One {
    std::string key;
    std::function<void()> call;
  };

  void work();

  const Limits limits_;
  std::mutex mutex_;  // guards all below
  std::condition_variable wake_;
  std::condition_variable idle_;
  std::deque<One> waiting_;
  std::set<std::string> keys_;  // of those that wait or run
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;  // made with the first call
};

}  // namespace tandem::app
