// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "app/secrets.hpp"

namespace tandem::app::test {

Child::Child(std::vector<std::string> arguments) {
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

Child::~Child() {
  if (pid_ > 0) (void)end(SIGKILL);
  ::close(out_);
}

std::string Child::read_line() const {
  std::string line;
  for (char c = 0; ::read(out_, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

std::string Child::read_all() const {
  std::string text;
  std::array<char, 4096> some{};
  for (ssize_t n = 0; (n = ::read(out_, some.data(), some.size())) > 0;) {
    text.append(some.data(), static_cast<std::size_t>(n));
  }
  return text;
}

int Child::end(int signal) {
  if (pid_ <= 0) return -1;  // it was ended before; -1 would be everybody
  if (signal != 0) ::kill(pid_, signal);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::int64_t Child::resident_kib() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string word; status >> word;) {
    std::int64_t kib = 0;
    if (word == "VmRSS:" && status >> kib) return kib;
  }
  return 0;
}

std::pair<int, std::string> run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "tandem");
  Child child(std::move(arguments));
  std::string text = child.read_all();
  return {child.end(), std::move(text)};
}

void Process::SetUp() {
  ASSERT_TRUE(start_crypto());
  std::string pattern = (std::filesystem::temp_directory_path() / "tandem-run-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  // One key for all nodes of the test.
  ::setenv("TANDEM_SECRET_FILE", (folder_ + "/secret").c_str(), 1);
  database_ = new_database();
  const auto [status, text] =
      run({"import", "--db", database_, "--shop", "examples/shop", "--quiet"});
  ASSERT_EQ(status, 0) << text;
}

void Process::TearDown() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::unique_ptr<Child> Process::serve() {
  auto child = std::make_unique<Child>(std::vector<std::string>{
      "tandem", "serve", "--db", database_, "--port", "0", "--demo-provider"});
  const std::string line = child->read_line();
  port_ = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
  return child;
}

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

}  // namespace tandem::app::test
