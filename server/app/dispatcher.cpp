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

void Dispatcher::follow(const OrderJob& job, const Reply& reply) {
  const OrderAnswer& answer = job.answer();
  const std::int64_t order_no = answer.head.order_no;
  memory_.put(order_no, answer.head.order_id, answer.folded);
  feed_.tell(order_no);
  if (answer.tasks.empty() || !hands_) return;
  std::vector<Assigned> tasks;
  for (const Task& task : answer.tasks) {
    tasks.push_back({.task = task, .version = answer.head.version, .reply = reply});
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
  committer_.submit(job, [this, job, reply = std::move(reply),
                          done = std::move(done)](const commit::Outcome& outcome) {
    if (commit::is_committed(outcome)) follow(*job, reply);
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
    committer_.submit(
        keyed, [this, keyed, order, reply, done = std::move(done)](const commit::Outcome& outcome) {
          if (order && keyed->ran() && commit::is_committed(outcome)) follow(*order, reply);
          done(outcome);
        });
  });
}

}  // namespace tandem::app
