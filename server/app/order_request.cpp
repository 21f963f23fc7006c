// SPDX-License-Identifier: Apache-2.0
#include "app/order_job.hpp"
#include "app/secrets.hpp"
#include "commit/scope.hpp"

namespace tandem::app {

void write_beside(const OrderRequest& request, std::int64_t order_no, commit::Scope& scope) {
  store::Writes& writes = scope.writes();
  if (request.task_done) writes.outbox_outcomes.push_back({.dedupe_key = *request.task_done});
  for (store::OutboxRow row : request.later) {
    row.order_no = order_no;
    row.due_ms += scope.now_ms();
    writes.outbox.push_back(std::move(row));
  }
  for (store::ProviderReference reference : request.references) {
    reference.order_no = order_no;
    writes.references.push_back(std::move(reference));
  }
  for (const store::UnmatchedWebhook& webhook : request.matched) {
    writes.webhooks_matched.push_back(webhook);
  }
}

/// By the order's secret, as the account that it belongs to, or because it was looked at before.
bool OrderJob::may(const store::OrderHead& head, const Order& order) const {
  if (!request_.secret_hash && !request_.account) return true;
  if (request_.secret_hash && same(head.secret_hash, *request_.secret_hash)) return true;
  return request_.account && order.customer == request_.account;
}

}  // namespace tandem::app
