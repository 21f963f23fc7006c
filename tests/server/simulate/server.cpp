// SPDX-License-Identifier: Apache-2.0
#include "server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <utility>

namespace tandem::simulate {
namespace {

namespace asio = boost::asio;

/// An answer to a request whose coroutine may end long after it was spawned, or never.
struct Asked {
  http::Request request;
  http::Admission admission;
};

}  // namespace

Server::Server(const Parts& parts) : parts_(parts) {}

Server::~Server() { drop(); }

/// What is left of a process that has ended: nothing. The disk decides what is left of its work.
void Server::drop() {
  ahead_ = ahead();
  app_.reset();
  io_.reset();
  store_.reset();
  said_.clear();
  ++life_;
  batch_planned_ = task_planned_ = false;
}

app::Options Server::options() {
  static const std::string core_version = app::core_version_of("");
  app::Options options;
  options.key = parts_.key;
  options.core_version = core_version;
  options.demo_provider = true;
  // Half of the time a customer who places waits for the provider, else the answer comes at once.
  options.place_patience = parts_.random.chance(50) ? std::chrono::hours(1) : std::chrono::hours(0);
  options.worker.by_hand = true;
  options.worker.round_every = std::chrono::milliseconds(0);
  options.committer.by_hand = true;
  options.committer.patience = {.tries_max = 1, .pause_ms = 0};
  // What a small batch leaves waiting is decided while it is written.
  const std::int64_t batch_max = parts_.random.chance(50) ? 1 : parts_.random.between(2, 8);
  options.committer.batch_max = static_cast<std::size_t>(batch_max);
  options.stand_in = [this](std::unique_ptr<payment::Provider> demo) {
    return parts_.bank.stand_in(std::move(demo));
  };
  return options;
}

void Server::start() {
  if (parts_.random.chance(faults.crash_at_start)) {
    parts_.disk.cut_after(parts_.random.between(1, 20));
  }
  auto opened = store::open_sqlite({.path = kDatabase,
                                    .checkpoint_pages = parts_.random.between(10, 400),
                                    .readers_max = 2,
                                    .checkpoint_thread = false,
                                    .now_ms = [this] { return parts_.timeline.now_ms(); }});
  parts_.disk.cut_after(0);
  if (parts_.disk.is_off()) {
    if (opened) store_ = std::move(*opened);
    return crash("the start");
  }
  if (!opened) {
    return parts_.story.broken("the database does not open: " + opened.error().message);
  }
  store_ = std::move(*opened);
  io_ = std::make_unique<asio::io_context>(1);
  app_ = std::make_unique<app::Application>(*store_, options());
  parts_.story.tell("shop", "is up");
  plan_round();
  after_step();
}

void Server::crash(std::string_view amid) {
  parts_.story.tell("shop", "CRASH amid " + std::string(amid));
  ++crashes_;
  parts_.disk.cut();
  drop();
  parts_.disk.restart();
  parts_.timeline.after(parts_.random.between(5, 3'000), [this, life = life_] {
    if (life == life_) start();
  });
}

void Server::step(std::string_view what, const std::function<void()>& work) {
  if (!app_ || in_step_) return;
  in_step_ = true;
  Random& random = parts_.random;
  if (random.chance(faults.crash)) parts_.disk.cut_after(random.between(1, 14));
  const bool dies_after = random.chance(faults.crash_after);
  work();
  io_->restart();
  io_->poll();
  in_step_ = false;
  parts_.disk.cut_after(0);
  if (dies_after) parts_.disk.cut();
  if (parts_.disk.is_off()) return crash(what);
  after_step();
  for (const auto& say : std::exchange(said_, {})) say();
  plan_work();
}

void Server::deliver(http::Request request, Answered answered) {
  const std::string what = request.target;
  step(what, [&] {
    auto asked = std::make_shared<Asked>();
    asked->request = std::move(request);
    const http::Router& router = app_->router();
    const auto say = [this, answered = std::move(answered)](http::Response response) {
      said_.push_back([answered, response = std::move(response)] { answered(response); });
    };
    auto admission = router.admit(asked->request);
    if (!admission) return say(std::move(admission.error()));
    asked->admission = *admission;
    asio::co_spawn(*io_, router.answer(asked->admission, asked->request),
                   [asked, say](const std::exception_ptr&, http::Response response) {
                     say(std::move(response));
                   });
  });
}

void Server::round() {
  step("a round", [this] { app_->round(); });
}

void Server::batch() {
  batch_planned_ = false;
  step("a batch", [this] { app_->run_batch(); });
}

void Server::task() {
  task_planned_ = false;
  step("a task", [this] { app_->work_once(); });
}

/// Requests that come while a batch waits for its turn join it.
void Server::plan_work() {
  const auto plan = [this](bool& planned, void (Server::*run)()) {
    if (planned) return;
    planned = true;
    const std::int64_t wait_ms = parts_.random.between(0, faults.slow_ms);
    parts_.timeline.after(wait_ms, [this, run, life = life_] {
      if (life == life_) (this->*run)();
    });
  };
  if (app_->queued() > 0) plan(batch_planned_, &Server::batch);
  if (app_->has_tasks()) plan(task_planned_, &Server::task);
}

void Server::plan_round() {
  parts_.timeline.after(parts_.random.between(500, faults.rounds_ms), [this, life = life_] {
    if (life != life_) return;
    round();
    if (life == life_) plan_round();
  });
}

void Server::run_all() {
  while (app_ && (app_->queued() > 0 || app_->has_tasks())) {
    step("a batch", [this] { app_->run_batch(); });
    if (app_) step("a task", [this] { app_->work_once(); });
  }
}

}  // namespace tandem::simulate
