// SPDX-License-Identifier: Apache-2.0
#pragma once
// A PostgreSQL of a test's own, in a temporary folder and on a socket in it, with PgBouncer before
// it on demand. It ends with its owner, even when that is killed.
//
//   PostgresServer server({.durable = true});
//   auto store = open_postgres({.url = server.new_database("shop")});
//   server.stop(SIGQUIT);    // as a power cut, but for what the kernel still writes
//   server.start();
//
//   PostgresServer standby({.durable = true, .standby_of = &server});
//   server.require_standby();    // from now on a commit is on both

#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace tandem::store {

class PostgresServer {
 public:
  struct Options {
    bool durable = false;  // waits for the disk, as tandem asks for
    std::vector<std::string> settings{};  // "name=value"
    const PostgresServer* standby_of = nullptr;  // a copy of that one, which it follows
  };

  explicit PostgresServer(Options options);
  PostgresServer() : PostgresServer(Options{}) {}
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  /// One for all tests of this process that need no durability; started by who asks first.
  static PostgresServer& shared();

  void start();
  /// SIGQUIT: at once, to be recovered; SIGINT: disconnects everybody; SIGTERM: waits for them.
  void stop(int signal);
  void restart(int signal) {
    stop(signal);
    start();
  }

  [[nodiscard]] std::string folder() const { return folder_; }
  [[nodiscard]] std::string url(const std::string& database) const;
  /// The same database of this server or of the other, whichever takes writes.
  [[nodiscard]] std::string url_of_primary(const std::string& database,
                                           const PostgresServer& other) const;
  /// Waits for a standby, and makes every commit wait for it.
  void require_standby() const;
  /// Makes of a standby a server that takes writes.
  void promote() const;
  /// The same database through PgBouncer in transaction mode.
  [[nodiscard]] std::string pooled_url(const std::string& database);
  /// Makes a database unless this process did before; answers its URL. With the schema in it, or
  /// empty.
  std::string new_database(const std::string& name, bool empty = false);
  /// Runs a script; answers the first column of the first row.
  std::string run(const std::string& database, const std::string& sql) const;

 private:
  void make_data();
  void start_pooler();
  [[nodiscard]] std::string file(const std::string& name) const { return folder_ / name; }

  const Options options_;
  std::filesystem::path folder_;
  pid_t server_ = -1;
  pid_t pooler_ = -1;
  std::set<std::string> databases_;
};

}  // namespace tandem::store
