// SPDX-License-Identifier: Apache-2.0
#include "app/hook_message.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "app/hook_jobs.hpp"
#include "http/text.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretBytesMin = 24;
constexpr std::size_t kSecretBytesMax = 64;
constexpr std::int64_t kSecondMs = 1'000;
constexpr std::int64_t kMinuteMs = 60 * kSecondMs;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::array<std::int64_t, kHookAttempts> kWaits{
    0,           5 * kSecondMs, 5 * kMinuteMs, 30 * kMinuteMs, 2 * kHourMs,
    5 * kHourMs, 10 * kHourMs,  14 * kHourMs,  20 * kHourMs,   24 * kHourMs};

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string base64(std::span<const unsigned char> bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the zero behind it
  return text;
}

/// The bytes of a secret; none when it is not one.
std::vector<unsigned char> key_of_secret(std::string_view secret) {
  if (!secret.starts_with(kSecretPrefix)) return {};
  secret.remove_prefix(kSecretPrefix.size());
  std::vector<unsigned char> key(kSecretBytesMax);
  std::size_t size = 0;
  const int read = sodium_base642bin(key.data(), key.size(), secret.data(), secret.size(), nullptr,
                                     &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (read != 0 || size < kSecretBytesMin) return {};
  key.resize(size);
  return key;
}

/// "2026-01-01T00:00:00.000Z"
std::string iso_time(std::int64_t ms) {
  const std::chrono::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(ms)};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  std::array<char, 40> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
      unsigned(date.month()), unsigned(date.day()), static_cast<int>(time.hours().count()),
      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
      static_cast<int>(time.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

bool wants(const store::HookEndpoint& endpoint, std::span<const std::string_view> events) {
  if (!endpoint.enabled) return false;
  if (endpoint.events.empty()) return true;
  std::string_view rest = endpoint.events;
  while (!rest.empty()) {
    if (std::ranges::find(events, http::cut(rest, ' ')) != events.end()) return true;
  }
  return false;
}

}  // namespace

std::vector<store::HookMessage> hook_messages(std::span<const store::HookEndpoint> endpoints,
                                              const store::OrderRow& row,
                                              const std::string& order_id,
                                              std::span<const std::string_view> events,
                                              std::int64_t now_ms) {
  std::vector<store::HookMessage> messages;
  std::string payload;
  for (const store::HookEndpoint& endpoint : endpoints) {
    if (!wants(endpoint, events)) continue;
    if (payload.empty()) {
      HookData data{.currency = row.currency,
                    .delivery = row.delivery_state,
                    .events = {},
                    .invoice = row.invoice_state,
                    .order = order_id,
                    .order_no = row.order_no,
                    .payment = row.payment_state,
                    .returns = row.return_state,
                    .state = row.order_state,
                    .total_minor = row.total_minor,
                    .version = row.version};
      for (const std::string_view event : events) {
        if (std::ranges::find(data.events, event) == data.events.end()) {
          data.events.emplace_back(event);
        }
      }
      payload = canonical(data);
    }
    messages.push_back({.endpoint = endpoint.id,
                        .order_no = row.order_no,
                        .version = row.version,
                        .at_ms = now_ms,
                        .payload = payload,
                        .due_ms = now_ms});
  }
  return messages;
}

void note_events(std::vector<std::string_view>& names, std::span<const Recorded> events) {
  for (const Recorded& one : events) {
    names.push_back(OneOf<Event>::names[one.record.event.index()]);
  }
}

void tell_hooks(std::span<const store::HookEndpoint> endpoints, const store::OrderRow& row,
                const std::string& order_id, std::span<const std::string_view> events,
                std::int64_t now_ms, store::Writes& writes) {
  if (endpoints.empty()) return;
  for (auto& message : hook_messages(endpoints, row, order_id, events, now_ms)) {
    writes.hook_messages.push_back(std::move(message));
  }
}

std::optional<std::string> hook_body(const store::HookMessage& message) {
  auto data = wire::decode<HookData>(message.payload);
  if (!data) return std::nullopt;
  data->ordering = message.ordering;
  return canonical(HookBody{.data = *std::move(data), .timestamp = iso_time(message.at_ms)});
}

std::string hook_id(const store::HookMessage& message) {
  return "msg_" + message.endpoint + '_' + std::to_string(message.order_no) + '_' +
         std::to_string(message.version);
}

std::string new_hook_secret() {
  std::array<unsigned char, kSecretBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return std::string(kSecretPrefix) + base64(bytes);
}

bool is_hook_secret(std::string_view secret) { return !key_of_secret(secret).empty(); }

std::string hook_signature(std::string_view secret, std::string_view id, std::int64_t seconds,
                           std::string_view body) {
  const std::vector<unsigned char> key = key_of_secret(secret);
  std::string content(id);
  content.append(".").append(std::to_string(seconds)).append(".").append(body);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, octets(content), content.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_final(&state, digest.data());
  return "v1," + base64(digest);
}

std::string hook_signatures(const store::HookEndpoint& endpoint, std::string_view id,
                            std::int64_t now_ms, std::string_view body) {
  const std::int64_t seconds = now_ms / kSecondMs;
  std::string all = hook_signature(endpoint.secret, id, seconds, body);
  if (!endpoint.secret_before.empty() && now_ms < endpoint.before_until_ms) {
    all += ' ' + hook_signature(endpoint.secret_before, id, seconds, body);
  }
  return all;
}

std::int64_t hook_wait_ms(std::int64_t attempts) {
  return kWaits.at(
      static_cast<std::size_t>(std::clamp<std::int64_t>(attempts, 0, kHookAttempts - 1)));
}

Message hook_message() { return {"OrderChanged", &type_of<HookBody>}; }

}  // namespace tandem::app
