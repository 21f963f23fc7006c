// SPDX-License-Identifier: Apache-2.0
#pragma once
// Looks into the store's feed for what other nodes, and other programs on the same database, have
// committed, and tells the event streams of this one. It polls: a listening connection could not
// pass through a pooler, and notifying makes the database's commits wait for each other. While
// nobody listens it asks nothing.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "app/feed.hpp"
#include "store/reads.hpp"

namespace tandem::app {

class FeedWatch {
 public:
  FeedWatch(Feed& feed, store::Reads& reads) : feed_(feed), reads_(reads) {}
  ~FeedWatch() { stop(); }
  FeedWatch(const FeedWatch&) = delete;
  FeedWatch& operator=(const FeedWatch&) = delete;

  /// Looks so often from now on, on a thread of its own. Without it, look() is called by hand.
  void start(std::chrono::milliseconds every);
  /// Idempotent.
  void stop();

  /// Tells the streams of all that was committed since the last look.
  void look();

 private:
  void work(std::chrono::milliseconds every);

  Feed& feed_;
  store::Reads& reads_;
  std::optional<store::FeedPosition> at_;  // nothing: since when is not known
  std::mutex mutex_;                       // guards stopping_
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace tandem::app
