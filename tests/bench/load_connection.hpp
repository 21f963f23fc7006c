// SPDX-License-Identifier: Apache-2.0
#pragma once
// One keep-alive connection of the load generator. An answer is taken whole; anything unexpected
// ends the program, because a figure with lost requests would be none.
//
//   Connection connection(8080);
//   std::string rules = connection.ask(get("/v1/rules"));
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace tandem::bench {

/// Reads and writes of one connection; an answer is taken whole.
class Connection {
 public:
  explicit Connection(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* to = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(socket_, to, sizeof address) != 0) {
      std::perror("connect");
      std::exit(1);
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] int socket() const { return socket_; }

  void send(const std::string& text) const {
    std::size_t done = 0;
    while (done < text.size()) {
      const ssize_t n = ::write(socket_, text.data() + done, text.size() - done);
      if (n <= 0) std::exit(1);
      done += static_cast<std::size_t>(n);
    }
  }

  /// Reads what is there; true once an answer is complete. `status` and `body()` are its own.
  bool receive() {
    std::array<char, 65536> some;
    const ssize_t n = ::read(socket_, some.data(), some.size());
    if (n <= 0) {
      std::fprintf(stderr, "the server closed a connection\n");
      std::exit(1);
    }
    in_.append(some.data(), static_cast<std::size_t>(n));
    if (length_ == 0) {
      const auto end = in_.find("\r\n\r\n");
      if (end == std::string::npos) return false;
      status_ = std::atoi(in_.c_str() + 9);
      head_ = end + 4;
      const auto field = in_.find("Content-Length: ");
      length_ = head_ + std::strtoul(in_.c_str() + field + 16, nullptr, 10);
    }
    return in_.size() >= length_;
  }
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] std::string_view body() const {
    return std::string_view(in_).substr(head_, length_ - head_);
  }
  void next() {
    in_.erase(0, length_);
    length_ = 0;
  }

  std::string ask(const std::string& text) {
    send(text);
    while (!receive()) {}
    std::string answer(body());
    next();
    return answer;
  }

 private:
  int socket_;
  std::string in_;
  std::size_t head_ = 0;
  std::size_t length_ = 0;
  int status_ = 0;
};

inline std::string get(const std::string& target, const std::string& secret = {}) {
  std::string text = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n";
  if (!secret.empty()) text += "Authorization: Bearer " + secret + "\r\n";
  return text + "\r\n";
}

}  // namespace tandem::bench
