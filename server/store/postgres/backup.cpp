// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/backup.hpp"

#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <string_view>
#include <vector>

namespace tandem::store::postgres {
namespace {

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

/// This process's environment with the URL's parts in it: arguments, and with them a password,
/// could be seen by every user of the machine.
std::vector<std::string> environment_for(const PQconninfoOption* option) {
  std::vector<std::string> variables;
  std::vector<std::string> names;
  for (; option->keyword != nullptr; ++option) {
    if (option->val == nullptr || option->envvar == nullptr) continue;
    names.push_back(std::string(option->envvar) + '=');
    variables.push_back(names.back() + option->val);
  }
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    bool replaced = false;
    for (const std::string& name : names) replaced = replaced || text.starts_with(name);
    if (!replaced) variables.emplace_back(text);
  }
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Stored<void> dump(const std::string& url, const std::string& path) {
  const std::unique_ptr<PQconninfoOption, FreeOptions> parts(PQconninfoParse(url.c_str(), nullptr));
  if (parts == nullptr) return fail({Fault::misuse, {}, {}, "the URL cannot be read"});
  std::vector<std::string> arguments{"pg_dump", "--format=custom", "--no-password",
                                     "--file=" + path};
  std::vector<std::string> variables = environment_for(parts.get());
  pid_t child = -1;
  const int spawned = ::posix_spawnp(&child, "pg_dump", nullptr, nullptr,
                                     pointers(arguments).data(), pointers(variables).data());
  int status = 0;
  if (spawned != 0 || ::waitpid(child, &status, 0) != child || status != 0) {
    return fail({Fault::io, {}, path, "pg_dump is missing or has failed"});
  }
  return {};
}

}  // namespace tandem::store::postgres
