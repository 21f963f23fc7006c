// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which commands an actor may send now and, for the others, why not, so that no page repeats a
// rule. It asks decide() itself: a command without free input is decided as it stands, once for
// each attempt, transfer, invoice, return or line it could be about; one that needs input counts as
// possible unless who sends it or the order's state refuses it whatever the input.
//
//   possible(order, context)[0] == Possibility{.command = "add_line", .refused = {}, .subject = {}}

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tandem/base/result.hpp"
#include "tandem/order/context.hpp"
#include "tandem/order/order.hpp"

namespace tandem {

struct Possibility {
  std::string command;
  std::optional<Reason> refused;  // none: it may be sent
  std::optional<std::string> subject;  // the number or line that it is about
};

/// In the order of the commands, and of the subjects. Commands of other classes of actors, and of
/// roles that the actor has not, are left out.
[[nodiscard]] std::vector<Possibility> possible(const Order& order, const Context& context);

/// Whether a refusal holds for every input: it is about who asks, or about the order's state.
[[nodiscard]] bool refuses_any_input(Reason reason);

template <>
struct Fields<Possibility> {
  static constexpr std::array list{required<&Possibility::command>("command"),
                                   required<&Possibility::refused>("refused"),
                                   required<&Possibility::subject>("subject")};
};

}  // namespace tandem
