// SPDX-License-Identifier: Apache-2.0
// `tandem user` as operators run it, beside a server that serves.
#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/secrets.hpp"
#include "program.hpp"
#include "server/http_client.hpp"
#include "store/store.hpp"

namespace tandem::app::test {
namespace {

using Json = nlohmann::json;

class Users : public Process {
 protected:
  /// Runs `tandem user …` with this on its standard input; answers status and output.
  std::pair<int, std::string> user(const std::string& arguments, const std::string& input = "") {
    const std::string command = "printf '%s' '" + input + "' | " + TANDEM_PROGRAM + " user " +
                                arguments + " --db " + database_ + " 2>" + folder_ + "/told";
    FILE* pipe = ::popen(command.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    std::string text;
    std::array<char, 256> some{};
    while (std::fgets(some.data(), some.size(), pipe) != nullptr) text += some.data();
    const int status = ::pclose(pipe);
    return {WEXITSTATUS(status), text};
  }
  int sign_in(const std::string& email, const std::string& password) {
    http::test::Client client(port_);
    const Json body{{"email", email}, {"password", password}};
    EXPECT_TRUE(client.send(request("/v1/staff/session", body.dump(), "")));
    http::test::Answer answer = client.read();
    cookie_ = answer.headers["set-cookie"];
    cookie_ = cookie_.substr(0, cookie_.find(';'));
    return answer.status;
  }
  int list() {
    http::test::Client client(port_);
    EXPECT_TRUE(client.send(http::test::get("/v1/staff/orders", "Cookie: " + cookie_ + "\r\n")));
    return client.read().status;
  }
  [[nodiscard]] std::vector<store::AuditRow> audit() const {
    const auto store = store::open_store({.database = database_});
    EXPECT_TRUE(store);
    return store ? *(*store)->reads().audit(0, 10'000) : std::vector<store::AuditRow>();
  }
  std::string cookie_;
};

TEST_F(Users, AreAddedListedAndSignIn) {
  EXPECT_EQ(user("add --email Ann@shop.example --role sales", "a good password\n").first, 0);
  EXPECT_EQ(user("add --email ann@shop.example --role sales", "a good password\n").first, 1);
  EXPECT_EQ(user("add --email bob@shop.example --role boss", "a good password\n").first, 2);
  EXPECT_EQ(user("add --email bob@shop.example --role sales", "short\n").first, 1);
  EXPECT_EQ(user("add --email bob --role sales", "a good password\n").first, 2);
  const auto [status, made] = user("add --email bob@shop.example --role admin");
  EXPECT_EQ(status, 0);
  ASSERT_EQ(made.size(), 21U) << made;
  const auto server = serve();
  EXPECT_EQ(sign_in("ann@shop.example", "a good password"), 200);
  EXPECT_EQ(list(), 200);
  EXPECT_EQ(sign_in("ann@shop.example", "another password"), 401);
  EXPECT_EQ(sign_in("bob@shop.example", made.substr(0, 20)), 200);
  const std::string listed = user("list").second;
  EXPECT_EQ(listed.find("ann@shop.example\tsales\tenabled\tu-"), 0U) << listed;
  EXPECT_NE(listed.find("\nbob@shop.example\tadmin\tenabled\tu-"), std::string::npos) << listed;
  EXPECT_EQ(listed.find("argon2"), std::string::npos);
  EXPECT_EQ(server->end(SIGTERM), 0);
}

TEST_F(Users, AreChangedWhileTheServerServes) {
  EXPECT_EQ(user("add --email ann@shop.example --role sales", "a good password\n").first, 0);
  const auto server = serve();
  EXPECT_EQ(sign_in("ann@shop.example", "a good password"), 200);
  EXPECT_EQ(user("disable --email ann@shop.example").first, 0);
  EXPECT_EQ(list(), 401);
  EXPECT_EQ(sign_in("ann@shop.example", "a good password"), 401);
  EXPECT_NE(user("list").second.find("\tdisabled\t"), std::string::npos);
  EXPECT_EQ(user("enable --email ann@shop.example").first, 0);
  EXPECT_EQ(sign_in("ann@shop.example", "a good password"), 200);
  EXPECT_EQ(user("role --email ann@shop.example --role warehouse").first, 0);
  EXPECT_EQ(list(), 200);
  EXPECT_EQ(user("password --email ann@shop.example", "a better password\n").first, 0);
  EXPECT_EQ(list(), 401);
  EXPECT_EQ(sign_in("ann@shop.example", "a good password"), 401);
  EXPECT_EQ(sign_in("ann@shop.example", "a better password"), 200);
  EXPECT_EQ(user("disable --email nobody@shop.example").first, 1);
  EXPECT_EQ(user("forget --email ann@shop.example").first, 2);
  EXPECT_EQ(server->end(SIGTERM), 0);
  // Each change is in the audit under the user's id, and the password is a change too.
  const auto rows = audit();
  std::vector<std::string> told;
  for (const store::AuditRow& row : rows) {
    if (row.what != "user") continue;
    EXPECT_TRUE(row.subject.starts_with("u-")) << row.subject;
    EXPECT_EQ(row.before.has_value(), !told.empty());
    EXPECT_NE(row.before, row.after);
    told.push_back(row.actor);
  }
  EXPECT_EQ(told, std::vector<std::string>(5, "command line"));
}

TEST_F(Users, KeysAreListedAndRevokedWhileTheServerServes) {
  const auto key_of = [&](const std::string& role, const std::string& name) {
    const std::string made =
        run({"key", "add", "--db", database_, "--role", role, "--name", name}).second;
    return made.substr(0, made.find('\n'));
  };
  const std::string till = key_of("sales", "till");
  const std::string books = key_of("accounting", "books");
  const auto server = serve();
  const auto status_of = [&](const std::string& key) {
    http::test::Client client(port_);
    EXPECT_TRUE(
        client.send(http::test::get("/v1/staff/orders", "Authorization: Bearer " + key + "\r\n")));
    return client.read().status;
  };
  EXPECT_EQ(status_of(till), 200);
  const std::string listed = run({"key", "list", "--db", database_}).second;
  const std::size_t at = listed.find("\tsales\tvalid\ttill\n");
  ASSERT_NE(at, std::string::npos) << listed;
  EXPECT_EQ(listed.find(till), std::string::npos);
  const std::string id = listed.substr(at - 12, 12);
  const std::vector<std::string> revoke{"key", "revoke", "--db", database_, id, "--as", "eve"};
  EXPECT_EQ(run(revoke).first, 0);
  EXPECT_EQ(status_of(till), 401);
  EXPECT_EQ(status_of(books), 200);
  EXPECT_EQ(run(revoke).first, 0);  // it was before
  EXPECT_NE(run({"key", "list", "--db", database_}).second.find(id + "\tsales\trevoked\ttill\n"),
            std::string::npos);
  EXPECT_EQ(run({"key", "revoke", "--db", database_, "000000000000"}).first, 1);
  EXPECT_EQ(server->end(SIGTERM), 0);
  const auto rows = audit();
  const auto found = std::ranges::find_if(rows, [&](const store::AuditRow& row) {
    return row.what == "key" && row.subject == id && row.before && row.after && row.actor == "eve";
  });
  EXPECT_NE(found, rows.end());
}

/// What `tandem serve` makes of a configuration file with these lines.
class AccessSettings : public Process {
 protected:
  std::string config(const std::string& lines) {
    const std::string path = folder_ + "/tandem.toml";
    std::ofstream(path) << "database = \"" << database_ << "\"\nport = 0\n" << lines;
    return path;
  }
  std::unique_ptr<Child> serve_with(const std::string& path) {
    auto child = std::make_unique<Child>(std::vector<std::string>{
        "tandem", "serve", "--config", path, "--db", database_, "--port", "0"});
    const std::string line = child->read_line();
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
    return child;
  }
  int create(const std::string& forwarded) {
    http::test::Client client(port_);
    const Json body{{"order", random_hex(16)}, {"secret", random_hex(16)}};
    std::string text = request("/v1/orders", body.dump(), "");
    text.insert(text.find("\r\n") + 2, "X-Forwarded-For: " + forwarded + "\r\n");
    EXPECT_TRUE(client.send(text));
    return client.read().status;
  }
};

TEST_F(AccessSettings, ThatMeanNothingAreRefusedAtTheStart) {
  for (const std::string lines :
       {"trusted_proxies = [\"nowhere\"]", "limits_exempt = [\"10.0.0.0/33\"]",
        "limit_orders_per_minute = -1", "quotations_kept_days = -1", "tls_key = \"shop.key\"",
        "staff_idle_ms = 0", "staff_idle_ms = 9000\nstaff_session_ms = 8000",
        "trusted_proxies = \"127.0.0.1\""}) {
    EXPECT_EQ(run({"serve", "--config", config(lines)}).first, 2) << lines;
  }
}

TEST_F(AccessSettings, ACertificateThatCannotBeReadEndsTheStart) {
  const std::string lines = "tls_certificate = \"nowhere.pem\"\ntls_key = \"nowhere.key\"";
  EXPECT_EQ(run({"serve", "--config", config(lines)}).first, 1);
}

TEST_F(AccessSettings, LimitsAndProxiesHoldOverSockets) {
  auto server = serve_with(config("limit_orders_per_minute = 2\n"));
  EXPECT_EQ(create("1.1.1.1"), 201);
  EXPECT_EQ(create("2.2.2.2"), 201);
  EXPECT_EQ(create("3.3.3.3"), 429);  // nobody is believed
  EXPECT_EQ(server->end(SIGTERM), 0);
  server = serve_with(config("limit_orders_per_minute = 2\ntrusted_proxies = [\"127.0.0.0/8\"]\n"));
  for (const char* client : {"1.1.1.1", "1.1.1.2", "2.2.2.2"}) EXPECT_EQ(create(client), 201);
  EXPECT_EQ(create("1.1.1.3"), 429);
  EXPECT_EQ(server->end(SIGTERM), 0);
}

TEST_F(AccessSettings, TheDocumentedFileIsRead) {
  const auto server = serve_with("examples/tandem.toml");
  EXPECT_EQ(create("1.1.1.1"), 201);
  EXPECT_EQ(server->end(SIGTERM), 0);
}

}  // namespace
}  // namespace tandem::app::test
