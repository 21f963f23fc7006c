// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who wants to know when an order has moved on: open event streams. What they are told is a hint to
// look into the store: this node's commits at once, those of others as FeedWatch finds them. A
// listener that has gone is forgotten. A stream of somebody who is signed in is told of the end of
// its session as well.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "app/mailbox.hpp"
#include "store/rows.hpp"

namespace tandem::app {

class Feed {
 public:
  using Listener = std::shared_ptr<Mailbox<bool>>;
  /// Instead of an order's number: told of every order.
  static constexpr std::int64_t kEveryOrder = 0;

  void listen(std::int64_t order_no, const Listener& listener) {
    const std::lock_guard lock(mutex_);
    listeners_.emplace(order_no, listener);
  }

  void leave(std::int64_t order_no, const Listener& listener) {
    const std::lock_guard lock(mutex_);
    auto [from, to] = listeners_.equal_range(order_no);
    while (from != to) from = from->second == listener ? listeners_.erase(from) : std::next(from);
  }

  void tell(std::int64_t order_no) {
    const std::lock_guard lock(mutex_);
    for (const std::int64_t key : {order_no, kEveryOrder}) {
      const auto [from, to] = listeners_.equal_range(key);
      for (auto it = from; it != to; ++it) it->second->deliver(true);
    }
  }

  /// Instead of an order's number: told when this session ends.
  [[nodiscard]] static std::int64_t key_of_session(const store::Digest& hash) {
    std::uint64_t first = 0;
    for (std::size_t i = 0; i < sizeof first; ++i) first = first << 8U | hash[i];
    return -1 - static_cast<std::int64_t>(first >> 1U);
  }

  void tell_session(const store::Digest& hash) {
    const std::lock_guard lock(mutex_);
    const auto [from, to] = listeners_.equal_range(key_of_session(hash));
    for (auto it = from; it != to; ++it) it->second->deliver(true);
  }

  void tell_all() {
    const std::lock_guard lock(mutex_);
    for (const auto& [order_no, listener] : listeners_) listener->deliver(true);
  }

  [[nodiscard]] bool has_listeners() {
    const std::lock_guard lock(mutex_);
    return !listeners_.empty();
  }

 private:
  std::mutex mutex_;
  std::multimap<std::int64_t, Listener> listeners_;
};

}  // namespace tandem::app
