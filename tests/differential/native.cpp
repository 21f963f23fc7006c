// SPDX-License-Identifier: Apache-2.0
// The native side of the differential run. Reads `quote HEX` or `replay HEX` per line; answers the
// status and the SHA-256 of the answer's bytes, or with --bytes the answer itself.
#include <iostream>
#include <string>
#include <string_view>

#include "tandem/digest/sha256.hpp"
#include "tandem/replay/replay.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace {

unsigned nibble(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

std::string bytes_of(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(nibble(hex[i]) * 16 + nibble(hex[i + 1]));
  }
  return bytes;
}

tandem::VerbAnswer answer_to(std::string_view line) {
  const auto space = line.find(' ');
  const std::string input = bytes_of(line.substr(space + 1));
  if (line.substr(0, space) == "replay") return tandem::replay_verb(input);
  tandem::VerbAnswer answer;
  answer.bytes = tandem::wire::quote_verb(input, answer.status);
  return answer;
}

}  // namespace

int main(int count, char** arguments) {
  const bool whole = count > 1 && std::string_view(arguments[1]) == "--bytes";
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    const tandem::VerbAnswer answer = answer_to(line);
    std::cout << answer.status << ' '
              << (whole ? answer.bytes : tandem::hex(tandem::sha256(answer.bytes))) << std::endl;
  }
  return 0;
}
