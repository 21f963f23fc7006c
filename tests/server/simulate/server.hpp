// SPDX-License-Identifier: Apache-2.0
#pragma once
// The shop's process: the real application on the simulated disk, driven by hand in one thread.
// Each step (a request that arrives, a batch, a task, a round) may be the last one: then the power
// fails within it, nothing of what it had to say gets out, and the shop starts again later.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "bank.hpp"
#include "disk.hpp"
#include "http/response.hpp"
#include "timeline.hpp"

namespace tandem::simulate {

/// Percent for each step, but for the pace.
struct ServerFaults {
  std::int64_t crash = 2;           // at some write of the step
  std::int64_t crash_after = 1;     // when it has done its work and nobody knows
  std::int64_t crash_at_start = 5;  // while it recovers from the crash before
  std::int64_t slow_ms = 30;        // until a batch or a task runs
  std::int64_t rounds_ms = 20'000;  // at most so long between two rounds
};

class Server {
 public:
  using Answered = std::function<void(const http::Response&)>;
  struct Parts {
    Timeline& timeline;
    Random& random;
    Story& story;
    Disk& disk;
    Bank& bank;
    app::SigningKey key{};
  };

  explicit Server(const Parts& parts);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  ServerFaults faults;
  /// After each step that the shop has survived, and after each start.
  std::function<void()> after_step = [] {};

  void start();
  [[nodiscard]] bool is_up() const { return app_ != nullptr; }
  /// A request arrives. It is lost when the shop is down, and `answered` with it when it crashes.
  void deliver(http::Request request, Answered answered);
  void round();
  /// Every batch and task that waits, without faults.
  void run_all();
  void crash(std::string_view amid);
  /// The power fails amid the step that runs.
  void cut() { parts_.disk.cut(); }

  [[nodiscard]] app::Application& app() { return *app_; }
  [[nodiscard]] store::Store& store() { return *store_; }
  /// Grows with every crash: another life is another process.
  [[nodiscard]] std::int64_t life() const { return life_; }
  [[nodiscard]] std::int64_t crashes() const { return crashes_; }
  [[nodiscard]] std::int64_t ahead() const {
    return ahead_ + (app_ ? app_->commit_counts().ahead : 0);
  }
  [[nodiscard]] std::int64_t commits() const { return app_ ? store_->counts().commits : 0; }

 private:
  void step(std::string_view what, const std::function<void()>& work);
  void plan_work();
  void plan_round();
  void batch();
  void task();
  [[nodiscard]] app::Options options();
  void drop();

  Parts parts_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<boost::asio::io_context> io_;
  std::unique_ptr<app::Application> app_;
  std::vector<std::function<void()>> said_;  // by the step that runs
  bool batch_planned_ = false;
  bool task_planned_ = false;
  bool in_step_ = false;
  std::int64_t life_ = 0;
  std::int64_t crashes_ = 0;
  std::int64_t ahead_ = 0;  // before the last start
};

inline constexpr const char* kDatabase = "/shop.db";

}  // namespace tandem::simulate
