// SPDX-License-Identifier: Apache-2.0
#pragma once
// The shop's server without its sockets: a store in, a router out. Whatever reaches it, through a
// listener or from a test, is a request value; whatever leaves it is a response value.
//
//   Application app(store, options);
//   app.router().handle({.target = "/v1/rules"}).status == 200
//   app.stop();  // before the listener that serves the router is destroyed

#include <memory>

#include "app/feed_watch.hpp"
#include "app/metrics.hpp"
#include "app/services.hpp"
#include "http/static_files.hpp"

namespace tandem::app {

class Application {
 public:
  /// The store outlives the application.
  Application(store::Store& store, Options options);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  [[nodiscard]] const http::Router& router() const { return router_; }

  /// One look at the outbox, at what fell due and at what endpoints are to be told, as is done
  /// every second.
  void round() {
    worker_.round();
    hooks_.round();
  }
  /// With a committer and a worker by hand: one batch, one task. False when there is none.
  bool run_batch() { return committer_.run_waiting(); }
  bool work_once() { return worker_.work_once(); }
  [[nodiscard]] std::size_t queued() const { return committer_.queued(); }
  [[nodiscard]] bool has_tasks() { return worker_.has_tasks(); }
  /// Only what fell due by itself, at most so many commands. Providers are not called.
  std::size_t expire_due(std::size_t commands_max = 10'000) {
    return worker_.expire_due(commands_max);
  }
  /// The oldest command that one order has led to on another; answers that order's number.
  std::optional<std::int64_t> run_command() { return worker_.run_command(); }
  /// What the routes work with: for use cases that have no route.
  [[nodiscard]] const Services& services() const { return services_; }

  /// Takes no more commands, finishes those that wait. Idempotent.
  void stop();

  [[nodiscard]] commit::CommitCounts commit_counts() const { return committer_.counts(); }

  /// Commits other jobs of this process, such as an import's, in the same queue.
  [[nodiscard]] commit::Committer& committer() { return committer_; }

  /// Files that could not be read at the start; empty when all is well.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  void add_site();
  void add_page();
  void add_core();
  void add_document();
  void add_health();
  void finish_all();

  Options options_;
  store::Store& store_;
  BatchFigures batches_;  // before the committer, whose writer tells it
  commit::Committer committer_;
  Catalog catalog_;
  OrderMemory memory_;
  Feed feed_;
  FeedWatch feed_watch_;
  Limits limits_;
  Dispatcher dispatcher_;
  payment::Demo* demo_ = nullptr;  // these stand before the providers, which set them
  payment::stripe::Stripe* stripe_ = nullptr;
  payment::Providers providers_;
  JobTools tools_;
  Post post_;
  Calls calls_;
  Calls passwords_;
  Worker worker_;
  Hooks hooks_;
  Services services_;
  Metrics metrics_;
  http::StaticFiles page_files_;
  http::StaticFiles core_files_;
  std::vector<std::string> complaints_;
  http::Router router_;
};

/// The version of the core in a folder: the SHA-256 of its tandem.wasm; without one, that of the
/// program's own build.
[[nodiscard]] std::string core_version_of(const std::string& folder);

}  // namespace tandem::app
