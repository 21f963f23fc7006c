// SPDX-License-Identifier: Apache-2.0
#include "app/hooks.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <future>
#include <map>

#include "app/hook_audit.hpp"
#include "app/hook_message.hpp"
#include "commit/job.hpp"
#include "commit/scope.hpp"
#include "http/text.hpp"

namespace tandem::app {
namespace {

constexpr std::int64_t kLookMax = 256;
constexpr std::size_t kSentInARow = 16;  // to one endpoint, before its newest state is read again
constexpr std::int64_t kLeaseMs = 120'000;  // longer than any call takes
constexpr std::int64_t kKeptMs = std::int64_t{30} * 24 * 3'600'000;
constexpr std::int64_t kForgetEveryMs = 3'600'000;
constexpr std::int64_t kRetryAfterMaxMs = 24 * 3'600'000;
constexpr std::size_t kUrlBytesMax = 2'048;
constexpr std::size_t kHostBytesMax = 253;
constexpr int kGone = 410;

class HookJob final : public commit::Job {
 public:
  explicit HookJob(std::function<void(store::Writes&, std::int64_t)> change)
      : change_(std::move(change)) {}
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    change_(scope.writes(), scope.now_ms());
    return {};
  }

 private:
  const std::function<void(store::Writes&, std::int64_t)> change_;
};

bool is_success(int status) { return status >= 200 && status < 300; }

/// How long the receiver asks to be left alone, in seconds or until a date; 0 when it says neither.
std::int64_t retry_after_ms(const http::ClientAnswer& answer, std::int64_t now_ms) {
  const std::string text = answer.header("retry-after");
  std::int64_t seconds = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (end.ec == std::errc{} && end.ptr == text.data() + text.size()) {
    return std::clamp<std::int64_t>(seconds, 0, kRetryAfterMaxMs / 1'000) * 1'000;
  }
  const auto until_ms = http::date_ms(text);
  return until_ms ? std::clamp<std::int64_t>(*until_ms - now_ms, 0, kRetryAfterMaxMs) : 0;
}

}  // namespace

std::vector<http::IpAddress> resolve(const std::string& host) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, &::freeaddrinfo);
  std::vector<http::IpAddress> addresses;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    std::array<char, NI_MAXHOST> digits{};
    if (::getnameinfo(one->ai_addr, one->ai_addrlen, digits.data(), digits.size(), nullptr, 0,
                      NI_NUMERICHOST) != 0) {
      continue;
    }
    // An address of one link has its interface behind it, and is none that may be called.
    if (const auto address = http::parse_address(digits.data())) addresses.push_back(*address);
  }
  return addresses;
}

bool is_hook_url(std::string_view url, const HookOptions& options) {
  const bool printable =
      std::ranges::all_of(url, [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
  if (!printable || url.size() > kUrlBytesMax) return false;
  const auto address = http::address_of(url);
  if (!address || (!address->secured && !options.allow_http)) return false;
  if (!address->target.starts_with('/') || address->host.size() > kHostBytesMax) return false;
  const bool named = std::ranges::all_of(address->host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
  });
  std::uint16_t port = 0;
  const char* end = address->port.data() + address->port.size();
  const auto read = std::from_chars(address->port.data(), end, port);
  return named && read.ec == std::errc{} && read.ptr == end && port != 0;
}

std::expected<http::IpAddress, std::string> checked_address(const std::string& host,
                                                            const HookOptions& options) {
  const auto addresses = options.resolver(host);
  if (addresses.empty()) return std::unexpected("the host's name has no address");
  const auto may = std::ranges::find_if(addresses, [&](const http::IpAddress& address) {
    return http::is_public(address) || http::contains(options.networks, address);
  });
  if (may == addresses.end()) return std::unexpected("the host's address is not a public one");
  return *may;
}

Hooks::Hooks(commit::Committer& committer, store::Reads& reads, HookOptions options,
             std::function<void(std::string_view)> log)
    : committer_(committer),
      reads_(reads),
      options_(std::move(options)),
      log_(std::move(log)),
      calls_(options_.calls) {}

Hooks::~Hooks() { stop(); }

void Hooks::start() {
  if (options_.every.count() > 0) thread_ = std::thread([this] { work(); });
}

void Hooks::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  calls_.stop();
}

void Hooks::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    look();
    lock.lock();
    wake_.wait_for(lock, options_.every, [this] { return stopping_; });
  }
}

void Hooks::round() {
  look();
  calls_.wait_idle();
}

/// Hands the messages of each endpoint to a call of its own, unless one is under way.
void Hooks::look() {
  const std::lock_guard lock(round_mutex_);
  const auto now_ms = reads_.now_ms();
  if (!now_ms) return;
  const auto due = reads_.hooks_due(*now_ms, kLookMax);
  if (due && !due->empty()) {
    const auto endpoints = reads_.hook_endpoints();
    if (!endpoints) return;
    std::map<std::string, std::vector<store::HookMessage>> by_endpoint;
    for (const store::HookMessage& message : *due) {
      auto& messages = by_endpoint[message.endpoint];
      if (messages.size() < kSentInARow) messages.push_back(message);
    }
    for (auto& [id, messages] : by_endpoint) {
      const auto endpoint = std::ranges::find(*endpoints, id, &store::HookEndpoint::id);
      if (endpoint == endpoints->end()) continue;
      calls_.submit(id, [this, endpoint = *endpoint, messages = std::move(messages)] {
        send_all(endpoint, messages);
      });
    }
  }
  if (std::abs(*now_ms - forgot_ms_) >= kForgetEveryMs) {
    forgot_ms_ = *now_ms;
    forget_old();
  }
}

/// Now and then; it does not matter when, nor that other nodes do it too.
void Hooks::forget_old() {
  (void)write([](store::Writes& writes, std::int64_t now_ms) {
    writes.hook_messages_ended.push_back(now_ms - kKeptMs);
  });
}

/// In their order; after one that failed the endpoint is left alone until the next look.
void Hooks::send_all(const store::HookEndpoint& endpoint,
                     const std::vector<store::HookMessage>& messages) {
  for (const store::HookMessage& message : messages) {
    if (!send(endpoint, message)) return;
  }
}

bool Hooks::write(std::function<void(store::Writes&, std::int64_t)> change) {
  std::promise<commit::Outcome> done;
  committer_.submit(std::make_shared<HookJob>(std::move(change)),
                    [&](const commit::Outcome& outcome) { done.set_value(outcome); });
  committer_.run_all_waiting();
  return commit::is_committed(done.get_future().get());
}

std::int64_t Hooks::with_jitter(std::int64_t wait_ms) {
  if (!options_.random || wait_ms <= 0) return wait_ms;
  const std::lock_guard lock(random_mutex_);
  const auto tenth = static_cast<std::uint64_t>(wait_ms / 10) + 1;
  return wait_ms + static_cast<std::int64_t>(options_.random() % tenth);
}

std::expected<http::ClientAnswer, std::string> Hooks::call(const store::HookEndpoint& endpoint,
                                                           const store::HookMessage& message,
                                                           std::int64_t now_ms) {
  const auto body = hook_body(message);
  if (!body) return std::unexpected("the message cannot be read");
  // Settings may have changed since the address was taken.
  const auto parts = http::address_of(endpoint.url);
  if (!parts || !is_hook_url(endpoint.url, options_)) {
    return std::unexpected("the address is not one that may be called");
  }
  const auto address = checked_address(parts->host, options_);
  if (!address) return std::unexpected(address.error());
  const std::string id = hook_id(message);
  http::ClientCall call{.method = "POST", .url = endpoint.url};
  call.headers = {{"content-type", "application/json"},
                  {"webhook-id", id},
                  {"webhook-timestamp", std::to_string(now_ms / 1'000)},
                  {"webhook-signature", hook_signatures(endpoint, id, now_ms, *body)}};
  call.body = *body;
  call.patience = options_.patience;
  call.connect_to = *address;
  call.head_only = true;
  return http::call(call);
}

/// False when the endpoint should be left alone for now.
bool Hooks::send(const store::HookEndpoint& endpoint, store::HookMessage message) {
  const auto now_ms = reads_.now_ms();
  const bool claimed =
      now_ms && write([&](store::Writes& writes, std::int64_t at_ms) {
        writes.hook_claims.push_back({message.hook_no, message.attempts, at_ms + kLeaseMs});
      });
  if (!claimed) return false;  // somebody else has it
  message.attempts += 1;
  store::HookOutcome outcome{.hook_no = message.hook_no};
  bool disables = false;
  if (!endpoint.enabled) {
    outcome.state = store::OutboxState::dead;
    outcome.error = "the endpoint is disabled";
  } else if (const auto answer = call(endpoint, message, *now_ms);
             !answer || !is_success(answer->status)) {
    outcome.error = answer ? "status " + std::to_string(answer->status) : answer.error();
    disables = answer && answer->status == kGone;
    const bool ends = disables || message.attempts >= kHookAttempts;
    outcome.state = ends ? store::OutboxState::dead : store::OutboxState::pending;
    outcome.due_ms = std::max(with_jitter(hook_wait_ms(message.attempts)),
                              answer ? retry_after_ms(*answer, *now_ms) : 0);
    if (ends) log_("a message to an operator's endpoint was given up: " + hook_id(message));
  }
  (void)write([&](store::Writes& writes, std::int64_t at_ms) {
    store::HookOutcome said = outcome;
    said.due_ms += at_ms;
    writes.hook_outcomes.push_back(std::move(said));
  });
  if (disables) {
    (void)write([&](store::Writes& writes, std::int64_t at_ms) {
      store::HookEndpoint after = endpoint;
      after.enabled = false;
      after.why = "answered 410";
      after.version += 1;
      writes.audit.push_back(hook_audit("system", at_ms, &endpoint, &after));
      writes.hook_endpoints.push_back(std::move(after));
    });
  }
  return outcome.error.empty();
}

}  // namespace tandem::app
