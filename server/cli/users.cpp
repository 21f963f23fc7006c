// SPDX-License-Identifier: Apache-2.0
// `tandem user`: who of the staff may sign in, and as what.
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <functional>
#include <iostream>

#include "app/access_audit.hpp"
#include "app/passwords.hpp"
#include "app/secrets.hpp"
#include "app/staff_session.hpp"
#include "cli/cli.hpp"
#include "commit/committer.hpp"
#include "tandem/order/actor.hpp"

namespace tandem::cli {
namespace {

void say(const std::string& sentence) { std::fprintf(stderr, "%s\n", sentence.c_str()); }

/// Switches the terminal's echo off as long as it lives.
class Silent {
 public:
  Silent() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~Silent() {
    if (!is_terminal_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::fputc('\n', stderr);
  }
  Silent(const Silent&) = delete;
  Silent& operator=(const Silent&) = delete;

 private:
  termios before_{};
  const bool is_terminal_;
};

std::string read_password(const char* prompt) {
  if (::isatty(STDIN_FILENO) != 0) std::fputs(prompt, stderr);
  const Silent silent;
  std::string line;
  std::getline(std::cin, line);
  return line;
}

/// Asked twice from a terminal, else the first line of standard input; without one it is made.
std::optional<std::string> ask_password(bool& made) {
  std::string password = read_password("Password (nothing: one is made): ");
  made = password.empty();
  if (made) return app::made_password();
  if (password.size() < app::kPasswordBytesMin || password.size() > app::kPasswordBytesMax) {
    say("a password has 10 to 1024 bytes");
    return std::nullopt;
  }
  if (::isatty(STDIN_FILENO) != 0 && read_password("Once more: ") != password) {
    say("these were two different passwords");
    return std::nullopt;
  }
  return password;
}

/// Asks for a password and hashes it; a made one is printed once it is kept.
bool give_password(store::StaffUser& user, std::string& to_print) {
  bool made = false;
  const auto password = ask_password(made);
  if (!password) return false;
  auto hash = app::password_hash(*password);
  if (!hash) {
    say("there is not enough memory to hash a password");
    return false;
  }
  user.password_hash = *std::move(hash);
  if (made) to_print = *password;
  return true;
}

class UserJob final : public commit::Job {
 public:
  UserJob(const store::StaffUser* before, store::StaffUser user, std::string actor)
      : before_(before), user_(std::move(user)), actor_(std::move(actor)) {}
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    store::StaffUser user = user_;
    if (user.created_ms == 0) user.created_ms = scope.now_ms();
    if (user.disabled_ms) user.disabled_ms = scope.now_ms();
    const bool ends_sessions = before_ != nullptr && before_->generation != user.generation;
    if (ends_sessions) scope.writes().staff_sessions_of.push_back(user.id);
    scope.writes().audit.push_back(app::user_audit(actor_, scope.now_ms(), before_, user));
    scope.writes().staff_users.push_back(std::move(user));
    return {};
  }

 private:
  const store::StaffUser* before_;  // none: the user is new
  const store::StaffUser user_;
  const std::string actor_;
};

bool keep(store::Store& store, const store::StaffUser* before, store::StaffUser user,
          const std::string& actor) {
  UserJob job(before, std::move(user), actor);
  commit::CommitCounts counts;
  const std::array<commit::Job*, 1> jobs{&job};
  const auto outcomes = commit::run_batch(store, jobs, counts);
  const Rejection* refusal = commit::rejection(outcomes.front());
  if (refusal != nullptr) say(std::string(name(refusal->reason)));
  return refusal == nullptr;
}

bool is_role(const std::string& role) {
  if (enum_named<StaffRole>(role)) return true;
  say("the role is one of: sales, warehouse, accounting, admin");
  return false;
}

/// Changes a known user; with `ends_sessions` all sessions are over.
int change(const UserOptions& options, bool ends_sessions,
           const std::function<bool(store::StaffUser&)>& act) {
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  const auto found = store->reads().staff_user(app::account_name(options.email));
  if (!found) {
    say(found.error().message);
    return kRefused;
  }
  if (!*found) {
    say(options.email + ": there is no such user");
    return kRefused;
  }
  store::StaffUser user = **found;
  if (!act(user)) return kRefused;
  if (ends_sessions) ++user.generation;
  return keep(*store, &**found, std::move(user), options.actor) ? kDone : kRefused;
}

void print_made(const std::string& password) {
  if (password.empty()) return;
  std::printf("%s\n", password.c_str());
  say("This password is shown once.");
}

}  // namespace

int add_user(const UserOptions& options) {
  if (!is_role(options.role)) return kUsage;
  const std::string email = app::account_name(options.email);
  if (email.find('@') == std::string::npos) {
    say("the e-mail address is what its owner signs in with: name@shop.example");
    return kUsage;
  }
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  const auto found = store->reads().staff_user(email);
  if (found && *found) {
    say(email + ": is there already; see tandem user role, password, enable");
    return kRefused;
  }
  // What somebody did is told under the id for ever; the address can change hands.
  store::StaffUser user{.id = "u-" + app::random_hex(6), .email = email, .role = options.role};
  std::string made;
  if (!give_password(user, made)) return kRefused;
  if (!keep(*store, nullptr, std::move(user), options.actor)) return kRefused;
  print_made(made);
  return kDone;
}

int list_users(const UserOptions& options) {
  const auto store = open_or_tell(options.database);
  if (!store) return kRefused;
  const auto users = store->reads().staff_users();
  if (!users) {
    say(users.error().message);
    return kRefused;
  }
  for (const store::StaffUser& user : *users) {
    std::printf("%s\t%s\t%s\t%s\n", user.email.c_str(), user.role.c_str(),
                user.disabled_ms ? "disabled" : "enabled", user.id.c_str());
  }
  return kDone;
}

int disable_user(const UserOptions& options) {
  return change(options, true, [](store::StaffUser& user) {
    user.disabled_ms = 0;  // the job sets the time
    return true;
  });
}

int enable_user(const UserOptions& options) {
  return change(options, false, [](store::StaffUser& user) {
    user.disabled_ms.reset();
    return true;
  });
}

int set_user_role(const UserOptions& options) {
  if (!is_role(options.role)) return kUsage;
  return change(options, false, [&](store::StaffUser& user) {
    user.role = options.role;
    return true;
  });
}

int set_user_password(const UserOptions& options) {
  std::string made;
  const int status =
      change(options, true, [&](store::StaffUser& user) { return give_password(user, made); });
  if (status == kDone) print_made(made);
  return status;
}

}  // namespace tandem::cli
