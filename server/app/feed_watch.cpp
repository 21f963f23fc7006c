// SPDX-License-Identifier: Apache-2.0
#include "app/feed_watch.hpp"

namespace tandem::app {

void FeedWatch::start(std::chrono::milliseconds every) {
  thread_ = std::thread([this, every] { work(every); });
}

void FeedWatch::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void FeedWatch::work(std::chrono::milliseconds every) {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, every, [this] { return stopping_; })) {
    lock.unlock();
    look();
    lock.lock();
  }
}

void FeedWatch::look() {
  constexpr std::int64_t kPage = 1'000;
  if (!feed_.has_listeners()) return at_.reset();
  if (!at_) {
    const auto end = reads_.feed_end();
    if (!end) return;
    at_ = *end;
    // Whoever came before this look may have missed something; whoever comes after it will not.
    return feed_.tell_all();
  }
  for (;;) {
    const auto rows = reads_.feed(*at_, kPage);
    if (!rows) return at_.reset();
    for (const store::FeedRow& row : *rows) feed_.tell(row.order_no);
    if (rows->empty()) return;
    at_ = rows->back().at;
    if (static_cast<std::int64_t>(rows->size()) < kPage) return;
  }
}

}  // namespace tandem::app
