// SPDX-License-Identifier: Apache-2.0
#include "commit/decision.hpp"

#include <exception>
#include <iterator>
#include <string>
#include <utility>

#include "commit/loader.hpp"

namespace tandem::commit {
namespace {

store::Failure thrown(const char* what) {
  return {store::Fault::misuse, {}, {}, std::string("a job threw: ") + what};
}

/// Calls a job's own code; what a library in it may throw fails that job alone.
template <class Call>
std::optional<store::Failure> guarded(Call call) {
  try {
    call();
    return std::nullopt;
  } catch (const std::exception& error) {
    return thrown(error.what());
  } catch (...) {
    return thrown("something");
  }
}

}  // namespace

void Decision::add(std::span<Job* const> jobs) {
  jobs_.insert(jobs_.end(), jobs.begin(), jobs.end());
  outcomes_.resize(jobs_.size());
  skipped_.resize(jobs_.size(), false);
}

void Decision::drop_undecided() {
  jobs_.resize(decided_);
  outcomes_.resize(decided_);
  skipped_.resize(decided_);
}

/// Collects what the jobs need; `ask` is one of the two phases.
template <class Ask>
Needs Decision::collect(Ask ask) {
  Needs needs;
  for (std::size_t i = decided_; i < jobs_.size(); ++i) {
    if (skipped_[i]) continue;
    if (auto failure = guarded([&] { ask(*jobs_[i], needs); })) fail(i, std::move(*failure));
  }
  return needs;
}

store::Stored<void> Decision::load(store::Batch& batch) {
  Loader loader(set_, batch);
  Needs first = collect([](Job& job, Needs& needs) { job.declare(needs); });
  if (auto loaded = loader.load_orders(first); !loaded) return loaded;
  has_taken_ = has_taken_ || loader.has_taken();
  Needs second = collect([this](Job& job, Needs& needs) { job.declare_ledgers(set_, needs); });
  return loader.load_ledgers(second);
}

store::Stored<void> Decision::decide(store::Batch& batch, EarlyWriter* early) {
  std::size_t committed = 0;
  for (; decided_ < jobs_.size(); ++decided_) {
    if (skipped_[decided_]) continue;
    if (auto done = decide_one(decided_, batch); !done) return done;
    const bool enough = is_committed(outcomes_[decided_]) && ++committed % kFewJobs == 0;
    const bool is_last = decided_ + 1 == jobs_.size();
    if (early == nullptr || !enough || is_last || writes_.empty()) continue;
    put_released_first();
    early->take(writes_, later_);
  }
  return {};
}

store::Stored<void> Decision::decide_one(std::size_t index, store::Batch& batch) {
  Scope scope(set_, batch);
  Result<void> decision;
  auto failure = guarded([&] { decision = jobs_[index]->decide(scope); });
  if (!failure) failure = scope.failure();
  if (failure || !decision) scope.undo();
  if (failure && !store::is_callers(failure->fault)) return store::fail(std::move(*failure));
  if (failure) {
    fail(index, std::move(*failure));
  } else if (!decision) {
    outcomes_[index] = Refused{std::move(decision.error())};
  } else {
    outcomes_[index] = Committed{};
    writes_.append(std::move(scope.writes_));
    later_.insert(later_.end(), std::make_move_iterator(scope.later_.begin()),
                  std::make_move_iterator(scope.later_.end()));
  }
  return {};
}

/// What was released goes first: an order may hold again what it held until now.
void Decision::put_released_first() {
  store::Writes all = std::exchange(set_.released_, {});
  all.append(std::move(writes_));
  writes_ = std::move(all);
}

std::span<const store::LedgerUpdate> Decision::settle() {
  put_released_first();
  writes_.settle();
  return writes_.ledger_updates;
}

store::Writes Decision::take_writes(store::Writes early) {
  early.append(std::exchange(writes_, {}));
  early.settle();
  return early;
}

void Decision::fail(std::size_t index, store::Failure failure) {
  skipped_[index] = true;
  Rejection told = store::rejection_of(failure);
  outcomes_[index] = Failed{std::move(failure), std::move(told)};
}

}  // namespace tandem::commit
