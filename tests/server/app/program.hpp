// SPDX-License-Identifier: Apache-2.0
#pragma once
// The real program in a process of its own, with a folder and a database of its own that hold the
// sample shop. A test derives from Process.
//
//   auto server = serve();                  // its port is in port_
//   EXPECT_EQ(server->end(SIGTERM), 0);
//   EXPECT_EQ(run({"verify", "--db", database_, "--quiet"}).first, 0);

#include <gtest/gtest.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tandem::app::test {

/// A child process with its standard output readable; killed when it goes out of scope.
class Child {
 public:
  explicit Child(std::vector<std::string> arguments);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  [[nodiscard]] std::string read_line() const;
  [[nodiscard]] std::string read_all() const;
  /// Ends it by a signal (0: waits for its own end); answers its exit status.
  int end(int signal = 0);
  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Resident memory now, in KiB; 0 when it is gone.
  [[nodiscard]] std::int64_t resident_kib() const;

 private:
  pid_t pid_ = -1;
  int out_ = -1;
};

/// Runs the program to its end; answers exit status and output.
[[nodiscard]] std::pair<int, std::string> run(std::vector<std::string> arguments);

class Process : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  /// Names the database that the sample shop is brought into.
  virtual std::string new_database() { return folder_ + "/shop.db"; }
  /// Starts the server; its port is in the address that it prints.
  std::unique_ptr<Child> serve();

  std::string folder_;
  std::string database_;
  std::uint16_t port_ = 0;
};

/// A request of an order's customer; without a body a GET.
[[nodiscard]] std::string request(const std::string& target, const std::string& body,
                                  const std::string& secret);

}  // namespace tandem::app::test
