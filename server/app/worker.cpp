// SPDX-License-Identifier: Apache-2.0
#include "app/worker.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <future>
#include <utility>

#include "app/consequences.hpp"
#include "app/worker_jobs.hpp"
#include "tandem/order/abandonment.hpp"
#include "tandem/order/effects.hpp"

namespace tandem::app {
namespace {

constexpr std::int64_t kDueMax = 100;
constexpr std::size_t kDueRoundMax = 10'000;
constexpr std::size_t kLookedAtMax = 10'000;

/// A second, then twice as long each time, at most an hour.
std::int64_t backoff_ms(std::int64_t attempts) {
  return std::min<std::int64_t>(std::int64_t{1'000} << std::min<std::int64_t>(attempts, 12),
                                3'600'000);
}

Actor system_actor() {
  Actor actor;
  actor.kind = ActorClass::system;
  return actor;
}

}  // namespace

Worker::Worker(Dispatcher& dispatcher, OrderMemory& memory, store::Reads& reads,
               const JobTools& tools, const payment::Providers& providers, const Post& post,
               Calls& calls, WorkerOptions options, Log log)
    : dispatcher_(dispatcher),
      memory_(memory),
      reads_(reads),
      tools_(tools),
      providers_(providers),
      post_(post),
      calls_(calls),
      calls_networks_(std::ranges::any_of(
          providers, [](const auto& provider) { return provider->is_remote(); })),
      options_(options),
      log_(std::move(log)) {}

void Worker::start() {
  if (options_.by_hand) return;
  thread_ = std::thread([this] { work(); });
}

Worker::~Worker() { stop(); }

void Worker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Worker::take(std::vector<Assigned> tasks) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() + tasks.size() > options_.queue_max) return;
    std::ranges::move(tasks, std::back_inserter(queue_));
  }
  wake_.notify_one();
}

void Worker::work() {
  const bool rounds = options_.round_every.count() > 0;
  auto next_round = std::chrono::steady_clock::now();
  for (;;) {
    std::deque<Assigned> tasks;
    {
      std::unique_lock lock(mutex_);
      const auto ready = [this] { return stopping_ || !queue_.empty(); };
      if (rounds) {
        wake_.wait_until(lock, next_round, ready);
      } else {
        wake_.wait(lock, ready);
      }
      if (stopping_) return;  // what is left waits in the outbox
      tasks.swap(queue_);
    }
    for (const Assigned& task : tasks) carry_out(task);
    if (rounds && std::chrono::steady_clock::now() >= next_round) {
      look();
      next_round = std::chrono::steady_clock::now() + options_.round_every;
    }
  }
}

bool Worker::has_tasks() {
  const std::lock_guard lock(mutex_);
  return !queue_.empty();
}

bool Worker::work_once() {
  Assigned task;
  {
    const std::lock_guard lock(mutex_);
    if (queue_.empty()) return false;
    task = std::move(queue_.front());
    queue_.pop_front();
  }
  carry_out(task);
  return true;
}

commit::Outcome Worker::run(std::shared_ptr<commit::Job> job) {
  std::promise<commit::Outcome> done;
  dispatcher_.committer().submit(std::move(job),
                                 [&](const commit::Outcome& outcome) { done.set_value(outcome); });
  dispatcher_.committer().run_all_waiting();
  return done.get_future().get();
}

void Worker::round() {
  look();
  calls_.wait_idle();
}

void Worker::look() {
  const std::lock_guard lock(round_mutex_);
  take_due_tasks();
  carry_out_kept_words();
  expire_due_orders(kDueRoundMax);
  forget_old_keys();
  remove_left();
}

/// Now and then; it does not matter when, nor that other nodes do it too.
void Worker::forget_old_keys() {
  constexpr std::int64_t kEveryMs = 3'600'000;
  const auto now_ms = reads_.now_ms();
  if (!now_ms || std::abs(*now_ms - forgot_keys_ms_) < kEveryMs) return;
  if (commit::is_committed(run(std::make_shared<ForgetKeysJob>()))) forgot_keys_ms_ = *now_ms;
}

std::size_t Worker::expire_due(std::size_t commands_max) {
  const std::lock_guard lock(round_mutex_);
  return expire_due_orders(commands_max);
}

void Worker::take_due_tasks() {
  while (!calls_.is_busy()) {
    const auto now_ms = reads_.now_ms();
    if (!now_ms) return log_("the database does not answer");
    const auto due = reads_.outbox_due(*now_ms, 1);
    if (!due || due->empty()) return;
    auto job = std::make_shared<TakeJob>();
    if (!commit::is_committed(run(job)) || job->rows.empty()) return;
    for (const store::OutboxRow& row : job->rows) {
      const auto task = task_of(row);
      if (!task) {
        // Nobody here knows this kind: it waits for a program that does.
        run(std::make_shared<OutcomeJob>(store::OutboxOutcome{
            .outbox_no = row.outbox_no, .state = store::OutboxState::pending, .due_ms = kNever}));
      } else if (row.attempts > options_.attempts_max) {
        give_up(*task);
        run(std::make_shared<OutcomeJob>(store::OutboxOutcome{
            .outbox_no = row.outbox_no, .state = store::OutboxState::dead, .error = "given up"}));
      } else {
        Assigned assigned{.task = *task};
        assigned.task.attempts = row.attempts;
        carry_out(assigned);
      }
    }
  }
}

/// One command at a time, so that each is judged after what the one before it led to.
std::size_t Worker::expire_due_orders(std::size_t commands_max) {
  std::size_t done = 0;
  if (looked_at_.size() > kLookedAtMax) looked_at_.clear();
  for (bool moved = true; moved && done < commands_max;) {
    moved = false;
    const auto now_ms = reads_.now_ms();
    const auto shop = tools_.catalog.now();
    if (!now_ms || !shop) return done;
    const Settings& settings = (*shop)->settings;
    std::optional<std::int64_t> idle_since_ms;
    if (settings.abandoned.reminder) idle_since_ms = *now_ms - reminder_delay_ms(settings);
    const auto orders = reads_.orders_due(*now_ms, idle_since_ms, kDueMax);
    if (!orders) return done;
    for (const std::int64_t order_no : *orders) {
      if (done == commands_max) break;
      if (!expire(order_no, *now_ms, settings)) continue;
      moved = true;
      ++done;
    }
  }
  return done;
}

/// The earliest of what fell due on an order. False when it was tried before and changed nothing.
bool Worker::expire(std::int64_t order_no, std::int64_t now_ms, const Settings& settings) {
  const auto folded = load(order_no, 0);
  if (!folded) return false;
  const auto looked = looked_at_.find(order_no);
  if (looked != looked_at_.end() && looked->second == folded->order.version) return false;
  looked_at_[order_no] = folded->order.version;
  auto all = due(folded->order, settings);
  if (all.empty() || all.front().at_ms > now_ms) return false;
  OrderRequest request{.order = order_no, .actor = system_actor()};
  request.commands.push_back(asked(std::move(all.front().command)));
  run_order(std::make_shared<OrderJob>(tools_, std::move(request)));
  return true;
}

commit::Outcome Worker::run_order(std::shared_ptr<OrderJob> job) {
  std::promise<commit::Outcome> done;
  dispatcher_.submit(std::move(job), nullptr,
                     [&](const commit::Outcome& outcome) { done.set_value(outcome); });
  dispatcher_.committer().run_all_waiting();
  return done.get_future().get();
}

/// A command of the shop itself. Under its id it counts once, however often it is carried out; one
/// that is refused or changes nothing is done.
std::shared_ptr<OrderJob> Worker::command_job(const Task& task) const {
  OrderRequest request{.order = task.order_no, .actor = system_actor()};
  request.commands.push_back(asked(*task.command, command_id_of(task.dedupe_key)));
  request.task_done = task.dedupe_key;
  return std::make_shared<OrderJob>(tools_, std::move(request));
}

std::optional<std::int64_t> Worker::run_command() {
  const std::lock_guard lock(round_mutex_);
  const auto rows = reads_.outbox_commands(1);
  if (!rows || rows->empty()) return std::nullopt;
  const auto task = task_of(rows->front());
  if (!task || !task->command) return std::nullopt;
  if (!commit::is_committed(run_order(command_job(*task)))) return std::nullopt;
  return task->order_no;
}

/// The order at `version` or later; with 0 as it is now: another node may have moved it on since it
/// was remembered here.
std::shared_ptr<const Folded> Worker::load(std::int64_t order_no, std::int64_t version) {
  const auto known = version > 0 ? memory_.find(order_no) : nullptr;
  if (known && known->order.version >= version) return known;
  auto folded = load_folded(memory_, reads_, order_no);
  return folded ? *folded : nullptr;
}

void Worker::finished(const Assigned& assigned) {
  dispatcher_.committer().submit_soon(std::make_shared<OutcomeJob>(store::OutboxOutcome{
      .state = store::OutboxState::done, .dedupe_key = assigned.task.dedupe_key}));
}

void Worker::failed(const Assigned& assigned, std::string_view why) {
  log_("a task will be tried again: " + assigned.task.dedupe_key);
  dispatcher_.committer().submit_soon(std::make_shared<OutcomeJob>(
      store::OutboxOutcome{.state = store::OutboxState::pending,
                           .due_ms = backoff_ms(assigned.task.attempts),
                           .error = std::string(why),
                           .dedupe_key = assigned.task.dedupe_key}));
}

}  // namespace tandem::app
