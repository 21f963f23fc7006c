// SPDX-License-Identifier: Apache-2.0
#pragma once
// A place where one coroutine waits, for a while, for a value that another thread delivers. The
// coroutine closes it when it no longer looks; what comes afterwards is dropped.
//
//   auto box = std::make_shared<Mailbox<int>>(co_await this_coro::executor);
//   hand_to_somebody(box);
//   std::optional<int> value = co_await box->wait(std::chrono::seconds(5));
//   box->close();

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace tandem::app {

template <class T>
class Mailbox : public std::enable_shared_from_this<Mailbox<T>> {
 public:
  explicit Mailbox(boost::asio::any_io_executor executor)
      : executor_(executor), timer_(std::in_place, executor) {}

  /// From any thread. The newest value replaces one that was not taken yet.
  void deliver(T value) {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    boost::asio::post(executor_, [self = this->shared_from_this(), v = std::move(value)]() mutable {
      self->value_ = std::move(v);
      if (self->timer_) self->timer_->cancel();
    });
  }

  /// On the executor only: the value, or nothing when none came in time.
  [[nodiscard]] boost::asio::awaitable<std::optional<T>> wait(std::chrono::milliseconds patience) {
    if (!value_) {
      timer_->expires_after(patience);
      co_await timer_->async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
    co_return std::exchange(value_, std::nullopt);
  }

  /// On the executor only. Others may keep the mailbox longer than the executor lives.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    timer_.reset();
  }

 private:
  boost::asio::any_io_executor executor_;
  std::optional<boost::asio::steady_timer> timer_;
  std::optional<T> value_;
  std::mutex mutex_;  // guards closed_, and the executor against use after it
  bool closed_ = false;
};

/// Closes a mailbox when the coroutine that waits on it ends, however it ends.
template <class T>
class Waiting {
 public:
  explicit Waiting(std::shared_ptr<Mailbox<T>> box) : box_(std::move(box)) {}
  ~Waiting() { box_->close(); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  std::shared_ptr<Mailbox<T>> box_;
};

}  // namespace tandem::app
