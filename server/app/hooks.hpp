// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sends to operators' endpoints what commits have left for them. Each endpoint is told one message
// at a time, beside the others, on threads of their own: a slow one holds up neither them nor
// payments. A message is sent at least once; receivers know it by its id.
//
// An endpoint's address is whoever wrote it. So that nobody reaches what only this server reaches,
// a name's address is asked for once, judged, and connected to as it is; redirects are answers that
// say no, bodies are not read, and everything has its time.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/calls.hpp"
#include "commit/committer.hpp"
#include "http/address.hpp"
#include "http/client.hpp"
#include "store/hooks.hpp"
#include "store/reads.hpp"

namespace tandem::app {

/// The addresses of a host; none when it has no such name.
using Resolver = std::function<std::vector<http::IpAddress>(const std::string& host)>;

/// As the system resolves names.
[[nodiscard]] std::vector<http::IpAddress> resolve(const std::string& host);

struct HookOptions {
  bool allow_http = false;  // not only https
  http::Networks networks{};  // that may be called although they are not public
  Resolver resolver = resolve;
  std::function<std::uint64_t()> random{};  // for jitter; none: without
  std::chrono::milliseconds patience{15'000};
  std::chrono::milliseconds every{1'000};  // 0: only when round() is called
  Calls::Limits calls{.threads = 4, .waiting_max = 64};
};

/// Whether an address has the form of one that may be called: https (or http, where that is
/// allowed), a name or IPv4 digits, perhaps a port, no user. Where it leads is judged when it is
/// called.
[[nodiscard]] bool is_hook_url(std::string_view url, const HookOptions& options);

/// The address to connect to: the first of the host's that may be called. The error says why there
/// is none.
[[nodiscard]] std::expected<http::IpAddress, std::string> checked_address(
    const std::string& host, const HookOptions& options);

class Hooks {
 public:
  Hooks(commit::Committer& committer, store::Reads& reads, HookOptions options,
        std::function<void(std::string_view)> log);
  ~Hooks();
  Hooks(const Hooks&) = delete;
  Hooks& operator=(const Hooks&) = delete;

  void start();
  /// Sends what is due; returns when each has ended or waits for its next time.
  void round();
  /// Finishes the calls at hand and joins. Idempotent. Before the committer stops.
  void stop();

 private:
  void work();
  void look();
  void send_all(const store::HookEndpoint& endpoint,
                const std::vector<store::HookMessage>& messages);
  [[nodiscard]] bool send(const store::HookEndpoint& endpoint, store::HookMessage message);
  [[nodiscard]] std::expected<http::ClientAnswer, std::string> call(
      const store::HookEndpoint& endpoint, const store::HookMessage& message, std::int64_t now_ms);
  [[nodiscard]] std::int64_t with_jitter(std::int64_t wait_ms);
  [[nodiscard]] bool write(std::function<void(store::Writes&, std::int64_t now_ms)> change);
  void forget_old();

  commit::Committer& committer_;
  store::Reads& reads_;
  const HookOptions options_;
  const std::function<void(std::string_view)> log_;
  Calls calls_;
  std::int64_t forgot_ms_ = 0;
  std::mutex random_mutex_;

  std::mutex mutex_;  // guards stopping_
  std::condition_variable wake_;
  bool stopping_ = false;
  std::mutex round_mutex_;  // one look at a time
  std::thread thread_;  // last: it uses everything above
};

}  // namespace tandem::app
