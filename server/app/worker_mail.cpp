// SPDX-License-Identifier: Apache-2.0
// Mails are the worker's as providers' calls are: at least once, and what the mail server refuses
// for good is shown to a person instead of being tried again.
#include "app/post.hpp"
#include "app/worker.hpp"
#include "app/worker_jobs.hpp"

namespace tandem::app {

void Worker::send_mail(const Assigned& assigned) {
  const Task& task = assigned.task;
  std::shared_ptr<const Folded> folded;
  if (task.kind != kMailSignIn) {
    folded = load(task.order_no, assigned.version);
    if (!folded) return failed(assigned, "the order cannot be read");
  }
  const auto sent = post_.deliver(task, folded ? &folded->order : nullptr);
  if (sent) return finished(assigned);
  if (sent.error().trouble == mail::Trouble::temporary) {
    return failed(assigned, sent.error().reason);
  }
  log_("a mail was refused: " + task.dedupe_key + ": " + sent.error().reason);
  dispatcher_.committer().submit_soon(
      std::make_shared<OutcomeJob>(store::OutboxOutcome{.state = store::OutboxState::dead,
                                                        .error = sent.error().reason,
                                                        .dedupe_key = task.dedupe_key}));
}

}  // namespace tandem::app
