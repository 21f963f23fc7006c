// SPDX-License-Identifier: Apache-2.0
#include "payment/demo.hpp"

#include <charconv>

namespace tandem::payment {
namespace {

constexpr std::size_t kTokenDigits = 32;

std::string webhook_mac(const app::SigningKey& key, std::string_view time, std::string_view body) {
  std::string text(time);
  text += '.';
  text += body;
  return app::mac_hex(key, text);
}

}  // namespace

Demo::Demo(const DemoOptions& options)
    : page_key_(app::derived_key(options.key, "demo page")),
      webhook_key_(app::derived_key(options.key, "demo webhook")),
      captures_at_once_(options.captures_at_once),
      tolerance_ms_(options.tolerance_ms) {}

Called<Told> Demo::start(const Intent& intent) {
  return Told{.standing = captures_at_once_ ? Standing::captured : Standing::pending,
              .reference = "start/" + intent.id,
              .amount_minor = intent.amount_minor};
}

Called<Done> Demo::capture(const Intent&, std::int64_t, std::string_view) { return Done{}; }

Called<Done> Demo::cancel(const Intent&) { return Done{}; }

Called<Done> Demo::refund(const Intent&, std::int64_t, std::int64_t) { return Done{}; }

std::string Demo::token(std::string_view id) const {
  return std::string(id) + '-' + app::mac_hex(page_key_, id).substr(0, kTokenDigits);
}

std::optional<std::string> Demo::page(const Intent& intent) const {
  return "/pay/demo/" + token(intent.id);
}

std::optional<IntentPlace> Demo::place_of_token(std::string_view given) const {
  const auto dash = given.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view id = given.substr(0, dash);
  if (!app::same(token(id), given)) return std::nullopt;
  return place_of_intent(id);
}

std::string Demo::sign(std::string_view body, std::int64_t now_ms) const {
  const std::string time = std::to_string(now_ms);
  return "t=" + time + ",v1=" + webhook_mac(webhook_key_, time, body);
}

bool Demo::verify(std::string_view signature, std::string_view body, std::int64_t now_ms) const {
  const auto comma = signature.find(",v1=");
  if (!signature.starts_with("t=") || comma == std::string_view::npos) return false;
  const std::string_view time = signature.substr(2, comma - 2);
  std::int64_t at_ms = 0;
  const auto end = std::from_chars(time.data(), time.data() + time.size(), at_ms);
  if (end.ec != std::errc{} || end.ptr != time.data() + time.size()) return false;
  if (!app::same(webhook_mac(webhook_key_, time, body), signature.substr(comma + 4))) return false;
  return at_ms >= now_ms - tolerance_ms_ && at_ms <= now_ms + tolerance_ms_;
}

}  // namespace tandem::payment
