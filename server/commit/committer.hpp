// SPDX-License-Identifier: Apache-2.0
#pragma once
// The committer: jobs from any thread → bounded queue → batch → one transaction, one fsync.
//
// The writer's thread takes whatever waits (at most `batch_max`), so an idle server answers one
// job at once and batches grow with the load. They shrink again while one takes longer than
// `batch_aim`: a batch holds locks that other nodes wait for. A refused job fails alone; after a
// broken guard or constraint the batch is rolled back and its jobs are run one by one, so that only
// the culprit fails. Past the queue's bound a job is refused at once with `overloaded`.
//
//   Committer committer(store, {});
//   committer.submit(job, [](const Outcome& outcome) { … });   // or commit/await.hpp

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "commit/job.hpp"
#include "commit/scope.hpp"
#include "commit/working_set.hpp"
#include "store/store.hpp"

namespace tandem::commit {

/// How often a batch is tried that lost its connection or stood in another node's way, and how long
/// the first pause is; each further one is twice as long, up to a second.
struct Patience {
  int tries_max = 12;
  std::int64_t pause_ms = 20;
};

struct CommitterOptions {
  std::size_t queue_max = 4'096;
  std::size_t batch_max = 512;
  std::chrono::milliseconds batch_aim{250};
  Patience patience{};
  bool by_hand = false;  // no thread: batches run where run_waiting() is called
  /// Told of each batch on the writer's thread, before its jobs are answered: how many jobs it had
  /// and how long they took to be decided, written and synced.
  std::function<void(std::size_t jobs, std::chrono::nanoseconds took)> observe{};
};

/// What run_batch did, added up.
struct CommitCounts {
  std::int64_t batches = 0;  // transactions that were tried
  std::int64_t commits = 0;  // of these, made durable
  std::int64_t jobs = 0;  // that were decided
  std::int64_t refused = 0;  // by their own decide
  std::int64_t failed = 0;  // by the store
  std::int64_t reruns = 0;  // batches run again one by one
  std::int64_t retries = 0;  // batches run again as they were
  std::int64_t looked_up = 0;  // commits whose outcome had to be asked for
  std::int64_t overloaded = 0;  // turned away at the queue
  std::size_t batch_largest = 0;
};

/// The committer's whole logic on the calling thread: all jobs in one transaction, or one by one
/// where the database says that one of them is at fault. A batch of which nothing was written is
/// tried again; a commit whose outcome is unknown is looked up first, so that nothing is lost and
/// nothing done twice. Answers in the jobs' order.
[[nodiscard]] std::vector<Outcome> run_batch(store::Store& store, std::span<Job* const> jobs,
                                             CommitCounts& counts, Patience patience = {});

class Committer {
 public:
  /// Starts the writer's thread. The store outlives the committer.
  Committer(store::Store& store, CommitterOptions options);
  /// Stops as stop() does.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  /// Queues a job; `done` is called once: on the writer's thread, or at once on this one with
  /// `overloaded` (queue full) or `shutting_down`. Never blocks on the database.
  void submit(std::shared_ptr<Job> job, Done done);

  /// Takes no more jobs, finishes those that wait, and joins the thread. Idempotent.
  void stop();

  /// By hand: runs the batch that waits on the calling thread. False when nothing waits, and always
  /// when there is a thread.
  bool run_waiting();

  /// For who waits for a job on the thread that runs the batches by hand: runs all that wait. With
  /// a thread there is nothing to do but wait.
  void run_all_waiting();

  [[nodiscard]] CommitCounts counts() const;
  [[nodiscard]] std::size_t queued() const;

 private:
  struct Waiting {
    std::shared_ptr<Job> job;
    Done done;
  };
  void work();
  [[nodiscard]] std::vector<Waiting> take_batch();
  void run(std::vector<Waiting> batch);

  store::Store& store_;
  const CommitterOptions options_;
  mutable std::mutex mutex_;  // guards the queue and the counts, never held while deciding
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  std::size_t size_max_;  // of the next batch; the writer's own
  CommitCounts counts_;
  bool stopping_ = false;
  std::mutex join_mutex_;  // one stop() at a time joins
  std::thread writer_;  // last: it uses everything above
};

}  // namespace tandem::commit
