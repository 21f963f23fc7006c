// SPDX-License-Identifier: Apache-2.0
#pragma once
// The committer: jobs from any thread → bounded queue → batch → one transaction, one fsync.
//
// The writer's thread takes whatever waits (at most `batch_max`), so an idle server answers one
// job at once and batches grow with the load; a job that nobody waits for goes with them instead of
// having a sync of its own. They shrink again while one takes longer than
// `batch_aim`: a batch holds locks that other nodes wait for. A refused job fails alone; after a
// broken guard or constraint the batch is rolled back and its jobs are run one by one, so that only
// the culprit fails. Past the queue's bound a job is refused at once with `overloaded`.
//
// Under load a second thread decides the next batch while one is being written: see commit/ahead.
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
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "commit/ahead.hpp"
#include "commit/job.hpp"
#include "commit/remembered.hpp"
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
  std::chrono::milliseconds soon{20};  // so long a job waits for company that nobody waits for
  Patience patience{};
  bool by_hand = false;  // no threads: batches run, and are decided, where run_waiting() is called
  /// Told of each batch on the writer's thread, before its jobs are answered: how many jobs it had
  /// and how long its transaction took, which is without what was decided ahead.
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
  std::int64_t ahead = 0;  // batches that were decided while the one before was written
  std::int64_t guessed_wrong = 0;  // batches that were, but had to be decided again
  std::int64_t looked_up = 0;  // commits whose outcome had to be asked for
  std::int64_t overloaded = 0;  // turned away at the queue
  std::size_t batch_largest = 0;
};

/// How a batch takes part in deciding ahead; by itself it does not.
struct Pipeline {
  Ahead* ahead = nullptr;  // what was decided for exactly these jobs
  Remembered* remembered = nullptr;  // learns what is decided
  std::function<void()> decided{};  // with `remembered`: the next batch may be decided from here on
};

/// The committer's whole logic on the calling thread: all jobs in one transaction, or one by one
/// where the database says that one of them is at fault. A batch of which nothing was written is
/// tried again; a commit whose outcome is unknown is looked up first, so that nothing is lost and
/// nothing done twice. Answers in the jobs' order.
[[nodiscard]] std::vector<Outcome> run_batch(store::Store& store, std::span<Job* const> jobs,
                                             CommitCounts& counts, Patience patience = {},
                                             const Pipeline& pipeline = {});

class Committer {
 public:
  /// Starts the threads. The store outlives the committer.
  Committer(store::Store& store, CommitterOptions options);
  /// Stops as stop() does.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  /// Queues a job; `done` is called once: on the writer's thread, or at once on this one with
  /// `overloaded` (queue full) or `shutting_down`. Never blocks on the database.
  void submit(std::shared_ptr<Job> job, Done done);

  /// Queues a job that nobody waits for. It goes with the next one that somebody does wait for, or
  /// by itself when it has waited for `soon`.
  void submit_soon(std::shared_ptr<Job> job);

  /// Takes no more jobs, finishes those that wait, and joins the threads. Idempotent.
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
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    std::shared_ptr<Job> job;
    Done done;
    Clock::time_point due{};  // to be written from then on
  };
  struct JobsTaken {
    std::vector<Waiting> waiting{};
    std::vector<Job*> jobs{};
    std::unique_ptr<Ahead> ahead{};  // decided already
  };
  void queue(Waiting waiting);
  void work();
  void work_ahead();
  void run(JobsTaken taken);
  void start_ahead();
  [[nodiscard]] JobsTaken decide_ahead();
  [[nodiscard]] JobsTaken take_for_ahead(std::size_t before);
  // With the mutex:
  [[nodiscard]] bool is_due() const;
  [[nodiscard]] bool may_start_ahead() const;
  void wait_for_jobs(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] JobsTaken take_next();
  [[nodiscard]] JobsTaken take(std::size_t size_max);
  void go_ahead(std::unique_lock<std::mutex>& lock);  // which it lets go meanwhile
  void learn_from(const CommitCounts& before);

  store::Store& store_;
  const CommitterOptions options_;
  Remembered remembered_;
  mutable std::mutex mutex_;  // guards what follows up to the threads, never held while deciding
  std::condition_variable wake_;  // the writer
  std::condition_variable wake_ahead_;
  std::deque<Waiting> queue_;
  std::size_t size_max_;  // of the next batch
  CommitCounts counts_;
  bool stopping_ = false;
  bool writing_ = false;  // a batch that is decided: the next one may be decided beside it
  bool deciding_ahead_ = false;
  std::optional<JobsTaken> next_;  // decided ahead, and the writer's next batch
  std::int64_t pause_ahead_ = 0;  // so many batches are not decided ahead: guesses were wrong
  std::int64_t last_pause_ = 0;
  std::mutex join_mutex_;  // one stop() at a time joins
  std::thread ahead_;
  std::thread writer_;  // last: they use everything above
};

}  // namespace tandem::commit
