// SPDX-License-Identifier: Apache-2.0
#include "http/page_policy.hpp"

namespace tandem::http {

std::string page_policy(const Sources& third, std::string_view own_script) {
  std::string policy =
      "default-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; "
      "frame-ancestors 'none'; object-src 'none'";
  const auto allow = [&policy](std::string_view directive, std::string_view own,
                               std::string_view more) {
    policy.append("; ").append(directive).append(own);
    if (!more.empty()) policy.append(" ").append(more);
  };
  std::string script = " 'self'";
  if (!own_script.empty()) script.append(" ").append(own_script);
  allow("script-src", script, third.script);
  allow("img-src", " 'self' data:", third.image);
  allow("connect-src", " 'self'", third.connect);
  allow("frame-src", third.frame.empty() ? " 'none'" : "", third.frame);
  return policy;
}

}  // namespace tandem::http
