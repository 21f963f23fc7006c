// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the server counts of itself, for Prometheus: requests by route and status, how long they
// took, refusals by reason, the committer's batches, and how far the outbox and the webhooks are
// behind. Nothing in it names a person, an order or an address.
//
//   metrics.observe(request, response);   // each answer, from any thread
//   metrics.text()                        // the exposition format, version 0.0.4

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "app/worker.hpp"
#include "commit/committer.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "store/reads.hpp"

namespace tandem::app {

/// How large the committer's batches are and how long they take. It exists before the committer,
/// whose writer tells it of each batch.
class BatchFigures {
 public:
  BatchFigures();

  /// From any thread.
  void observe(std::size_t jobs, std::chrono::nanoseconds took);

  [[nodiscard]] std::vector<prometheus::MetricFamily> collect() const;

 private:
  prometheus::Histogram jobs_;
  prometheus::Histogram seconds_;
};

class Metrics {
 public:
  /// All outlive the metrics.
  Metrics(const commit::Committer& committer, const BatchFigures& batches, const Worker& worker,
          store::Reads& reads);

  void observe(const http::Request& request, const http::Response& response);

  /// Asks the committer and the store, and puts down everything.
  [[nodiscard]] std::string text() const;

 private:
  [[nodiscard]] std::vector<prometheus::MetricFamily> of_committer() const;
  [[nodiscard]] std::vector<prometheus::MetricFamily> of_outbox() const;
  [[nodiscard]] std::vector<prometheus::MetricFamily> of_hooks() const;

  const commit::Committer& committer_;
  const BatchFigures& batches_;
  const Worker& worker_;
  store::Reads& reads_;
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  prometheus::Family<prometheus::Counter>& refusals_;
};

}  // namespace tandem::app
