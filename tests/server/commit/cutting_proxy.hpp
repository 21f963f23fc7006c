// SPDX-License-Identifier: Apache-2.0
#pragma once
// Stands between a store and its PostgreSQL and cuts the connection at the worst moment: around a
// COMMIT.
//
//   CuttingProxy proxy(server_socket, folder);
//   proxy.cut(CuttingProxy::Cut::after_commit);   // the next one is done, but nobody is told

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tandem::commit {

class CuttingProxy {
 public:
  enum class Cut { never, before_commit, after_commit };

  /// Listens on `path` and forwards to `server`: names of sockets as PostgreSQL makes them.
  CuttingProxy(const std::string& server, const std::string& path)
      : server_(address(server)), listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_un own = address(path);
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&own), sizeof own);
    ::listen(listener_, 16);
    acceptor_ = std::jthread([this] { accept(); });
  }
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;
  ~CuttingProxy() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    forwarders_.clear();
    ::close(listener_);
  }

  void cut(Cut how) { cut_ = how; }

 private:
  static sockaddr_un address(const std::string& path) {
    sockaddr_un made{};
    made.sun_family = AF_UNIX;
    path.copy(made.sun_path, sizeof made.sun_path - 1);
    return made;
  }

  void accept() {
    for (;;) {
      const int client = ::accept(listener_, nullptr, nullptr);
      if (client < 0) return;
      const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      ::connect(server, reinterpret_cast<const sockaddr*>(&server_), sizeof server_);
      forwarders_.emplace_back([this, client, server] {
        forward(client, server);
        ::close(client);
        ::close(server);
      });
    }
  }

  /// Until one side closes, or until it is time to cut.
  void forward(int client, int server) {
    std::array<char, 65'536> buffer{};
    std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    for (;;) {
      ::poll(ends.data(), ends.size(), -1);
      for (std::size_t from = 0; from < 2; ++from) {
        if (ends[from].revents == 0) continue;
        const ssize_t size = ::read(ends[from].fd, buffer.data(), buffer.size());
        if (size <= 0) return;
        const std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
        const bool commits = from == 0 && bytes.find("COMMIT") != std::string_view::npos;
        const Cut how = commits ? cut_.exchange(Cut::never) : Cut::never;
        if (how == Cut::before_commit) return;
        if (::write(ends[1 - from].fd, buffer.data(), bytes.size()) != size) return;
        // Its answer says that it is done; it goes no further.
        if (how == Cut::after_commit && ::read(server, buffer.data(), buffer.size()) > 0) return;
      }
    }
  }

  const sockaddr_un server_;
  const int listener_;
  std::atomic<Cut> cut_ = Cut::never;
  std::vector<std::jthread> forwarders_;
  std::jthread acceptor_;
};

}  // namespace tandem::commit
