// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who the embedding site says a customer is: a signed token (JWT, RFC 7519) in compact form. The
// algorithm is the configured one, whatever the token says; of several keys each may fit, so that
// keys can be rolled.
//
//   read_identity(token, {.keys = {"…"}, .audience = "shop"}, now_ms)->subject == "customer-7"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tandem/base/result.hpp"

namespace tandem::app {

/// HS256 takes secrets of 32 bytes and more; RS256 and ES256 public keys as PEM texts.
struct IdentityOptions {
  std::string algorithm = "HS256";
  std::vector<std::string> keys{};  // none: the site does not sign anybody in
  std::string audience = "tandem";
};

struct Identity {
  std::string subject{};
  std::string email{};
  bool email_verified = false;  // the site knows that the address is the customer's
  std::string name{};           // empty: none
  std::string group{};          // empty: none
};

/// What is wrong with these options, in a sentence; empty when nothing is.
[[nodiscard]] std::string fault_of(const IdentityOptions& options);

/// The claims `sub`, `email`, `exp`, `iat` and `aud` are needed; clocks may differ by a minute.
/// Refuses, in this order: token_malformed (no token at all), token_algorithm_wrong,
/// token_signature_wrong, token_malformed (a claim), token_audience_wrong, token_expired,
/// token_not_yet_valid.
[[nodiscard]] Result<Identity> read_identity(std::string_view token, const IdentityOptions& options,
                                             std::int64_t now_ms);

}  // namespace tandem::app
