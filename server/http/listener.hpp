// SPDX-License-Identifier: Apache-2.0
#pragma once
// Listens on TCP, reads requests, asks the router, writes its answers. One thread per lane; a
// connection stays on its lane, so sessions need no locks. No error of one connection reaches
// another one.
//
//   auto listener = Listener::start(app, {.endpoints = {{"127.0.0.1", 0}}});
//   (*listener)->port();  // the port that the system chose
//   (*listener)->stop(std::chrono::seconds(10));

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "http/limits.hpp"
#include "http/router.hpp"
#include "http/tls.hpp"

namespace tandem::http {

/// An address as digits, IPv4 or IPv6, never a name; "::" takes IPv4 as well. Port 0 lets the
/// system choose.
struct Endpoint {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
};

struct ListenerOptions {
  std::vector<Endpoint> endpoints{Endpoint{}};
  std::size_t threads = 0;  // 0: as many as the machine has
  Limits limits = {};
  TlsContext tls = nullptr;  // null: connections are not secured
};

class Listener {
 public:
  /// Binds every endpoint and starts the threads. The router must outlive the listener and no
  /// longer change. The error is a sentence that names the endpoint.
  [[nodiscard]] static std::expected<std::unique_ptr<Listener>, std::string> start(
      const Router& router, const ListenerOptions& options);

  /// Stops at once. Whatever completes the waits of handlers must have done so, or have dropped
  /// them, before the listener is destroyed.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// The port that an endpoint is bound to.
  [[nodiscard]] std::uint16_t port(std::size_t endpoint = 0) const;

  /// How many connections are open.
  [[nodiscard]] std::size_t connections() const;

  /// Stops gracefully: accepts no more, ends idle connections and endless streams, lets running
  /// requests finish until `grace` has passed, then closes what is left and joins the threads.
  /// True when nothing had to be cut off. Call it once, not from an I/O thread.
  bool stop(std::chrono::milliseconds grace);

 private:
  struct Impl;
  explicit Listener(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace tandem::http
