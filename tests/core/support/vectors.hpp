// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reading vectors, and comparing what they expect with an answer: objects key by key, lists element
// by element, everything else by its canonical bytes. What a vector does not name is not compared.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tandem/wire/value.hpp"

namespace tandem::testing {

/// The vector files of a folder, by name.
inline std::vector<std::filesystem::path> vector_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

inline std::string text_of(const wire::Value& value) {
  std::string text;
  wire::append_value(text, value);
  return text;
}

/// `base` with the members of `changes` laid over it; null takes a member away.
inline wire::Value merged(const wire::Value& base, const wire::Value& changes) {
  const auto* over = changes.object();
  if (over == nullptr || base.object() == nullptr) return changes;
  wire::Members members = *base.object();
  for (const auto& [key, value] : *over) {
    const auto found = std::ranges::find(members, key, &wire::Member::key);
    if (found != members.end()) {
      found->value = merged(found->value, value);
    } else {
      members.emplace_back(key, value);
    }
  }
  std::ranges::sort(members, {}, &wire::Member::key);
  return wire::Value{std::move(members)};
}

/// The first place where `actual` does not hold `expected`, in words; empty when there is none.
inline std::string difference(const wire::Value& expected, const wire::Value& actual,
                              const std::string& place = {}) {
  if (const auto* members = expected.object()) {
    for (const auto& [key, value] : *members) {
      const wire::Value* found = actual.find(key);
      if (found == nullptr && value.is_null()) continue;  // left out while it is null
      if (found == nullptr) return place + "/" + key + " is missing";
      if (auto text = difference(value, *found, place + "/" + key); !text.empty()) return text;
    }
    return {};
  }
  const auto* list = expected.list();
  if (list != nullptr && actual.list() != nullptr && list->size() == actual.list()->size()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      const std::string at = place + "/" + std::to_string(i);
      if (auto text = difference((*list)[i], (*actual.list())[i], at); !text.empty()) return text;
    }
    return {};
  }
  const std::string want = text_of(expected);
  const std::string have = text_of(actual);
  return want == have ? "" : place + " is " + have + ", not " + want;
}

}  // namespace tandem::testing
