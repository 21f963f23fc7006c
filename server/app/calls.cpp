// SPDX-License-Identifier: Apache-2.0
#include "app/calls.hpp"

#include <exception>

namespace tandem::app {

Calls::Calls(Limits limits) : limits_(limits) {}

Calls::~Calls() { stop(); }

bool Calls::submit(std::string key, std::function<void()> call) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || waiting_.size() >= limits_.waiting_max) return false;
  if (!key.empty() && !keys_.insert(key).second) return false;
  waiting_.push_back({.key = std::move(key), .call = std::move(call)});
  if (threads_.size() < limits_.threads && running_ + waiting_.size() > threads_.size()) {
    threads_.emplace_back([this] { work(); });
  }
  wake_.notify_one();
  return true;
}

bool Calls::is_busy() {
  const std::lock_guard lock(mutex_);
  return waiting_.size() >= 4 * limits_.threads;
}

void Calls::wait_idle() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return stopping_ || (waiting_.empty() && running_ == 0); });
}

void Calls::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;  // what is left waits in the outbox
    One one = std::move(waiting_.front());
    waiting_.pop_front();
    ++running_;
    lock.unlock();
    try {
      one.call();
    } catch (const std::exception&) {
      // Whatever it was, the task is still in the outbox and is made again when it is due.
    }
    one.call = nullptr;
    lock.lock();
    --running_;
    if (!one.key.empty()) keys_.erase(one.key);
    if (waiting_.empty() && running_ == 0) idle_.notify_all();
  }
}

void Calls::stop() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
    waiting_.clear();
  }
  wake_.notify_all();
  idle_.notify_all();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace tandem::app
