// SPDX-License-Identifier: Apache-2.0
#pragma once
// Simulated time: what is to happen, in the order of its time, then of its being planned. The clock
// moves only from one happening to the next.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem::simulate {

inline constexpr std::int64_t kStart = 1'767'225'600'000;  // midnight of a new year

class Timeline {
 public:
  using What = std::function<void()>;

  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  void after(std::int64_t ms, What what) {
    plans_.emplace(std::pair(now_ms_ + ms, ++count_), std::move(what));
  }
  /// Moves the clock alone; what was due meanwhile happens afterwards.
  void pass(std::int64_t ms) { now_ms_ += ms; }
  /// The next thing happens. False when nothing is planned.
  bool step() {
    if (plans_.empty()) return false;
    auto next = plans_.extract(plans_.begin());
    now_ms_ = std::max(now_ms_, next.key().first);
    next.mapped()();
    return true;
  }
  [[nodiscard]] std::int64_t steps_planned() const {
    return static_cast<std::int64_t>(plans_.size());
  }

 private:
  std::int64_t now_ms_ = kStart;
  std::uint64_t count_ = 0;
  std::map<std::pair<std::int64_t, std::uint64_t>, What> plans_;
};

/// What happened, to be read by a person.
class Story {
 public:
  explicit Story(const Timeline& timeline) : timeline_(timeline) {}
  void tell(std::string_view who, std::string_view what);
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
  /// Told by a line of the story as well.
  void broken(std::string what);
  [[nodiscard]] const std::string& first_broken() const { return broken_; }
  [[nodiscard]] bool is_sound() const { return broken_.empty(); }

 private:
  const Timeline& timeline_;
  std::vector<std::string> lines_;
  std::string broken_;
};

}  // namespace tandem::simulate
