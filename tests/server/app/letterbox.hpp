// SPDX-License-Identifier: Apache-2.0
#pragma once
// What customers' tests share: a mailer that keeps its mails, tokens as an embedding site makes
// them, and a browser or an app of a customer.

#include <chrono>
#include <condition_variable>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mailer.hpp"
#include "shop_fixture.hpp"

namespace tandem::app::test {

class Letterbox final : public mail::Mailer {
 public:
  std::expected<void, mail::NotSent> send(const mail::Message& message, std::int64_t) override {
    const std::lock_guard lock(mutex_);
    ++tries_;
    tried_.notify_all();
    if (trouble_) return std::unexpected(mail::NotSent{*trouble_, "told to"});
    mails_.push_back(message);
    return {};
  }
  /// Waits until so many mails were brought, whatever became of them.
  [[nodiscard]] bool was_tried(std::size_t times) {
    std::unique_lock lock(mutex_);
    return tried_.wait_for(lock, std::chrono::seconds(30), [&] { return tries_ >= times; });
  }
  [[nodiscard]] std::size_t tries() {
    const std::lock_guard lock(mutex_);
    return tries_;
  }
  [[nodiscard]] std::vector<mail::Message> mails() {
    const std::lock_guard lock(mutex_);
    return mails_;
  }
  void fail(std::optional<mail::Trouble> trouble) {
    const std::lock_guard lock(mutex_);
    trouble_ = trouble;
  }

 private:
  std::mutex mutex_;
  std::condition_variable tried_;
  std::size_t tries_ = 0;
  std::vector<mail::Message> mails_;
  std::optional<mail::Trouble> trouble_;
};

inline constexpr const char* kSiteSecret = "a secret of thirty-two bytes, or more";

/// A token signed with a secret.
[[nodiscard]] std::string site_token(const Json& claims, const std::string& secret = kSiteSecret,
                                     const Json& head = {{"alg", "HS256"}, {"typ", "JWT"}});

/// Claims that are in order for this customer at the shop's start.
[[nodiscard]] Json site_claims(const std::string& subject, const std::string& email);

[[nodiscard]] std::string base64url(std::string_view bytes);

/// A customer's browser: it keeps cookies and the session's token, and asks from the shop's page.
class Browser {
 public:
  explicit Browser(const Shop& shop) : shop_(shop) {}

  Answer identify(const std::string& token, const Json& more = Json::object());
  Answer get(const std::string& target);
  Answer send(http::Method method, const std::string& target, const std::string& body = "");
  /// The button of a mailed link's page.
  Answer press(const std::string& target);
  /// A request as this browser would send it, to be spoiled.
  [[nodiscard]] http::Request request(http::Method method, const std::string& target,
                                      const std::string& body = "") const;
  /// Has the order's secret as a cookie, as a browser that made it.
  void has(const Client& client) { cookies_["tandem_" + client.id] = client.secret; }
  /// What the cookies of an answer make of the browser's.
  void keep(const Answer& answer);
  [[nodiscard]] bool has_cookie(const std::string& name) const { return cookies_.contains(name); }

  std::string csrf;
  std::string customer;

 private:
  void keep_session(const Answer& answer);

  const Shop& shop_;
  std::map<std::string, std::string> cookies_;
};

}  // namespace tandem::app::test
