// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who wants to know when an order has moved on: open event streams. Told after the commit, with
// the order's new version; a listener that has gone is forgotten.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "app/mailbox.hpp"

namespace tandem::app {

class Feed {
 public:
  using Listener = std::shared_ptr<Mailbox<std::int64_t>>;

  void listen(std::int64_t order_no, const Listener& listener) {
    const std::lock_guard lock(mutex_);
    listeners_.emplace(order_no, listener);
  }

  void leave(std::int64_t order_no, const Listener& listener) {
    const std::lock_guard lock(mutex_);
    auto [from, to] = listeners_.equal_range(order_no);
    while (from != to) from = from->second == listener ? listeners_.erase(from) : std::next(from);
  }

  void tell(std::int64_t order_no, std::int64_t version) {
    const std::lock_guard lock(mutex_);
    const auto [from, to] = listeners_.equal_range(order_no);
    for (auto it = from; it != to; ++it) it->second->deliver(version);
  }

 private:
  std::mutex mutex_;
  std::multimap<std::int64_t, Listener> listeners_;
};

}  // namespace tandem::app
