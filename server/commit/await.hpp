// SPDX-License-Identifier: Apache-2.0
#pragma once
// Awaits a job from a coroutine: the handler resumes on its own executor once the job is durable.
//
//   Outcome outcome = co_await commit::run(committer, job);

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "commit/committer.hpp"

namespace tandem::commit {

/// Submits a job and resumes with its outcome. The job stays alive until then.
[[nodiscard]] inline boost::asio::awaitable<Outcome> run(Committer& committer,
                                                         std::shared_ptr<Job> job) {
  namespace asio = boost::asio;
  auto token = asio::use_awaitable;
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome)>(
      [&committer](auto handler, std::shared_ptr<Job> submitted) {
        using Handler = decltype(handler);
        auto executor = asio::get_associated_executor(handler);
        // Both are shared because Done must be copyable, and both end where the coroutine runs: the
        // executor may not outlive it.
        auto work = std::make_shared<asio::executor_work_guard<decltype(executor)>>(executor);
        auto held = std::make_shared<Handler>(std::move(handler));
        committer.submit(
            std::move(submitted), [held, work, executor](const Outcome& outcome) mutable {
              asio::post(executor, [held = std::move(held), work = std::move(work),
                                    outcome]() mutable { std::move (*held)(std::move(outcome)); });
            });
      },
      token, std::move(job));
}

}  // namespace tandem::commit
