// SPDX-License-Identifier: Apache-2.0
#pragma once
// Contact and address: personal data, kept in sealed parts of events (see record.hpp), so that it
// can be erased while the event chain still verifies. What prices depend on (country, region) is
// public and stands in the event itself.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

struct Contact {
  std::string email;
  std::optional<std::string> name;
  std::optional<std::string> phone;

  friend bool operator==(const Contact&, const Contact&) = default;
};

template <>
struct Fields<Contact> {
  static constexpr std::array list{required<&Contact::email>("email"),
                                   optional<&Contact::name>("name"),
                                   optional<&Contact::phone>("phone")};
};

TANDEM_ENUM(AddressKind, ship_to, bill_to)

/// A postal address. Only the country is always needed; see missing_address_fields().
struct Address {
  std::string country;  // ISO 3166-1 alpha-2
  std::optional<std::string> city;
  std::optional<std::string> line1;
  std::optional<std::string> line2;
  std::optional<std::string> name;
  std::optional<std::string> neighborhood;
  std::optional<std::string> note;  // for the carrier
  std::optional<std::string> organization;
  std::optional<std::string> phone;
  std::optional<std::string> postcode;
  std::optional<std::string> region;  // ISO 3166-2 without the country
  std::optional<std::string> tax_number;

  friend bool operator==(const Address&, const Address&) = default;
};

template <>
struct Fields<Address> {
  static constexpr std::array list{
      optional<&Address::city>("city"),     required<&Address::country>("country"),
      optional<&Address::line1>("line1"),   optional<&Address::line2>("line2"),
      optional<&Address::name>("name"),     optional<&Address::neighborhood>("neighborhood"),
      optional<&Address::note>("note"),     optional<&Address::organization>("organization"),
      optional<&Address::phone>("phone"),   optional<&Address::postcode>("postcode"),
      optional<&Address::region>("region"), optional<&Address::tax_number>("tax_number"),
  };
};

}  // namespace tandem
