// SPDX-License-Identifier: Apache-2.0
#pragma once
// The demo provider's page: an amount and a button for each outcome. Plain HTML without scripts.

#include <cstdint>
#include <string>

namespace tandem::payment {

struct DemoPage {
  std::string token;
  std::string language = "en";  // en or fa
  std::int64_t amount_minor = 0;
  std::string currency;
  bool open = true;  // false: the attempt has ended, there is nothing to choose
  std::string return_url;
};

[[nodiscard]] std::string demo_page(const DemoPage& page);

}  // namespace tandem::payment
