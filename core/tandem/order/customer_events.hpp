// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events about the customer of an order: who and where, what was agreed to, and reminders of a cart
// that was left.
//
//   AddressSet{.country = "DE", .kind = AddressKind::ship_to}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/order/address.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

/// Part: contact.
struct ContactSet {
  std::optional<bool> reminders;
};
template <>
struct Fields<ContactSet> {
  static constexpr std::array list{optional<&ContactSet::reminders>("reminders")};
};

/// Part: address.
struct AddressSet {
  std::string country;
  AddressKind kind{};
  std::optional<std::string> region;
};
template <>
struct Fields<AddressSet> {
  static constexpr std::array list{required<&AddressSet::country>("country"),
                                   required<&AddressSet::kind>("kind"),
                                   optional<&AddressSet::region>("region")};
};

struct TermsAccepted {
  std::string version;
};
template <>
struct Fields<TermsAccepted> {
  static constexpr std::array list{required<&TermsAccepted::version>("version")};
};

/// The customer signed in.
struct CustomerAttached {
  std::string customer;
};
template <>
struct Fields<CustomerAttached> {
  static constexpr std::array list{required<&CustomerAttached::customer>("customer")};
};

struct Unsubscribed {};

struct ReminderSent {};

struct ReminderSkipped {
  SkipReason reason{};
};
template <>
struct Fields<ReminderSkipped> {
  static constexpr std::array list{required<&ReminderSkipped::reason>("reason")};
};

}  // namespace tandem
