// SPDX-License-Identifier: Apache-2.0
#pragma once
// A place where one coroutine waits, for a while, for a value that another thread delivers. The
// coroutine closes it when it no longer looks; what comes afterwards is dropped.
//
//   auto box = std::make_shared<Mailbox<int>>(co_await this_coro::executor);
//   const Waiting<int> closing(box);
//   hand_to_somebody(std::make_shared<Sender<int>>(box));
//   std::optional<int> value = co_await box->wait(std::chrono::seconds(5));

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
    wake([v = std::move(value)](Mailbox& box) mutable { box.value_ = std::move(v); });
  }

  /// From any thread: nothing more will be delivered.
  void end() {
    wake([](Mailbox& box) { box.ended_ = true; });
  }

  /// On the executor only: the value, or nothing when none came in time or none will come.
  [[nodiscard]] boost::asio::awaitable<std::optional<T>> wait(std::chrono::milliseconds patience) {
    if (!value_ && !ended_) {
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
  void wake(auto change) {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    boost::asio::post(executor_,
                      [self = this->shared_from_this(), change = std::move(change)]() mutable {
                        change(*self);
                        if (self->timer_) self->timer_->cancel();
                      });
  }

  boost::asio::any_io_executor executor_;
  std::optional<boost::asio::steady_timer> timer_;
  std::optional<T> value_;
  bool ended_ = false;
  std::mutex mutex_;  // guards closed_, and the executor against use after it
  bool closed_ = false;
};

/// The right to deliver, shared by all who may have something to deliver. When the last of them
/// lets go of it, whatever came in between, nobody waits any longer.
template <class T>
class Sender {
 public:
  explicit Sender(std::shared_ptr<Mailbox<T>> box) : box_(std::move(box)) {}
  ~Sender() { box_->end(); }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  /// From any thread.
  void deliver(T value) { box_->deliver(std::move(value)); }

 private:
  std::shared_ptr<Mailbox<T>> box_;
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
