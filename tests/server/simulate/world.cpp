// SPDX-License-Identifier: Apache-2.0
#include "world.hpp"

#include <utility>

#include "payment/demo.hpp"
#include "shop.hpp"

namespace tandem::simulate {
namespace {

constexpr std::array<const char*, 10> kNames{"ann",   "bahar", "carl", "dana", "emil",
                                             "farid", "gita",  "hugo", "ines", "javad"};

/// What is made once for all seeds comes first, so that a seed finds the same chance in every
/// place.
std::uint64_t begun(std::uint64_t seed) {
  seed_chance(0);
  Disk scratch(0);
  set_up(scratch);
  seed_chance(seed);
  return seed;
}

}  // namespace

World::World(std::uint64_t seed, bool draws)
    : random(begun(seed)),
      disk(seed + 1),
      server({timeline, random, story, disk, bank, signing_key()}),
      network({timeline, random, story, server, auditor}) {
  set_up(disk);
  if (draws) {
    const std::string settings = some_settings(random);
    settle(settings);
    story.tell("shop", settings);
  }
  bank.kill_shop = [this] { server.cut(); };
  bank.send = [this](const std::string& body, std::function<void(int)> told) {
    network.call("the bank", webhook(body), {},
                 [told = std::move(told)](const auto& response) { told(response.status); });
  };
  server.after_step = [this] { auditor.look(); };
  server.start();
}

World::~World() = default;

http::Request World::webhook(const std::string& body) const {
  static const payment::Demo demo({.key = signing_key()});
  http::Request request = post("/v1/webhooks/demo", body, {});
  request.headers.set("Tandem-Signature", demo.sign(body, timeline.now_ms()));
  return request;
}

void World::calm() {
  network.faults = {.lost = 0, .doubled = 0, .late = 0};
  bank.faults = {.unreachable = 0, .answer_lost = 0, .shop_dies = 0, .at_once = 0};
  server.faults.crash = server.faults.crash_after = server.faults.crash_at_start = 0;
}

void World::people(std::int64_t buyers) {
  for (std::int64_t i = 0; i < buyers; ++i) {
    const std::string name = kNames[static_cast<std::size_t>(i) % kNames.size()];
    buyers_.push_back(std::make_unique<Buyer>(*this, name));
    buyers_.back()->begin();
  }
  staff_ = std::make_unique<Staff>(*this);
  staff_->begin();
}

bool World::step() {
  ++steps_;
  return timeline.step() && story.is_sound();
}

bool World::run(std::int64_t steps) {
  for (std::int64_t i = 0; i < steps; ++i) {
    if (!step()) break;
  }
  return finish();
}

/// The faults stop, the people go home, and time passes: first all that is on its way, then what
/// falls due by itself.
bool World::finish() {
  constexpr int kRoundsMax = 400;
  if (!story.is_sound()) return false;
  story.tell("END", "no more faults, and all the time it takes");
  over_ = true;
  calm();
  int quiet = 0;
  for (int i = 0; i < kRoundsMax && quiet < 5; ++i) {
    pass(1'800'000);
    if (!story.is_sound()) return false;
    quiet = bank.owed() == 0 ? quiet + 1 : 0;
  }
  auditor.look_at_end();
  return story.is_sound();
}

void World::pass(std::int64_t ms) {
  const std::int64_t until = timeline.now_ms() + ms;
  server.faults.rounds_ms = std::max<std::int64_t>(server.faults.rounds_ms, ms / 4);
  bool reached = false;
  timeline.after(ms, [&] { reached = true; });
  while (!reached && story.is_sound() && timeline.now_ms() < until + ms) {
    if (!step()) break;
  }
}

void World::send(const http::Request& request, Server::Answered answered) {
  server.deliver(request, std::move(answered));
}

http::Response World::ask(const http::Request& request) {
  std::optional<http::Response> answer;
  send(request, [&](const http::Response& response) { answer = response; });
  for (int i = 0; i < 100 && !answer; ++i) server.run_all();
  if (!answer) story.broken("no answer to " + request.target);
  return answer.value_or(http::Response{});
}

}  // namespace tandem::simulate
