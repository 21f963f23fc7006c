// SPDX-License-Identifier: Apache-2.0
#pragma once
// An account as its customer sees it.

#include <optional>
#include <string>

#include "store/catalog.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem::app {

struct SessionCustomer {
  std::optional<std::string> email;
  std::optional<std::string> group;
  std::string id;
  std::optional<std::string> name;
  bool reminders = true;
};

[[nodiscard]] inline SessionCustomer customer_view(const store::Customer& customer) {
  const auto unless_empty = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  };
  return {.email = unless_empty(customer.email),
          .group = unless_empty(customer.group),
          .id = customer.id,
          .name = unless_empty(customer.name),
          .reminders = customer.reminders};
}

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::SessionCustomer> {
  using C = app::SessionCustomer;
  static constexpr std::array list{required<&C::email>("email"), required<&C::group>("group"),
                                   required<&C::id>("id"), required<&C::name>("name"),
                                   required<&C::reminders>("reminders")};
};
}  // namespace tandem
