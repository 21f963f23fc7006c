// SPDX-License-Identifier: Apache-2.0
// Uses the installed headers and the library. FIPS 180-4 gives the digest of "abc".
#include <cstdio>
#include <string>
#include <tandem/base/reason.hpp>
#include <tandem/digest/sha256.hpp>

int main() {
  const auto found = tandem::reason_named("out_of_stock");
  if (!found || tandem::http_status(*found) != 409) return 1;
  const std::string digest = tandem::hex(tandem::sha256("abc"), 4);
  std::printf("%d %s\n", static_cast<int>(*found), digest.c_str());
  return digest == "ba7816bf" ? 0 : 1;
}
