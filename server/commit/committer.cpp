// SPDX-License-Identifier: Apache-2.0
#include "commit/committer.hpp"

#include <algorithm>
#include <utility>

namespace tandem::commit {

Committer::Committer(store::Store& store, CommitterOptions options)
    : store_(store), options_(options), size_max_(options.batch_max) {
  if (!options_.by_hand) writer_ = std::thread([this] { work(); });
}

Committer::~Committer() { stop(); }

void Committer::submit(std::shared_ptr<Job> job, Done done) {
  Refused turned_away;
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && queue_.size() < options_.queue_max) {
      queue_.push_back({std::move(job), std::move(done)});
      wake_.notify_one();
      return;
    }
    turned_away.rejection.reason = stopping_ ? Reason::shutting_down : Reason::overloaded;
    if (!stopping_) ++counts_.overloaded;
  }
  done(turned_away);
}

void Committer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  run_all_waiting();
  const std::lock_guard joining(join_mutex_);
  if (writer_.joinable()) writer_.join();
}

CommitCounts Committer::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

std::size_t Committer::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void Committer::work() {
  for (;;) {
    std::vector<Waiting> batch;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;  // stopping, and nothing is left
      batch = take_batch();
    }
    const std::size_t size = batch.size();
    const auto begun = std::chrono::steady_clock::now();
    run(std::move(batch));
    const bool too_long = std::chrono::steady_clock::now() - begun > options_.batch_aim;
    size_max_ =
        too_long ? std::max<std::size_t>(1, size / 2) : std::min(options_.batch_max, size_max_ * 2);
  }
}

std::vector<Committer::Waiting> Committer::take_batch() {
  const std::size_t size = std::min(queue_.size(), size_max_);
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(size);
  std::vector<Waiting> batch(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return batch;
}

bool Committer::run_waiting() {
  if (!options_.by_hand) return false;
  std::vector<Waiting> batch;
  {
    const std::lock_guard lock(mutex_);
    batch = take_batch();
  }
  if (batch.empty()) return false;
  run(std::move(batch));
  return true;
}

void Committer::run_all_waiting() {
  while (run_waiting()) {}
}

void Committer::run(std::vector<Waiting> batch) {
  std::vector<Job*> jobs;
  jobs.reserve(batch.size());
  for (const Waiting& waiting : batch) jobs.push_back(waiting.job.get());
  CommitCounts counts = this->counts();
  const std::int64_t overloaded_before = counts.overloaded;
  const auto begun = std::chrono::steady_clock::now();
  const std::vector<Outcome> outcomes = run_batch(store_, jobs, counts, options_.patience);
  const auto took = std::chrono::steady_clock::now() - begun;
  if (options_.observe) options_.observe(jobs.size(), took);
  {
    const std::lock_guard lock(mutex_);
    counts.overloaded += counts_.overloaded - overloaded_before;
    counts_ = counts;
  }
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i].done(outcomes[i]);
}

}  // namespace tandem::commit
