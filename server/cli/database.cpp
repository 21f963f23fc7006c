// SPDX-License-Identifier: Apache-2.0
// Commands that work on a database: verify, backup, migrate.
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "app/verify.hpp"
#include "cli/cli.hpp"

namespace tandem::cli {
namespace {

/// One line that is written over again, on a terminal only.
void show_progress(std::string_view what, std::size_t done, std::size_t of) {
  if (::isatty(STDERR_FILENO) == 0) return;
  std::string line = "\r\x1b[K" + std::string(what);
  if (of > 0) line += ' ' + std::to_string(done) + " of " + std::to_string(of);
  if (of == 0 && done > 0) line += ' ' + std::to_string(done);
  std::fputs(line.c_str(), stderr);
}

void end_progress() {
  if (::isatty(STDERR_FILENO) != 0) std::fputs("\r\x1b[K", stderr);
}

}  // namespace

void tell(const std::string& sentence) { std::fprintf(stderr, "%s\n", sentence.c_str()); }

std::string shown(const std::string& database) {
  const std::size_t at = database.rfind('@', database.find('?'));
  const std::size_t user = store::is_url(database) ? database.find("://") + 3 : at;
  if (at == std::string::npos || user >= at) return database;
  const std::size_t colon = database.find(':', user);
  if (colon >= at) return database;
  return database.substr(0, colon) + database.substr(at);
}

std::unique_ptr<store::Store> open_or_tell(const store::OpenOptions& options) {
  auto store = store::open_store(options);
  if (store) return std::move(*store);
  const std::string name = shown(options.database);
  tell(name + ": " + store.error().message);
  if (store.error().fault == store::Fault::schema_older) tell("run: tandem migrate --db " + name);
  return nullptr;
}

int verify(store::OpenOptions database, bool quiet) {
  std::error_code ignored;
  const std::string& name = database.database;
  if (!store::is_url(name) && !std::filesystem::exists(name, ignored)) {
    tell(name + ": there is no such file");
    return kRefused;
  }
  database.one_moment = true;  // a server may write beside it
  const auto store = open_or_tell(database);
  if (!store) return kRefused;
  const app::Findings findings = app::verify(*store, [&](std::int64_t orders) {
    if (!quiet) show_progress("orders checked:", static_cast<std::size_t>(orders), 0);
  });
  end_progress();
  for (const std::string& sentence : findings.sentences) std::printf("%s\n", sentence.c_str());
  if (findings.total > findings.sentences.size()) {
    std::printf("and %zu more\n", findings.total - findings.sentences.size());
  }
  if (!findings.complete) return kRefused;
  std::printf("%lld orders with %lld events checked, %zu findings\n",
              static_cast<long long>(findings.orders), static_cast<long long>(findings.events),
              findings.total);
  return findings.total == 0 ? kDone : kRefused;
}

int backup(const BackupOptions& options) {
  const std::string& name = options.database.database;
  std::error_code ignored;
  if (!store::is_url(name) && !std::filesystem::exists(name, ignored)) {
    tell(name + ": there is no such file");
    return kRefused;
  }
  if (std::filesystem::exists(options.to, ignored)) {
    tell(options.to + ": is there already; a backup overwrites nothing");
    return kRefused;
  }
  {
    const auto store = open_or_tell(options.database);
    if (!store) return kRefused;
    if (!options.quiet) show_progress("copying", 0, 0);
    const auto copied = store->backup(options.to);
    end_progress();
    if (!copied) {
      std::filesystem::remove(options.to, ignored);
      tell(options.to + ": " + copied.error().message);
      return kRefused;
    }
  }
  if (store::is_url(name)) {
    std::printf("%s: dumped; restore it with pg_restore into an empty database\n",
                options.to.c_str());
    return kDone;
  }
  std::printf("%s: copied\n", options.to.c_str());
  return verify({.database = options.to}, options.quiet);
}

int migrate(store::OpenOptions database) {
  database.migrate = true;
  const auto store = open_or_tell(database);
  if (!store) return kRefused;
  const auto version = store->reads().schema_version();
  if (!version) {
    tell(shown(database.database) + ": " + version.error().message);
    return kRefused;
  }
  std::printf("%s: schema %lld of %lld\n", shown(database.database).c_str(),
              static_cast<long long>(*version),
              static_cast<long long>(store::schema_version_known()));
  return kDone;
}

}  // namespace tandem::cli
