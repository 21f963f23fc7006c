// SPDX-License-Identifier: Apache-2.0
// The pure verbs: a document in, an answer out, no shop behind them.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "cli/cli.hpp"
#include "tandem/replay/replay.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace tandem::cli {
namespace {

std::optional<std::string> read_input(const std::string& file) {
  if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "%s: cannot be read\n", file.c_str());
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void print(const std::string& bytes) {
  std::fwrite(bytes.data(), 1, bytes.size(), stdout);
  std::fputc('\n', stdout);
}

}  // namespace

int quote(const std::string& file) {
  const auto input = read_input(file);
  if (!input) return kUsage;
  int status = kDone;
  print(wire::quote_verb(*input, status));
  return status;
}

int replay(const std::string& file) {
  const auto input = read_input(file);
  if (!input) return kUsage;
  const VerbAnswer answer = replay_verb(*input);
  print(answer.bytes);
  return answer.status;
}

}  // namespace tandem::cli
