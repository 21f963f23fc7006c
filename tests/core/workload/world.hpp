// SPDX-License-Identifier: Apache-2.0
#pragma once
// One shop with its orders over a while: time passes, people and providers do things, the auditor
// looks after every step. What happened is kept as a script, so that it can be replayed.
//
//   World world(seed);   while (world.step()) {}   world.report()

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "core/workload/auditor.hpp"
#include "core/workload/generator.hpp"

namespace tandem::workload {

class World {
 public:
  explicit World(std::uint64_t seed);

  /// One entry of the script with all it leads to. False: something does not hold.
  [[nodiscard]] bool step();
  /// The last looks: every order's chain, all ledgers. False: something does not hold.
  [[nodiscard]] bool finish();

  /// What does not hold, and how to get there.
  [[nodiscard]] std::string report() const;
  /// The whole script so far, for `tandem replay`.
  [[nodiscard]] std::string script() const;

  /// How often what was asked: type and whether it was refused.
  [[nodiscard]] const std::map<std::string, std::int64_t>& counts() const { return counts_; }

 private:
  using Answer = Result<std::vector<Event>>;
  void let_time_pass();
  void run_due();
  void run_consequences();
  void change_facts();
  void ask();
  Answer run(const std::string& order, const Command& command, const Actor& actor,
             std::int64_t at_ms, const std::optional<CommandId>& command_id = {});
  void look_at_touched();
  void retire(const std::string& order);
  [[nodiscard]] std::string choose_order();
  [[nodiscard]] View view(const std::string& order) const;
  [[nodiscard]] bool sound() const { return auditor_.faults().empty() && faults_.empty(); }

  std::uint64_t seed_;
  Random random_;
  std::string document_;
  replay::Shop shop_;
  Auditor auditor_;
  Generator generator_;
  std::int64_t now_ms_ = kBeginMs;
  std::int64_t steps_ = 0;
  std::int64_t orders_ = 0;
  std::size_t most_alive_;
  std::vector<std::string> alive_;
  std::map<std::string, std::int64_t> lives_;  // steps left of an order
  std::set<std::string> touched_;
  std::vector<std::string> entries_;
  std::deque<std::string> recent_;
  std::map<std::string, std::int64_t> counts_;
  std::vector<std::string> faults_;
};

}  // namespace tandem::workload
