// SPDX-License-Identifier: Apache-2.0
#pragma once
// Carries out what commits ask for: provider calls, the demo provider's late capture, and commands
// that fall due by themselves. Every task stands in the outbox, written with its cause; this
// process hears of its own at once, and takes from the outbox whatever nobody has finished. So each
// is carried out at least once, and providers make it once.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/calls.hpp"
#include "app/dispatcher.hpp"
#include "app/post.hpp"
#include "payment/provider.hpp"
#include "store/reads.hpp"

namespace tandem::app {

struct WorkerOptions {
  std::chrono::milliseconds round_every{1'000};  // 0: only when round() is called
  std::size_t queue_max = 16'384;  // beyond it tasks wait in the outbox
  std::int64_t attempts_max = 20;  // then a task is dead and shown to a person
  std::chrono::milliseconds ask_after{600'000};  // until a provider is asked how a payment stands
  /// How long a quotation is kept that nobody placed and whose customer is not known; 0: for ever.
  std::int64_t quotations_kept_ms = 0;
  bool by_hand = false;  // no thread: tasks are carried out by work_once() and round() alone
};

/// Told of what went wrong: a sentence without personal data.
using Log = std::function<void(std::string_view)>;

/// What goes with a provider's answer: what it calls the intent, and more work.
struct Beside {
  std::string own_id{};
  std::vector<store::OutboxRow> later{};
};

class Worker {
 public:
  Worker(Dispatcher& dispatcher, OrderMemory& memory, store::Reads& reads, const JobTools& tools,
         const payment::Providers& providers, const Post& post, Calls& calls, WorkerOptions options,
         Log log);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Begins to work, once everything that a commit reaches is in place.
  void start();

  /// By hand: carries out the oldest task that was just committed. False when there is none.
  bool work_once();
  [[nodiscard]] bool has_tasks();

  /// Queues tasks that were just committed. Quick; from any thread.
  void take(std::vector<Assigned> tasks);

  /// One look at the outbox and at what fell due. Returns when all of it was carried out.
  void round();

  /// The part of a round that calls nobody: commands that fell due by themselves, the earliest
  /// first, at most so many. Answers how many were carried out.
  std::size_t expire_due(std::size_t commands_max);

  /// How many quotations this process has removed because nobody came back to them.
  [[nodiscard]] std::int64_t quotations_removed() const { return quotations_removed_; }

  /// Carries out the oldest command of the outbox that nobody has finished, due or not; answers the
  /// number of its order, or nothing when there is none.
  std::optional<std::int64_t> run_command();

  /// Finishes the task at hand and joins. Idempotent. Before the committer stops.
  void stop();

 private:
  /// A task about an attempt, with whom it is asked of.
  struct Call {
    const Assigned& assigned;
    const Attempt& attempt;
    payment::Provider& provider;
    payment::Intent intent;
  };

  void work();
  void look();
  void carry_out(const Assigned& assigned);
  void carry_out_here(const Assigned& assigned);
  void send_mail(const Assigned& assigned);
  void start_attempt(const Call& call);
  void capture(const Call& call);
  void release(const Call& call);
  void not_released(const Call& call, const payment::CallFailed& why);
  void refund(const Call& call, const Refund& refund);
  void ask_refund(const Call& call);
  void refund_answered(const Call& call, const payment::Called<payment::Done>& done);
  void not_done(const Call& call, const payment::CallFailed& why, Command told);
  void ask(const Call& call);
  [[nodiscard]] store::OutboxRow next_ask(const Call& call) const;
  [[nodiscard]] static store::OutboxRow next_refund_ask(const Call& call);
  void give_up(const Task& task);
  void tell(const Call& call, std::vector<Command> commands, Beside beside = {});
  void carry_out_kept_words();
  void carry_out_kept(const store::KeptWebhook& kept);
  void finished(const Assigned& assigned);
  void failed(const Assigned& assigned, std::string_view why);
  void take_due_tasks();
  void forget_old_keys();
  void remove_left();
  void remove_left_of(const std::vector<store::LeftOrder>& rows, std::int64_t before_ms);
  std::size_t expire_due_orders(std::size_t commands_max);
  [[nodiscard]] bool expire(std::int64_t order_no, std::int64_t now_ms, const Settings& settings);
  commit::Outcome run_order(std::shared_ptr<OrderJob> job);
  [[nodiscard]] std::shared_ptr<OrderJob> command_job(const Task& task) const;
  [[nodiscard]] std::shared_ptr<const Folded> load(std::int64_t order_no, std::int64_t version);
  /// Waits for a job on the calling thread.
  commit::Outcome run(std::shared_ptr<commit::Job> job);

  Dispatcher& dispatcher_;
  OrderMemory& memory_;
  store::Reads& reads_;
  const JobTools& tools_;
  const payment::Providers& providers_;
  const Post& post_;
  Calls& calls_;
  const bool calls_networks_;  // whether any provider does; mails always do
  const WorkerOptions options_;
  const Log log_;
  std::map<std::int64_t, std::int64_t> looked_at_;  // orders due that did not move, by version

  std::int64_t forgot_keys_ms_ = 0;
  std::int64_t looked_for_left_ms_ = 0;
  std::int64_t left_after_no_ = 0;  // where the search goes on; 0: it begins anew
  std::atomic<std::int64_t> quotations_removed_ = 0;

  std::mutex mutex_;  // guards the queue
  std::condition_variable wake_;
  std::deque<Assigned> queue_;
  bool stopping_ = false;
  std::mutex round_mutex_;  // one round at a time
  std::thread thread_;  // last: it uses everything above
};

}  // namespace tandem::app
