// SPDX-License-Identifier: Apache-2.0
#pragma once
// The commands of `tandem`. Each answers its exit status: 0 done, 1 refused or something is wrong,
// 2 wrong usage.

#include <expected>
#include <string>
#include <vector>

#include "app/import_shop.hpp"
#include "app/published.hpp"
#include "config/config.hpp"
#include "store/store.hpp"

namespace tandem::cli {

inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;
inline constexpr int kUsage = 2;

int serve(const config::Config& config);

struct ImportOptions {
  store::OpenOptions database;
  std::string shop;  // a folder; single files go before it
  app::ShopFiles files;
  bool quiet = false;
};
int import(const ImportOptions& options);

/// Commands on the two published documents.
struct PaperOptions {
  app::Paper paper{};
  store::OpenOptions database;
  std::string file;      // to publish
  std::string if_match;  // the edition that the change was made from; empty: the one in force
  std::string from;      // an edition
  std::string to;
  std::string actor;  // for the audit
};
int publish(const PaperOptions& options);
int roll_back(const PaperOptions& options);
int list_editions(const PaperOptions& options);
int compare_editions(const PaperOptions& options);

/// `file` is a path or "-" for standard input.
int quote(const std::string& file);
int replay(const std::string& file);

int verify(store::OpenOptions database, bool quiet);
int migrate(store::OpenOptions database);

struct BackupOptions {
  store::OpenOptions database;
  std::string to;  // a file that is not there yet
  bool quiet = false;
};
/// Copies a database that may be in use, opens the copy and verifies it whole.
int backup(const BackupOptions& options);

struct KeyOptions {
  store::OpenOptions database;
  std::string role;
  std::string name;
  std::string id;     // as list_keys tells it
  std::string actor;  // for the audit
};
int add_key(const KeyOptions& options);
int list_keys(const KeyOptions& options);
int revoke_key(const KeyOptions& options);

struct UserOptions {
  store::OpenOptions database;
  std::string email;
  std::string role;
  std::string actor;  // for the audit
};
// A password is asked for without echo, or read from standard input; an empty one is made.
int add_user(const UserOptions& options);
int list_users(const UserOptions& options);
int disable_user(const UserOptions& options);
int enable_user(const UserOptions& options);
int set_user_role(const UserOptions& options);
int set_user_password(const UserOptions& options);

/// Starts the simulator with these arguments in this process's place. Only where there are tests.
int simulate(const std::vector<std::string>& arguments);

/// One line on standard error.
void tell(const std::string& sentence);

/// Opens a store, telling on standard error what is wrong with it.
[[nodiscard]] std::unique_ptr<store::Store> open_or_tell(const store::OpenOptions& options);

/// The database's name for messages: a URL without its password.
[[nodiscard]] std::string shown(const std::string& database);

}  // namespace tandem::cli
