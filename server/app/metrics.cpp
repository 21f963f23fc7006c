// SPDX-License-Identifier: Apache-2.0
#include "app/metrics.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <chrono>
#include <sstream>

#include "tandem/base/reason.hpp"

namespace tandem::app {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

/// From a cart's command to a batch that waits for a slow disk.
const prometheus::Histogram::BucketBoundaries kSeconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                       0.05,   0.1,   0.25,   0.5,   1,    5};

/// Up to the largest batch that the committer takes by default.
const prometheus::Histogram::BucketBoundaries kJobs{1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

constexpr std::int64_t kCounted = 1'000;  // rows that are counted at most

double seconds_since(std::int64_t then_ms, std::int64_t now_ms) {
  return static_cast<double>(std::max<std::int64_t>(0, now_ms - then_ms)) / 1'000;
}

MetricFamily figure(MetricType type, std::string name, std::string help, double value) {
  MetricFamily family;
  family.name = std::move(name);
  family.help = std::move(help);
  family.type = type;
  prometheus::ClientMetric metric;
  (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  family.metric.push_back(std::move(metric));
  return family;
}

MetricFamily counter(std::string name, std::string help, std::int64_t value) {
  return figure(MetricType::Counter, std::move(name), std::move(help), static_cast<double>(value));
}

MetricFamily gauge(std::string name, std::string help, double value) {
  return figure(MetricType::Gauge, std::move(name), std::move(help), value);
}

MetricFamily histogram(std::string name, std::string help, const prometheus::Histogram& figures) {
  MetricFamily family;
  family.name = std::move(name);
  family.help = std::move(help);
  family.type = MetricType::Histogram;
  family.metric.push_back(figures.Collect());
  return family;
}

/// A request that found no route is counted under one name, whatever it asked for.
std::string route_of(const http::Request& request) {
  return request.route.empty() ? "none" : std::string(request.route);
}

}  // namespace

BatchFigures::BatchFigures() : jobs_(kJobs), seconds_(kSeconds) {}

void BatchFigures::observe(std::size_t jobs, std::chrono::nanoseconds took) {
  jobs_.Observe(static_cast<double>(jobs));
  seconds_.Observe(std::chrono::duration<double>(took).count());
}

std::vector<MetricFamily> BatchFigures::collect() const {
  return {histogram("tandem_batch_jobs", "Jobs of each batch that the writer took", jobs_),
          histogram("tandem_commit_seconds",
                    "Time the writer spent on each batch: decided, written and synced", seconds_)};
}

Metrics::Metrics(const commit::Committer& committer, const BatchFigures& batches,
                 const Worker& worker, store::Reads& reads)
    : committer_(committer),
      batches_(batches),
      worker_(worker),
      reads_(reads),
      requests_(prometheus::BuildCounter()
                    .Name("tandem_requests_total")
                    .Help("Answered requests, by route, method and status")
                    .Register(registry_)),
      seconds_(prometheus::BuildHistogram()
                   .Name("tandem_request_seconds")
                   .Help("From a request's head to its answer, by route")
                   .Register(registry_)),
      refusals_(prometheus::BuildCounter()
                    .Name("tandem_refusals_total")
                    .Help("Refused requests and commands, by reason")
                    .Register(registry_)) {}

void Metrics::observe(const http::Request& request, const http::Response& response) {
  const std::string route = route_of(request);
  requests_
      .Add({{"route", route},
            {"method", std::string(http::name(request.method))},
            {"status", std::to_string(response.status)}})
      .Increment();
  const auto count = [this](Reason reason) {
    refusals_.Add({{"reason", std::string(name(reason))}}).Increment();
  };
  if (response.refused) count(*response.refused);
  std::ranges::for_each(response.refused_parts, count);
  // A feed takes as long as its reader stays, and what was no request has no beginning.
  if (response.stream || request.begun == std::chrono::steady_clock::time_point{}) return;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - request.begun;
  seconds_.Add({{"route", route}}, kSeconds).Observe(took.count());
}

std::vector<MetricFamily> Metrics::of_committer() const {
  const commit::CommitCounts counts = committer_.counts();
  return {
      gauge("tandem_queue_jobs", "Jobs that wait for the writer",
            static_cast<double>(committer_.queued())),
      counter("tandem_batches_total", "Transactions that were tried", counts.batches),
      counter("tandem_commits_total", "Transactions made durable", counts.commits),
      counter("tandem_jobs_total", "Jobs that were decided", counts.jobs),
      counter("tandem_jobs_refused_total", "Jobs refused by their own rules", counts.refused),
      counter("tandem_jobs_failed_total", "Jobs that the store failed", counts.failed),
      counter("tandem_jobs_overloaded_total", "Jobs turned away at the queue", counts.overloaded),
      counter("tandem_batches_ahead_total", "Batches decided while the one before was written",
              counts.ahead),
      counter("tandem_batches_guessed_wrong_total", "Of batches decided ahead, those decided again",
              counts.guessed_wrong),
      counter("tandem_batch_reruns_total", "Batches run again one by one", counts.reruns),
      counter("tandem_batch_retries_total", "Batches run again as they were", counts.retries),
      gauge("tandem_batch_largest_jobs", "The largest batch since the start",
            static_cast<double>(counts.batch_largest)),
      counter("tandem_quotations_removed_total", "Quotations removed because nobody came back",
              worker_.quotations_removed()),
  };
}

std::vector<MetricFamily> Metrics::of_outbox() const {
  std::vector<MetricFamily> families;
  const auto now = reads_.now_ms();
  const auto due = now ? reads_.outbox_due(*now, 1) : std::unexpected(now.error());
  if (due) {
    families.push_back(gauge("tandem_outbox_lag_seconds", "How long the oldest due effect waits",
                             due->empty() ? 0 : seconds_since(due->front().due_ms, *now)));
  }
  if (const auto dead = reads_.outbox_dead(0, kCounted)) {
    families.push_back(gauge("tandem_outbox_dead",
                             "Effects that were given up and need a person (at most 1000)",
                             static_cast<double>(dead->size())));
  }
  if (const auto mails = reads_.mails_waiting(kCounted)) {
    families.push_back(gauge("tandem_mails_waiting", "Mails that were not sent yet (at most 1000)",
                             static_cast<double>(*mails)));
  }
  return families;
}

std::vector<MetricFamily> Metrics::of_hooks() const {
  std::vector<MetricFamily> families;
  const auto now = reads_.now_ms();
  const auto due = now ? reads_.hooks_due(*now, 1) : std::unexpected(now.error());
  if (due) {
    families.push_back(gauge("tandem_webhook_lag_seconds",
                             "How long the oldest due message to an endpoint waits",
                             due->empty() ? 0 : seconds_since(due->front().due_ms, *now)));
  }
  const auto endpoints = reads_.hook_endpoints();
  if (!endpoints) return families;
  std::size_t dead = 0;
  double disabled = 0;
  for (const store::HookEndpoint& endpoint : *endpoints) {
    if (!endpoint.why.empty()) ++disabled;
    if (const auto some = reads_.hooks_dead(endpoint.id, 0, kCounted)) dead += some->size();
  }
  families.push_back(gauge("tandem_webhooks_dead",
                           "Messages that are no longer tried (at most 1000 of each endpoint)",
                           static_cast<double>(dead)));
  families.push_back(gauge("tandem_webhook_endpoints_disabled",
                           "Endpoints that were disabled by themselves", disabled));
  return families;
}

std::string Metrics::text() const {
  std::vector<MetricFamily> all = registry_.Collect();
  for (auto& more : {of_committer(), batches_.collect(), of_outbox(), of_hooks()})
    all.insert(all.end(), more.begin(), more.end());
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, all);
  return out.str();
}

}  // namespace tandem::app
