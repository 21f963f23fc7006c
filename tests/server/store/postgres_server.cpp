// SPDX-License-Identifier: Apache-2.0
#include "server/store/postgres_server.hpp"

#include <grp.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string_view>

#include "store/store.hpp"

namespace tandem::store {
namespace {

constexpr const char* kUser = "tandem";
constexpr const char* kSchema = "tandem_schema";  // what new databases are copied from

/// Where the programs are: Debian keeps the server's off the path.
std::string program(const std::string& name) {
  const std::filesystem::path versions = "/usr/lib/postgresql";
  std::string newest = name;
  int newest_version = 14;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(versions, none)) {
    const int version = std::atoi(entry.path().filename().c_str());
    if (version <= newest_version || !std::filesystem::exists(entry.path() / "bin" / name))
      continue;
    newest_version = version;
    newest = entry.path() / "bin" / name;
  }
  return newest;
}

/// PostgreSQL refuses to run as root; then everything here belongs to its own user.
const passwd* servant() {
  static const passwd* const user = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
  return user;
}

/// Starts a program that gets `end_signal` when this process is gone.
pid_t start_program(std::vector<std::string> arguments, const std::filesystem::path& folder,
                    int end_signal) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const passwd* user = servant();
  const std::string log = folder / "log";
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (user != nullptr && (::initgroups(user->pw_name, user->pw_gid) != 0 ||
                          ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0)) {
    ::_exit(126);
  }
  ::prctl(PR_SET_PDEATHSIG, end_signal);
  (void)!::chdir(folder.c_str());
  (void)!std::freopen(log.c_str(), "a", stdout);
  ::dup2(STDOUT_FILENO, STDERR_FILENO);
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::execvp(pointers.front(), pointers.data());
  ::_exit(127);
}

int wait_for(pid_t child) {
  int status = -1;
  ::waitpid(child, &status, 0);
  return status;
}

std::string contents(const std::string& path) {
  std::ifstream in(path);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Where a program says that it is ready, as to systemd.
class Readiness {
 public:
  explicit Readiness(const std::filesystem::path& folder) : folder_(folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = folder_ / "ready";
    std::filesystem::remove(path);
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const timeval patience{60, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    std::filesystem::permissions(path, std::filesystem::perms::all);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;
  ~Readiness() {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(socket_);
  }

  void wait() const {
    std::array<char, 512> buffer{};
    for (;;) {
      const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (size < 0) FAIL() << "a program does not start: " << contents(folder_ / "log");
      const std::string_view text(buffer.data(), static_cast<std::size_t>(size));
      if (text.find("READY=1") != std::string_view::npos) return;
    }
  }

 private:
  const std::filesystem::path folder_;
  int socket_ = -1;
};

}  // namespace

PostgresServer::PostgresServer(Options options) : options_(std::move(options)) {
  // In memory what need not be durable. Short: a socket's path has at most 107 characters.
  const std::filesystem::path memory = "/dev/shm";
  const bool in_memory = !options_.durable && std::filesystem::is_directory(memory);
  const auto place = in_memory ? memory : std::filesystem::temp_directory_path();
  std::string pattern = (place / "tandem-pg-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  if (const passwd* user = servant()) {
    (void)!::chown(folder_.c_str(), user->pw_uid, user->pw_gid);
  }
  make_data();
  start();
}

void PostgresServer::make_data() {
  const PostgresServer* primary = options_.standby_of;
  std::vector<std::string> arguments{"--pgdata=" + file("data"), "--no-sync",
                                     std::string("--username=") + kUser};
  if (primary == nullptr) {
    arguments.insert(arguments.begin(), program("initdb"));
    arguments.insert(arguments.end(), {"--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"});
  } else {
    arguments.insert(arguments.begin(), program("pg_basebackup"));
    arguments.insert(arguments.end(),
                     {"--host=" + primary->folder(), "--write-recovery-conf", "--checkpoint=fast"});
  }
  const int made = wait_for(start_program(arguments, folder_, SIGKILL));
  EXPECT_EQ(made, 0) << arguments.front() << " (package postgresql; scripts/setup installs it): "
                     << contents(file("log"));
}

PostgresServer::~PostgresServer() {
  if (pooler_ > 0) {
    ::kill(pooler_, SIGTERM);
    wait_for(pooler_);
  }
  stop(SIGQUIT);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

void PostgresServer::start() {
  const std::string durable = options_.durable ? "on" : "off";
  std::vector<std::string> arguments{program("postgres"), "-D", file("data"), "-k", folder_};
  const auto set = [&](const std::string& setting) {
    arguments.insert(arguments.end(), {"-c", setting});
  };
  set("listen_addresses=");
  set("max_connections=300");
  set("shared_buffers=32MB");
  for (const char* name : {"fsync=", "full_page_writes=", "synchronous_commit="}) {
    set(name + durable);
  }
  for (const std::string& setting : options_.settings) set(setting);
  const Readiness ready(folder_);
  server_ = start_program(std::move(arguments), folder_, SIGQUIT);
  ready.wait();
}

void PostgresServer::stop(int signal) {
  if (server_ <= 0) return;
  ::kill(server_, signal);
  wait_for(server_);
  server_ = -1;
}

std::string PostgresServer::url(const std::string& database) const {
  return std::string("postgresql://") + kUser + "@/" + database + "?host=" + folder_.string();
}

std::string PostgresServer::url_of_primary(const std::string& database,
                                           const PostgresServer& other) const {
  return url(database) + "," + other.folder() + "&target_session_attrs=read-write";
}

void PostgresServer::require_standby() const {
  run("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
  run("postgres", "SELECT pg_reload_conf()");
  const std::string standbys = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
  constexpr int kLooksMax = 10'000;
  for (int looks = 0; run("postgres", standbys) != "1"; ++looks) {
    ASSERT_LT(looks, kLooksMax) << "no standby follows: " << contents(file("log"));
  }
}

void PostgresServer::promote() const {
  EXPECT_EQ(run("postgres", "SELECT pg_promote()"), "t") << contents(file("log"));
}

std::string PostgresServer::pooled_url(const std::string& database) {
  if (pooler_ < 0) start_pooler();
  return url(database) + "&port=6432";
}

void PostgresServer::start_pooler() {
  std::ofstream(file("pgbouncer.ini"))
      << "[databases]\n* = host=" << folder_.string() << " user=" << kUser
      << "\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\nunix_socket_dir = " << folder_.string()
      << "\nauth_type = any\npool_mode = transaction\nmax_client_conn = 500\n"
         "default_pool_size = 10\nserver_idle_timeout = 1\n";
  const Readiness ready(folder_);
  pooler_ = start_program({"pgbouncer", file("pgbouncer.ini")}, folder_, SIGTERM);
  ready.wait();
}

std::string PostgresServer::new_database(const std::string& name, bool empty) {
  if (databases_.empty()) {
    databases_.insert(kSchema);
    run("postgres", std::string("CREATE DATABASE ") + kSchema);
    const auto store = open_postgres({.url = url(kSchema), .unsafe = true});
    EXPECT_TRUE(store) << store.error().message;
  }
  if (databases_.insert(name).second) {
    const std::string from = empty ? "template0" : kSchema;
    run("postgres", "CREATE DATABASE \"" + name + "\" TEMPLATE " + from);
  }
  return url(name);
}

std::string PostgresServer::run(const std::string& database, const std::string& sql) const {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url(database).c_str()),
                                                                &PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()),
                                                             &PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
      << PQerrorMessage(connection.get());
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

}  // namespace tandem::store
