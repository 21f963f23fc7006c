// SPDX-License-Identifier: Apache-2.0
// The real program: imports the sample shop, serves, is killed in the middle of work, and has lost
// nothing that it had acknowledged.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/secrets.hpp"
#include "server/http_client.hpp"

namespace tandem::app::test {
namespace {

using Json = nlohmann::json;

/// A child process with its standard output readable.
class Child {
 public:
  explicit Child(std::vector<std::string> arguments) {
    std::array<int, 2> pipe{};
    EXPECT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(pipe[1], STDOUT_FILENO);
      std::vector<char*> values;
      for (std::string& argument : arguments) values.push_back(argument.data());
      values.push_back(nullptr);
      ::execv(TANDEM_PROGRAM, values.data());
      ::_exit(127);
    }
    ::close(pipe[1]);
    out_ = pipe[0];
  }
  ~Child() {
    if (pid_ > 0) (void)end(SIGKILL);
    ::close(out_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  std::string read_line() const {
    std::string line;
    for (char c = 0; ::read(out_, &c, 1) == 1 && c != '\n';) line += c;
    return line;
  }
  std::string read_all() const {
    std::string text;
    std::array<char, 4096> some{};
    for (ssize_t n = 0; (n = ::read(out_, some.data(), some.size())) > 0;) {
      text.append(some.data(), static_cast<std::size_t>(n));
    }
    return text;
  }
  /// Ends it by a signal (0: waits for its own end); answers its exit status.
  int end(int signal = 0) {
    if (signal != 0) ::kill(pid_, signal);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
};

/// Runs the program to its end; answers exit status and output.
std::pair<int, std::string> run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "tandem");
  Child child(std::move(arguments));
  std::string text = child.read_all();
  return {child.end(), std::move(text)};
}

class Process : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(start_crypto());
    std::string pattern = (std::filesystem::temp_directory_path() / "tandem-run-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    database_ = folder_ + "/shop.db";
    const auto [status, text] =
        run({"import", "--db", database_, "--shop", "examples/shop", "--quiet"});
    ASSERT_EQ(status, 0) << text;
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  /// Starts the server; its port is in the address that it prints.
  std::unique_ptr<Child> serve() {
    auto child = std::make_unique<Child>(std::vector<std::string>{
        "tandem", "serve", "--db", database_, "--port", "0", "--demo-provider"});
    const std::string line = child->read_line();
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
    return child;
  }

  std::string folder_;
  std::string database_;
  std::uint16_t port_ = 0;
};

/// What a client was told of its order.
struct Acknowledged {
  std::string id;
  std::string secret;
  std::int64_t version = 0;
};

std::string request(const std::string& target, const std::string& body, const std::string& secret) {
  std::string text = body.empty() ? "GET " : "POST ";
  text += target + " HTTP/1.1\r\nHost: shop\r\n";
  if (!secret.empty()) text += "Authorization: Bearer " + secret + "\r\n";
  if (!body.empty()) {
    text +=
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return text + "\r\n" + body;
}

Json one_line() {
  return {{"command_id", random_hex(16)},
          {"command", {{"type", "add_line"}, {"sku", "TEA-101-100G"}, {"quantity", 1}}}};
}

/// What all clients were told, in one list.
struct Told {
  std::mutex mutex;
  std::condition_variable grown;
  std::vector<Acknowledged> orders;

  void add(const Acknowledged& order) {
    {
      const std::lock_guard lock(mutex);
      orders.push_back(order);
    }
    grown.notify_one();
  }
  void wait_for(std::size_t count) {
    std::unique_lock lock(mutex);
    grown.wait(lock, [&] { return orders.size() >= count; });
  }
};

/// Makes orders and adds to them until the server goes away.
void shop_until_killed(std::uint16_t port, Told& told) {
  http::test::Client client(port);
  while (true) {
    Acknowledged order{.id = random_hex(16), .secret = random_hex(16)};
    const Json create{{"order", order.id}, {"secret", order.secret}, {"commands", {one_line()}}};
    if (!client.send(request("/v1/orders", create.dump(), ""))) return;
    for (int i = 0; i < 3; ++i) {
      const http::test::Answer answer = client.read();
      if (answer.status != 200 && answer.status != 201) return;
      order.version = Json::parse(answer.body).at("version");
      told.add(order);
      const Json more{{"base_version", order.version}, {"commands", {one_line()}}};
      if (!client.send(request("/v1/orders/" + order.id + "/commands", more.dump(), order.secret)))
        return;
    }
    if (client.read().status != 200) return;
  }
}

TEST_F(Process, WhatWasAcknowledgedSurvivesBeingKilled) {
  auto server = serve();
  Told told;
  std::vector<std::jthread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] { shop_until_killed(port_, told); });
  }
  told.wait_for(60);
  (void)server->end(SIGKILL);
  clients.clear();

  const auto [status, text] = run({"verify", "--db", database_, "--quiet"});
  EXPECT_EQ(status, 0) << text;
  server = serve();
  http::test::Client client(port_);
  for (const Acknowledged& order : told.orders) {
    ASSERT_TRUE(client.send(request("/v1/orders/" + order.id, "", order.secret)));
    const http::test::Answer answer = client.read();
    ASSERT_EQ(answer.status, 200);
    EXPECT_GE(Json::parse(answer.body).at("version"), order.version);
  }
  EXPECT_EQ(server->end(SIGTERM), 0);
}

TEST_F(Process, ImportingAgainChangesNothing) {
  const auto [first, before] = run({"verify", "--db", database_, "--quiet"});
  EXPECT_EQ(first, 0) << before;
  const auto [status, text] =
      run({"import", "--db", database_, "--shop", "examples/shop", "--quiet"});
  EXPECT_EQ(status, 0) << text;
  EXPECT_EQ(run({"verify", "--db", database_, "--quiet"}).second, before);
}

TEST_F(Process, TheSampleShopIsServed) {
  const auto server = serve();
  http::test::Client client(port_);
  ASSERT_TRUE(client.send(http::test::get("/v1/offers?limit=2&q=%DA%86%D8%A7%DB%8C")));
  const Json offers = Json::parse(client.read().body);
  EXPECT_EQ(offers.at("products").size(), 2U);
  EXPECT_GT(offers.at("total"), 2);
  const std::string image = offers.at("products").at(0).at("image");
  ASSERT_TRUE(client.send(http::test::get(image)));
  EXPECT_EQ(client.read().headers.at("content-type"), "image/svg+xml");
  ASSERT_TRUE(client.send(http::test::get("/v1/rules")));
  const http::test::Answer rules = client.read();
  const std::string tag = "If-None-Match: " + rules.headers.at("etag") + "\r\n";
  ASSERT_TRUE(client.send(http::test::get("/v1/rules", tag)));
  EXPECT_EQ(client.read().status, 304);
}

TEST_F(Process, WrongUsageIsTwo) {
  EXPECT_EQ(run({}).first, 2);
  EXPECT_EQ(run({"serve", "--port", "99999"}).first, 2);
  EXPECT_EQ(run({"key", "add", "--db", database_, "--role", "king"}).first, 2);
  EXPECT_EQ(run({"verify", "--db", folder_ + "/none.db"}).first, 1);
}

}  // namespace
}  // namespace tandem::app::test
