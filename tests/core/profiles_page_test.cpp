// SPDX-License-Identifier: Apache-2.0
// docs/reference/profiles.md says of every profile, key by key, what the code holds.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "core/support/vectors.hpp"
#include "tandem/catalog/money_policy.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem {
namespace {

using Keys = std::map<std::string, std::string>;

/// The texts between backquotes of one line.
std::vector<std::string> backquoted(const std::string& line) {
  std::vector<std::string> texts;
  for (std::size_t from = line.find('`'); from != std::string::npos;) {
    const std::size_t to = line.find('`', from + 1);
    if (to == std::string::npos) break;
    texts.push_back(line.substr(from + 1, to - from - 1));
    from = line.find('`', to + 1);
  }
  return texts;
}

/// The tables of the page by their heading; the last one is of the defaults.
std::map<std::string, Keys> tables_of(const std::string& page) {
  std::map<std::string, Keys> tables;
  std::string heading;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    const auto texts = backquoted(line);
    if (line.starts_with("## ")) {
      heading = texts.empty() ? "defaults" : texts[0];
      tables[heading];
    } else if (line.starts_with("| `")) {
      tables[heading][texts.at(0)] = texts.at(1);
    }
  }
  return tables;
}

/// The members of an object as texts, but for those that are left out.
template <class T>
Keys members_of(const T& value) {
  Keys keys;
  const auto parsed = wire::parse(canonical(value));
  for (const auto& [key, member] : *parsed->object()) {
    std::string text = testing::text_of(member);
    if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
    keys[key] = text;
  }
  return keys;
}

TEST(ProfilesPage, SaysWhatTheCodeHolds) {
  const auto tables = tables_of(testing::read_file("docs/reference/profiles.md"));
  std::set<std::string> named{"defaults"};
  for (const MoneyProfile& profile : money_profiles()) {
    const std::string name(profile.name);
    named.insert(name);
    ASSERT_TRUE(tables.contains(name)) << name;
    Keys held = members_of(profile.keys);
    held.erase("profile");
    std::erase_if(held, [](const auto& key) { return key.second == "null"; });
    EXPECT_EQ(tables.at(name), held) << name;
  }
  for (const auto& [name, keys] : tables) EXPECT_TRUE(named.contains(name)) << name;
}

std::string text_of_default(bool value) { return value ? "true" : "false"; }
std::string text_of_default(std::int64_t value) { return std::to_string(value); }
std::string text_of_default(const IncludesTax& value) {
  return value ? text_of_default(*value) : "null";
}
template <class Enum>
std::string text_of_default(Enum value) {
  return std::string(enum_name(value));
}

TEST(ProfilesPage, SaysWhatTheDefaultsAre) {
  const MoneyPolicy policy;
  Keys held;
#define TANDEM_MONEY_KEY(Type, name, standard) held[#name] = text_of_default(policy.name);
#include "tandem/catalog/money_keys.def"
#undef TANDEM_MONEY_KEY
  EXPECT_EQ(tables_of(testing::read_file("docs/reference/profiles.md")).at("defaults"), held);
}

}  // namespace
}  // namespace tandem
