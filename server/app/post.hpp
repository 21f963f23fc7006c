// SPDX-License-Identifier: Apache-2.0
#pragma once
// The shop's mails: what an effect in the outbox says becomes a letter, and a mailer takes it away.
// Addresses are read when the mail goes out, never kept in the outbox: what was erased meanwhile is
// not written to any more.
//
//   post.deliver(task, folded)   // answers once the mail server has it

#include <expected>
#include <memory>
#include <string>

#include "app/folded.hpp"
#include "app/movements.hpp"
#include "app/secrets.hpp"
#include "mail/mailer.hpp"
#include "payment/signed_token.hpp"
#include "store/reads.hpp"

namespace tandem::app {

struct PostOptions {
  std::shared_ptr<mail::Mailer> mailer{};  // none: mails wait in the outbox
  std::string public_url{};  // of the shop, without a slash at its end: what links begin with
  std::string shop_name = "Tandem";
  std::string language = "en";  // of mails about orders: en or fa
  std::string return_path = "/";  // where a signed-in customer comes back to
};

/// How long a mailed link works.
inline constexpr std::int64_t kLinkMs = 900'000;

class Post {
 public:
  Post(const SigningKey& key, store::Reads& reads, const PostOptions& options)
      : links_(key, "sign-in link"),
        unsubscribes_(key, "unsubscribe"),
        reads_(reads),
        options_(options) {}

  [[nodiscard]] bool sends() const { return options_.mailer != nullptr; }

  /// The token of a link to sign in with. Only its digest is stored.
  [[nodiscard]] std::string link_token(const std::string& link) const { return links_.make(link); }
  [[nodiscard]] bool is_link_token(std::string_view token) const {
    return links_.read(token).has_value();
  }
  /// The order whose mails a token ends.
  [[nodiscard]] std::optional<std::int64_t> unsubscribed_order(std::string_view token) const;

  /// Sends the mail of an effect; what has nobody to go to any more is done. `order` is the one
  /// that it is about, null for a link.
  [[nodiscard]] std::expected<void, mail::NotSent> deliver(const Task& task,
                                                           const Order* order) const;

 private:
  [[nodiscard]] std::optional<mail::Message> link_letter(const Task& task,
                                                         std::int64_t now_ms) const;
  [[nodiscard]] std::optional<mail::Message> order_letter(const Task& task,
                                                          const Order& order) const;

  payment::SignedToken links_;
  payment::SignedToken unsubscribes_;
  store::Reads& reads_;
  const PostOptions& options_;
};

}  // namespace tandem::app
