// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a shop remembers of a customer beside the order at hand, found by account or email address.
// Facts: they come in with the context.
//
//   CustomerHistory{.bought_ms = yesterday}   // no reminder of a cart that was left before

#include <cstdint>
#include <optional>
#include <string>

namespace tandem {

struct CustomerHistory {
  std::optional<std::int64_t> bought_ms;  // when another order of the customer was last confirmed
  std::optional<std::int64_t> reminded_ms;  // when a reminder of another cart was last sent
  std::optional<std::int64_t> active_ms;  // of the customer's last command on any other cart
  bool accepts_reminders = true;  // as kept with the account
  bool unsubscribed = false;  // from reminders of any cart
  std::optional<std::string> email;  // of the account
  std::optional<std::string> salesperson;  // of the account
};

}  // namespace tandem
