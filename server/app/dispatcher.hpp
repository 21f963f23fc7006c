// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sends order jobs to the committer, if their senders' limits allow, and does what follows a
// commit: remembers the order, tells the feed, hands the tasks to the worker. The hand-over happens
// on the writer's thread and is quick.

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "app/feed.hpp"
#include "app/order_job.hpp"
#include "commit/committer.hpp"

namespace tandem::app {

/// What a request waits for after its own commit: the job of the commit that followed, or that none
/// will, once nobody holds this any longer.
using Reply = std::shared_ptr<Sender<std::shared_ptr<OrderJob>>>;

/// A task with the request that waits for its outcome, if one does: for that of a payment's start.
struct Assigned {
  Task task;
  std::int64_t version = 0;  // the order's version when the task arose
  Reply reply;
  std::shared_ptr<const Shop> shop{};  // in which the task arose; none: it comes from the outbox
};

class KeyedJob;

class Dispatcher {
 public:
  using Hands = std::function<void(std::vector<Assigned>)>;

  Dispatcher(commit::Committer& committer, OrderMemory& memory, Feed& feed, Limits& limits)
      : committer_(committer), memory_(memory), feed_(feed), limits_(limits) {}

  /// Who carries out tasks. Set once, before the first job.
  void give_tasks_to(Hands hands) { hands_ = std::move(hands); }

  /// `done` is called once, as Committer::submit does; `reply` gets the commit that follows.
  void submit(std::shared_ptr<OrderJob> job, Reply reply, commit::Done done);

  /// Tasks of other jobs that are durable now.
  void hand_over(const std::vector<Task>& tasks);

  /// The same from a coroutine.
  [[nodiscard]] boost::asio::awaitable<commit::Outcome> run(std::shared_ptr<OrderJob> job,
                                                            Reply reply = nullptr);

  /// The same under a key; nothing follows where the job was not carried out. `order` is the order
  /// job inside, if there is one.
  [[nodiscard]] boost::asio::awaitable<commit::Outcome> run(std::shared_ptr<KeyedJob> keyed,
                                                            std::shared_ptr<OrderJob> order,
                                                            Reply reply);

  [[nodiscard]] commit::Committer& committer() { return committer_; }

 private:
  void remember(const OrderAnswer& answer);
  void follow(OrderJob& job, const Reply& reply);
  [[nodiscard]] bool may_run(OrderJob& job, const commit::Done& done);
  void take_back(OrderJob& job, const Rejection* refusal);

  commit::Committer& committer_;
  OrderMemory& memory_;
  Feed& feed_;
  Limits& limits_;
  Hands hands_;
};

}  // namespace tandem::app
