// SPDX-License-Identifier: Apache-2.0
#include "http_client.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "http/text.hpp"

namespace tandem::http::test {
namespace {

std::size_t number(std::string_view digits, int base = 10) {
  std::size_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  return value;
}

}  // namespace

Client::Client(std::uint16_t port, const std::string& address, std::chrono::seconds patience) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return;
  socket_ = ::socket(found->ai_family, found->ai_socktype, found->ai_protocol);
  const timeval most{.tv_sec = patience.count(), .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
  if (::connect(socket_, found->ai_addr, found->ai_addrlen) != 0) {
    ::close(socket_);
    socket_ = -1;
  }
  freeaddrinfo(found);
}

Client::~Client() {
  if (connected()) ::close(socket_);
}

bool Client::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Client::finish() const { ::shutdown(socket_, SHUT_WR); }

void Client::drop() {
  const linger none{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  ::close(socket_);
  socket_ = -1;
}

bool Client::receive() {
  std::array<char, 16384> bytes{};
  const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  waiting_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::string Client::take(std::size_t size) {
  while (waiting_.size() < size && receive()) {}
  std::string out = waiting_.substr(0, size);
  waiting_.erase(0, size);
  return out;
}

std::string Client::take_line() {
  while (waiting_.find("\r\n") == std::string::npos && receive()) {}
  const std::size_t end = std::min(waiting_.find("\r\n"), waiting_.size());
  std::string line = take(end);
  waiting_.erase(0, 2);
  return line;
}

Answer Client::read_head() {
  Answer answer;
  const std::string first = take_line();
  if (!first.starts_with("HTTP/1.1 ")) return answer;
  answer.status = static_cast<int>(number(std::string_view(first).substr(9, 3)));
  for (std::string line = take_line(); !line.empty(); line = take_line()) {
    std::string_view value = line;
    std::string name(cut(value, ':'));
    std::ranges::transform(name, name.begin(), to_lower);
    answer.headers[name] = trim(value);
  }
  return answer;
}

Answer Client::read(bool to_head) {
  Answer answer = read_head();
  if (to_head || answer.status == 0) return answer;
  if (answer.headers.contains("content-length")) {
    answer.body = take(number(answer.headers["content-length"]));
  } else if (answer.headers.contains("transfer-encoding")) {
    for (std::string chunk = read_chunk(); !chunk.empty(); chunk = read_chunk()) {
      answer.body += chunk;
    }
  }
  return answer;
}

std::string Client::read_chunk() {
  const std::size_t size = number(take_line(), 16);
  std::string chunk = take(size);
  take_line();
  return chunk;
}

bool Client::hears_within(std::chrono::milliseconds time) const {
  pollfd socket{.fd = socket_, .events = POLLIN, .revents = 0};
  return ::poll(&socket, 1, static_cast<int>(time.count())) > 0;
}

bool Client::at_end() { return waiting_.empty() && !receive(); }

std::string get(std::string_view target, std::string_view more_fields) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: shop\r\n" + std::string(more_fields) +
         "\r\n";
}

std::string post(std::string_view target, std::string_view body) {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::unique_ptr<Listener> listen(const Router& router, Limits limits) {
  auto listener = Listener::start(router, {.threads = 2, .limits = limits});
  if (!listener) {
    std::fprintf(stderr, "%s\n", listener.error().c_str());
    std::abort();
  }
  return std::move(*listener);
}

}  // namespace tandem::http::test
