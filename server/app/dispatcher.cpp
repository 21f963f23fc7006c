// SPDX-License-Identifier: Apache-2.0
#include "app/dispatcher.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "app/keyed.hpp"

namespace tandem::app {
namespace {

/// Resumes on the coroutine's own executor once `submit` has called what it was given.
template <class Submit>
boost::asio::awaitable<commit::Outcome> awaited(Submit submit) {
  namespace asio = boost::asio;
  auto token = asio::use_awaitable;
  return asio::async_initiate<const asio::use_awaitable_t<>, void(commit::Outcome)>(
      [](auto handler, Submit submitting) {
        using Handler = decltype(handler);
        auto executor = asio::get_associated_executor(handler);
        // Both are shared because Done must be copyable, and both end where the coroutine runs:
        // the executor may not outlive it.
        auto work = std::make_shared<asio::executor_work_guard<decltype(executor)>>(executor);
        auto held = std::make_shared<Handler>(std::move(handler));
        submitting([held, work, executor](const commit::Outcome& outcome) mutable {
          asio::post(executor, [held = std::move(held), work = std::move(work), outcome]() mutable {
            std::move (*held)(std::move(outcome));
          });
        });
      },
      token, std::move(submit));
}

}  // namespace

/// False when it was refused: `done` has been called.
bool Dispatcher::may_run(OrderJob& job, const commit::Done& done) {
  auto ok = limits_.admit(job.request(), job.taken());
  if (!ok) done(commit::Refused{std::move(ok.error())});
  return ok.has_value();
}

/// After what was not carried out: commands, codes and payments were not tried, perhaps by somebody
/// whose order it is not. What the server could not do, or does not do yet, counts for nobody.
void Dispatcher::take_back(OrderJob& job, const Rejection* refusal) {
  Taken taken = std::exchange(job.taken(), {});
  const bool ours = refusal != nullptr && (info(refusal->reason).http_status >= 500 ||
                                           refusal->reason == Reason::idempotency_key_in_flight);
  if (!ours) taken.orders = 0;
  limits_.give_back(taken);
}

/// What was bought is seldom asked about again at once. Its place goes to a cart, and what it took
/// is used again while the processor still has it at hand: with a thousand bought orders kept, an
/// order costs the server about a tenth more.
void Dispatcher::remember(const OrderAnswer& answer) {
  const std::int64_t order_no = answer.head.order_no;
  if (answer.folded->order.state == OrderState::order) return memory_.forget(order_no);
  memory_.put(order_no, answer.head.order_id, answer.folded);
}

void Dispatcher::follow(OrderJob& job, const Reply& reply) {
  const OrderAnswer& answer = job.answer();
  const std::int64_t order_no = answer.head.order_no;
  limits_.settle(job.request(), answer, job.taken());
  limits_.follow(order_no, answer.folded->order);
  remember(answer);
  feed_.tell(order_no);
  if (answer.tasks.empty() || !hands_) return;
  std::vector<Assigned> tasks;
  for (const Task& task : answer.tasks) {
    tasks.push_back({.task = task,
                     .version = answer.head.version,
                     .reply = task.kind == kProviderStart ? reply : nullptr,
                     .shop = answer.shop});
  }
  hands_(std::move(tasks));
}

void Dispatcher::hand_over(const std::vector<Task>& tasks) {
  if (tasks.empty() || !hands_) return;
  std::vector<Assigned> assigned;
  for (const Task& task : tasks) assigned.push_back({.task = task, .version = 0, .reply = nullptr});
  hands_(std::move(assigned));
}

void Dispatcher::submit(std::shared_ptr<OrderJob> job, Reply reply, commit::Done done) {
  if (!may_run(*job, done)) return;
  committer_.submit(job, [this, job, reply = std::move(reply),
                          done = std::move(done)](const commit::Outcome& outcome) {
    const bool done_now = commit::is_committed(outcome);
    done_now ? follow(*job, reply) : take_back(*job, commit::rejection(outcome));
    done(outcome);
  });
}

boost::asio::awaitable<commit::Outcome> Dispatcher::run(std::shared_ptr<OrderJob> job,
                                                        Reply reply) {
  return awaited([this, job = std::move(job), reply = std::move(reply)](commit::Done done) {
    submit(job, reply, std::move(done));
  });
}

boost::asio::awaitable<commit::Outcome> Dispatcher::run(std::shared_ptr<KeyedJob> keyed,
                                                        std::shared_ptr<OrderJob> order,
                                                        Reply reply) {
  return awaited([this, keyed = std::move(keyed), order = std::move(order),
                  reply = std::move(reply)](commit::Done done) {
    if (order && !may_run(*order, done)) return;
    committer_.submit(
        keyed, [this, keyed, order, reply, done = std::move(done)](const commit::Outcome& outcome) {
          const bool done_now = keyed->ran() && commit::is_committed(outcome);
          if (order && done_now) follow(*order, reply);
          if (order && !done_now) take_back(*order, commit::rejection(outcome));
          done(outcome);
        });
  });
}

}  // namespace tandem::app
