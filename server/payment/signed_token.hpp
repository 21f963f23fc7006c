// SPDX-License-Identifier: Apache-2.0
#pragma once
// Texts that a page's address carries and that only the shop can have made: "<text>-<mac>". What a
// token is for is part of its key, so that none passes for another.
//
//   const SignedToken pages(key, "stripe page");
//   pages.read(pages.make("17-1")) == "17-1"

#include <optional>
#include <string>
#include <string_view>

#include "app/secrets.hpp"

namespace tandem::payment {

class SignedToken {
 public:
  SignedToken(const app::SigningKey& key, std::string_view purpose)
      : key_(app::derived_key(key, purpose)) {}

  [[nodiscard]] std::string make(std::string_view text) const;
  /// The text, if the token was made here. Compares in constant time.
  [[nodiscard]] std::optional<std::string> read(std::string_view token) const;

 private:
  app::SigningKey key_;
};

}  // namespace tandem::payment
