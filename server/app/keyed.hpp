// SPDX-License-Identifier: Apache-2.0
#pragma once
// Requests with an Idempotency-Key: the key, the effect and the answer are one commit, so that the
// same request again, on whichever node, gets the answer of the first and does nothing.
//
//   auto key = key_of(request, "POST /v1/staff/stock", principal);
//   auto keyed = std::make_shared<KeyedJob>(job, **key, [job] { return shown(*job); });
//   outcome = co_await run_keyed(services, keyed);
//   if (!keyed->ran()) co_return keyed->answer();

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/dispatcher.hpp"
#include "commit/job.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "tandem/digest/sha256.hpp"

namespace tandem::app {

/// How long an answer is kept at least.
inline constexpr std::int64_t kKeyKeptMs = 24 * 3'600'000;

/// A key in its scope, and what was asked under it.
struct RequestKey {
  store::IdempotencyKey id{};
  Digest request{};  // of the body's canonical JSON
};

/// The key that a request carries, bare or in quotation marks; none without the header. The scope
/// is who asks, and the route. Refuses value_unknown: a key is 1 to 255 visible characters of
/// ASCII.
[[nodiscard]] Result<std::optional<RequestKey>> key_of(const http::Request& request,
                                                       std::string_view route,
                                                       std::string_view principal);

/// Another job under a key. Its refusals (4xx) are answers too, and kept; 5xx never are. Refuses:
/// idempotency_key_in_flight (another node works on it), idempotency_key_reused (for another body).
class KeyedJob final : public commit::Job {
 public:
  using Answering = std::function<http::Response()>;

  /// `answer` is asked where the job decides, once the job has decided and before it is durable.
  KeyedJob(std::shared_ptr<commit::Job> job, RequestKey key, Answering answer)
      : job_(std::move(job)), key_(std::move(key)), answering_(std::move(answer)) {}

  [[nodiscard]] bool may_go_ahead() const override { return job_->may_go_ahead(); }
  void declare(commit::Needs& needs) override;
  void declare_ledgers(const commit::WorkingSet& set, commit::Needs& needs) override;
  [[nodiscard]] Result<void> decide(commit::Scope& scope) override;

  /// Whether the job was carried out now; if not, a committed outcome means that answer() counts.
  [[nodiscard]] bool ran() const { return ran_; }
  [[nodiscard]] const http::Response& answer() const { return answer_; }

 private:
  const std::shared_ptr<commit::Job> job_;
  const RequestKey key_;
  const Answering answering_;
  bool ran_ = false;
  http::Response answer_;
};

/// Runs it; while another node works on the same key, tries again for as long as `patience`. With
/// `order`, the order job inside, what follows a commit is done as Dispatcher::run does it.
[[nodiscard]] boost::asio::awaitable<commit::Outcome> run_keyed(
    Dispatcher& dispatcher, std::chrono::milliseconds patience, std::shared_ptr<KeyedJob> job,
    std::shared_ptr<OrderJob> order = nullptr, Reply reply = nullptr);

}  // namespace tandem::app
