// SPDX-License-Identifier: Apache-2.0
#include "payment/stripe/api.hpp"

#include <string_view>

namespace tandem::payment::stripe {
namespace {

// The shape of objects and events that this code reads.
constexpr std::string_view kVersion = "2024-06-20";

std::string encoded(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  static constexpr std::string_view kPlain = "-_.~[]";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       kPlain.find(c) != std::string_view::npos;
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 15U];
  }
  return out;
}

/// A code is a word; anything else is not passed on.
std::string code_of(const Json& error) {
  for (const std::string_view key : {"decline_code", "code", "type"}) {
    std::string code = text(error, key);
    if (!code.empty() && code.size() <= 64) return code;
  }
  return "unknown_error";
}

/// Nothing is known after a lock, too many requests and a failure of the server's own; a key that
/// is refused says nothing about the payment. 402 is the bank's no. The rest stays as it is.
Trouble trouble_of(int status) {
  switch (status) {
    case 402:
      return Trouble::declined;
    case 401:
    case 403:
    case 408:
    case 409:
    case 424:
    case 425:
    case 429:
      return Trouble::temporary;
    default:
      return status >= 500 || status < 400 ? Trouble::temporary : Trouble::permanent;
  }
}

}  // namespace

std::string form_text(const Form& form) {
  std::string out;
  for (const auto& [name, value] : form) {
    if (!out.empty()) out += '&';
    out += encoded(name) + '=' + encoded(value);
  }
  return out;
}

std::expected<Json, ApiError> Api::call(const ApiCall& call) const {
  const bool posts = call.method == "POST";
  http::ClientCall wanted{.method = call.method, .url = url_ + call.path};
  wanted.headers = {{"Authorization", "Bearer " + secret_key_},
                    {"Stripe-Version", std::string(kVersion)},
                    {"Accept", "application/json"}};
  if (posts) {
    wanted.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    wanted.headers.emplace_back("Idempotency-Key", call.key);
    wanted.body = form_text(call.form);
  } else if (!call.form.empty()) {
    wanted.url += '?' + form_text(call.form);
  }
  const auto temporary = [](std::string reason) {
    return std::unexpected(ApiError{.failed = {Trouble::temporary, std::move(reason)}});
  };
  const auto answer = transport_(wanted);
  if (!answer) return temporary("not reached: " + answer.error());
  auto body = parsed(answer->body);
  if (answer->status >= 200 && answer->status < 300) {
    if (!body) return temporary("an answer that cannot be read");
    return *std::move(body);
  }
  const Json error = body ? member(*body, "error") : Json();
  const Trouble trouble = trouble_of(answer->status);
  return std::unexpected(
      ApiError{.failed = {trouble, code_of(error)}, .intent = member(error, "payment_intent")});
}

}  // namespace tandem::payment::stripe
