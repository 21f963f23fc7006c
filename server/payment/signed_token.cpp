// SPDX-License-Identifier: Apache-2.0
#include "payment/signed_token.hpp"

namespace tandem::payment {

std::string SignedToken::make(std::string_view text) const {
  constexpr std::size_t kDigits = 32;
  return std::string(text) + '-' + app::mac_hex(key_, text).substr(0, kDigits);
}

std::optional<std::string> SignedToken::read(std::string_view token) const {
  const auto dash = token.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view text = token.substr(0, dash);
  if (!app::same(make(text), token)) return std::nullopt;
  return std::string(text);
}

}  // namespace tandem::payment
