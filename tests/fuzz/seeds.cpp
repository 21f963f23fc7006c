// SPDX-License-Identifier: Apache-2.0
#include "fuzz/seeds.hpp"

#include "core/support/vectors.hpp"
#include "tandem/replay/replay.hpp"

namespace tandem::fuzz {
namespace {

std::vector<std::string> inputs_of(const std::filesystem::path& folder) {
  std::vector<std::string> inputs;
  for (const auto& path : testing::vector_files(folder)) {
    const auto file = wire::parse(testing::read_file(path), {.depth_max = 32});
    if (!file) continue;
    const wire::Value* base = file->find("base");
    const wire::Value* vectors = file->list() != nullptr ? &*file : file->find("vectors");
    if (vectors == nullptr || vectors->list() == nullptr) continue;
    for (const wire::Value& vector : *vectors->list()) {
      const wire::Value* input = vector.find("input");
      if (input == nullptr) continue;
      inputs.push_back(testing::text_of(base == nullptr ? *input : testing::merged(*base, *input)));
    }
  }
  return inputs;
}

}  // namespace

Seeds seeds_of(const std::filesystem::path& vectors, std::size_t every) {
  Seeds seeds{.quotes = inputs_of(vectors / "quote"), .replays = {}, .messages = {}};
  const auto scripts = inputs_of(vectors / "order");
  for (std::size_t i = 0; i < scripts.size(); i += every) seeds.replays.push_back(scripts[i]);
  seeds.messages = seeds.quotes;
  for (const std::string& input : seeds.replays) {
    seeds.messages.push_back(input);
    seeds.messages.push_back(replay_verb(input).bytes);
  }
  return seeds;
}

}  // namespace tandem::fuzz
