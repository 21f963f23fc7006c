// SPDX-License-Identifier: Apache-2.0
#pragma once
// A small mail server: it speaks SMTP on a port of its own as far as a client needs it, keeps what
// it was given, and can be told to refuse or to fall silent.
//
//   SmtpServer server;
//   server.behave(SmtpServer::Mood::refuse_recipient);
//   server.url()   // "smtp://127.0.0.1:40123"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tandem::mail::test {

class SmtpServer {
 public:
  enum class Mood { kind, refuse_recipient, later, silent, gone_after_content };

  struct Mail {
    std::string from;
    std::string to;
    std::string content;  // with CRLF, without the dots that SMTP doubles
  };

  SmtpServer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&own), sizeof own);
    ::listen(listener_, 16);
    socklen_t size = sizeof own;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&own), &size);
    port_ = ntohs(own.sin_port);
    acceptor_ = std::jthread([this] { accept(); });
  }
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  ~SmtpServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int client : clients_) ::shutdown(client, SHUT_RDWR);
    }
    talks_.clear();
    ::close(listener_);
  }

  void behave(Mood mood) { mood_ = mood; }
  [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::vector<Mail> mails() {
    const std::lock_guard lock(mutex_);
    return mails_;
  }

 private:
  void accept() {
    for (;;) {
      const int client = ::accept(listener_, nullptr, nullptr);
      if (client < 0) return;
      const std::lock_guard lock(mutex_);
      clients_.push_back(client);
      talks_.emplace_back([this, client] {
        talk(client);
        ::shutdown(client, SHUT_RDWR);
      });
    }
  }

  static void say(int client, std::string line) {
    line += "\r\n";
    (void)::send(client, line.data(), line.size(), MSG_NOSIGNAL);
  }

  /// The next line without its end; false when the client has gone.
  static bool hear(int client, std::string& heard, std::string& line) {
    for (;;) {
      const auto end = heard.find("\r\n");
      if (end != std::string::npos) {
        line = heard.substr(0, end);
        heard.erase(0, end + 2);
        return true;
      }
      std::array<char, 4096> buffer{};
      const ssize_t size = ::recv(client, buffer.data(), buffer.size(), 0);
      if (size <= 0) return false;
      heard.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }

  static std::string between(const std::string& line) {
    const auto from = line.find('<');
    return line.substr(from + 1, line.find('>') - from - 1);
  }

  void talk(int client) {
    const Mood mood = mood_;
    if (mood == Mood::silent) {
      std::string heard;
      std::string line;
      while (hear(client, heard, line)) continue;
      return;
    }
    say(client, "220 test.example ready");
    Mail mail;
    std::string heard;
    for (std::string line; hear(client, heard, line);) {
      if (line.starts_with("EHLO")) {
        say(client, "250-test.example\r\n250 SIZE 1000000");
      } else if (line.starts_with("MAIL FROM:")) {
        mail.from = between(line);
        say(client, mood == Mood::later ? "451 later" : "250 ok");
      } else if (line.starts_with("RCPT TO:")) {
        mail.to = between(line);
        say(client, mood == Mood::refuse_recipient ? "550 no such person" : "250 ok");
      } else if (line == "DATA") {
        say(client, "354 go on");
        while (hear(client, heard, line) && line != ".") {
          mail.content += line.substr(line.starts_with("..") ? 1 : 0) + "\r\n";
        }
        {
          const std::lock_guard lock(mutex_);
          mails_.push_back(mail);
        }
        if (mood == Mood::gone_after_content) return;
        say(client, "250 taken");
      } else {
        say(client, line == "QUIT" ? "221 bye" : "500 what?");
        if (line == "QUIT") return;
      }
    }
  }

  const int listener_;
  int port_ = 0;
  std::atomic<Mood> mood_ = Mood::kind;
  std::mutex mutex_;  // guards all below
  std::vector<Mail> mails_;
  std::vector<int> clients_;
  std::vector<std::jthread> talks_;
  std::jthread acceptor_;
};

}  // namespace tandem::mail::test
