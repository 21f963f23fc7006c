// SPDX-License-Identifier: Apache-2.0
#include "commit/early_writer.hpp"

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace tandem::commit {
namespace {

/// A thread that does one thing after the other.
class Helper {
 public:
  Helper() : thread_([this] { work(); }) {}
  Helper(const Helper&) = delete;
  Helper& operator=(const Helper&) = delete;
  ~Helper() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void run(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
  }

  /// Until all is done that was asked for.
  void wait() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return tasks_.empty(); });
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      const std::function<void()>& task = tasks_.front();
      lock.unlock();
      task();
      lock.lock();
      tasks_.pop_front();
      if (tasks_.empty()) idle_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  std::deque<std::function<void()>> tasks_;  // the first one is being done
  bool stopping_ = false;
  std::thread thread_;  // last: it uses everything above
};

/// The helper of a thread that runs batches; there is none until it is needed.
Helper& helper() {
  thread_local Helper helper;
  return helper;
}

/// So many takes are one write on a store that nodes share.
constexpr std::size_t kTakesShared = 3;

/// The lists that may go ahead.
store::Writes early_of(store::Writes& writes, bool is_shared) {
  store::Writes early;
  early.events.swap(writes.events);
  early.parts.swap(writes.parts);
  early.commands.swap(writes.commands);
  early.order_rows.swap(writes.order_rows);
  early.ledger_entries.swap(writes.ledger_entries);
  early.holds.swap(writes.holds);
  early.outbox.swap(writes.outbox);
  if (is_shared) return early;
  early.orders.swap(writes.orders);
  early.facts.swap(writes.facts);
  return early;
}

}  // namespace

void EarlyWriter::take(store::Writes& writes, std::vector<Later>& later) {
  Taken taken{.rows = early_of(writes, is_shared_), .later = std::exchange(later, {})};
  if (taken.rows.empty() && taken.later.empty()) return;
  Taken& some = taken_.emplace_back(std::move(taken));
  helper().run([this, &some] { make(some); });
}

void EarlyWriter::make(Taken& taken) {
  if (done_) done_ = run_later(taken.later, taken.rows);
  if (!done_) return;
  made_.append(std::move(taken.rows));
  if (is_shared_ && ++takes_ % kTakesShared != 0) return;
  made_.settle();
  done_ = batch_.write(std::exchange(made_, {}));
}

void EarlyWriter::wait() {
  if (!taken_.empty()) helper().wait();
}

store::Stored<store::Writes> EarlyWriter::finish() {
  wait();
  if (!done_) return std::unexpected(done_.error());
  return std::move(made_);
}

store::Stored<void> run_later(std::vector<Later>& later, store::Writes& to) {
  std::string what = "something";
  try {
    for (const Later& one : later) one(to);
    later.clear();
    return {};
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {}
  return store::fail({store::Fault::misuse, {}, {}, "a job threw: " + what});
}

}  // namespace tandem::commit
