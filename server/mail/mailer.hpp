// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who takes mails to people: SMTP by libcurl, whoever reads the terminal, or a test's own.
//
//   const auto mailer = smtp_mailer({.url = "smtp://mail.example:587", .from = "a@shop.example"});
//   mailer->send(message, now_ms);   // waits for the server's word

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <expected>
#include <memory>
#include <string>

#include "mail/message.hpp"

namespace tandem::mail {

/// What was refused will be refused again; all else may be tried again.
enum class Trouble : std::uint8_t { temporary, refused };

struct NotSent {
  Trouble trouble = Trouble::temporary;
  std::string reason{};  // without personal data
};

class Mailer {
 public:
  Mailer() = default;
  Mailer(const Mailer&) = delete;
  Mailer& operator=(const Mailer&) = delete;
  virtual ~Mailer() = default;

  /// Hands one mail over. Called from several threads.
  [[nodiscard]] virtual std::expected<void, NotSent> send(const Message& message,
                                                          std::int64_t now_ms) = 0;
};

struct SmtpOptions {
  std::string url{};  // smtp://host:port, or smtps://host:port for TLS from the start
  std::string user{};  // empty: no sign-in; with one, TLS is a must
  std::string password{};
  std::string from{};
  std::chrono::milliseconds connect_patience{10'000};
  std::chrono::milliseconds patience{30'000};  // for all of one mail
};

/// What is wrong with these options, in a sentence; empty when nothing is.
[[nodiscard]] std::string fault_of(const SmtpOptions& options);

/// The options have no fault.
[[nodiscard]] std::unique_ptr<Mailer> smtp_mailer(SmtpOptions options);

/// Sends nothing: writes recipient, subject and text to the stream, for who tries a shop out.
[[nodiscard]] std::unique_ptr<Mailer> printing_mailer(std::FILE* to);

}  // namespace tandem::mail
