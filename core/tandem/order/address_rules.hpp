// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an address needs, per country, and how people's spelling is folded into one form.
// The table follows the required parts of the public address metadata for these countries.
//
//   missing_address_fields({.country = "US"}) == {"region", "postcode"}

#include <string>
#include <string_view>
#include <vector>

#include "tandem/base/text.hpp"
#include "tandem/order/address.hpp"

namespace tandem {

/// One @ with something before it and a dot after it; at most 254 bytes.
[[nodiscard]] bool is_email(std::string_view text);

/// Two capital letters.
[[nodiscard]] bool is_country(std::string_view text);

/// Digits of any script as ASCII (Persian, Arabic, full width), spaces around removed; a postcode
/// in capitals besides.
[[nodiscard]] Address normalized(Address address);

/// The fields of this address that its country needs and that are empty: "region", "postcode".
[[nodiscard]] std::vector<std::string> missing_address_fields(const Address& address);

}  // namespace tandem
