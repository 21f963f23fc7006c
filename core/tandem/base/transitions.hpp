// SPDX-License-Identifier: Apache-2.0
#pragma once
// Transition tables as data: which action leads from which state to which. The tables are checked
// while compiling and rendered into docs/reference/transitions.md.
//
//   constexpr std::array kTransitions{Transition{Door::open, Push::close, Door::closed}, …};
//   static_assert(every_state_reachable(kTransitions, Door::open));

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>

#include "tandem/base/enum.hpp"

namespace tandem {

template <class State, class Action>
struct Transition {
  State from;
  Action by;
  State to;
};

/// Where the action leads from here, or nothing when the table has no such row.
template <class State, class Action, std::size_t Rows>
[[nodiscard]] constexpr std::optional<State> next(
    const std::array<Transition<State, Action>, Rows>& table, State from, Action by) {
  for (const auto& row : table)
    if (row.from == from && row.by == by) return row.to;
  return std::nullopt;
}

template <class State, class Action, std::size_t Rows>
consteval bool every_state_reachable(const std::array<Transition<State, Action>, Rows>& table,
                                     State first) {
  std::array<bool, kEnumNames<State>.size()> seen{};
  seen[static_cast<std::size_t>(first)] = true;
  for (std::size_t pass = 0; pass < seen.size(); ++pass)
    for (const auto& row : table)
      if (seen[static_cast<std::size_t>(row.from)]) seen[static_cast<std::size_t>(row.to)] = true;
  return std::ranges::all_of(seen, [](bool reached) { return reached; });
}

/// Whether exactly the named states have no way out.
template <class State, class Action, std::size_t Rows>
consteval bool final_states_are(const std::array<Transition<State, Action>, Rows>& table,
                                std::initializer_list<State> finals) {
  for (std::size_t i = 0; i < kEnumNames<State>.size(); ++i) {
    const auto state = static_cast<State>(i);
    const bool has_way_out = std::ranges::any_of(
        table, [&](const auto& row) { return row.from == state && row.to != state; });
    const bool is_final = std::ranges::find(finals, state) != finals.end();
    if (has_way_out == is_final) return false;
  }
  return true;
}

/// Whether no state has two rows for one action.
template <class State, class Action, std::size_t Rows>
consteval bool rows_are_unambiguous(const std::array<Transition<State, Action>, Rows>& table) {
  for (std::size_t i = 0; i < Rows; ++i)
    for (std::size_t j = i + 1; j < Rows; ++j)
      if (table[i].from == table[j].from && table[i].by == table[j].by) return false;
  return true;
}

}  // namespace tandem
