// SPDX-License-Identifier: Apache-2.0
#pragma once
// Stripe's API as far as the shop uses it: a request as a form, an answer as an object, and for
// every error what becomes of it. Only codes of errors go on from here; their sentences may quote
// parts of a key.
//
//   auto intent = api.call({.path = "/v1/payment_intents", .form = {{"amount", "1000"}}, .key =
//   k});

#include <string>
#include <utility>
#include <vector>

#include "payment/provider.hpp"
#include "payment/stripe/json.hpp"
#include "payment/stripe/transport.hpp"

namespace tandem::payment::stripe {

using Form = std::vector<std::pair<std::string, std::string>>;

struct ApiCall {
  std::string method = "POST";
  std::string path{};
  Form form{};         // of a GET: its query
  std::string key{};  // the idempotency key of a POST
};

/// What was answered, and what it is about where an error says so: some errors only say that what
/// is asked for is so already.
struct ApiError {
  CallFailed failed{};
  Json intent{};
};

class Api {
 public:
  Api(std::string url, std::string secret_key, Transport transport)
      : url_(std::move(url)),
        secret_key_(std::move(secret_key)),
        transport_(std::move(transport)) {}

  [[nodiscard]] std::expected<Json, ApiError> call(const ApiCall& call) const;

 private:
  const std::string url_;
  const std::string secret_key_;
  const Transport transport_;
};

/// application/x-www-form-urlencoded.
[[nodiscard]] std::string form_text(const Form& form);

}  // namespace tandem::payment::stripe
