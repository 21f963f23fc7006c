// SPDX-License-Identifier: Apache-2.0
// Who a request comes from. A secret is only ever compared as its digest, in constant time.
#include <algorithm>

#include "app/customers.hpp"
#include "app/staff_session.hpp"
#include "tandem/digest/sha256.hpp"

namespace tandem::app {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kSessionToken = "cs_";  // of a customer, not of an order
constexpr std::string_view kOtherSecret = "Tandem-Other-Secret";

std::optional<std::string_view> bearer(const http::Request& request) {
  const auto field = request.headers.get("Authorization");
  if (!field || !field->starts_with(kBearer)) return std::nullopt;
  return field->substr(kBearer.size());
}

/// The origin's host and port: "https://shop.example:8443" is "shop.example:8443".
std::string_view authority(std::string_view origin) {
  const auto slashes = origin.find("://");
  return slashes == std::string_view::npos ? std::string_view() : origin.substr(slashes + 3);
}

Result<Actor> key_right(std::string_view key, const Services& services) {
  if (!key.starts_with("tk_")) return reject(Reason::unauthorized);
  const auto stored = or_refusal(services.reads.api_key(sha256(key)));
  if (!stored) return std::unexpected(stored.error());
  if (!*stored || (*stored)->revoked_ms) return reject(Reason::unauthorized);
  const auto role = enum_named<StaffRole>((*stored)->role);
  if (!role) return reject(Reason::unauthorized);
  Actor actor;
  actor.kind = ActorClass::staff;
  actor.id = (*stored)->name;
  actor.role = role;
  return actor;
}

}  // namespace

bool is_same_origin(const http::Request& request) {
  if (const auto origin = request.headers.get("Origin")) {
    const auto host = request.headers.get("Host");
    return host && authority(*origin) == *host;
  }
  return request.headers.get("Sec-Fetch-Site") == "same-origin";
}

/// A browser sends cookies whoever asks it to; only the shop's own pages may make it act.
bool is_own_page(const http::Request& request, const Options& options) {
  if (is_same_origin(request)) return true;
  const auto origin = request.headers.get("Origin");
  return origin &&
         std::ranges::find(options.allowed_origins, *origin) != options.allowed_origins.end();
}

std::optional<std::string_view> order_cookie(const http::Request& request,
                                             std::string_view order_id) {
  const std::string name = "tandem_" + std::string(order_id);
  if (const auto secured = request.cookie("__Host-" + name)) return secured;
  return request.cookie(name);
}

http::Client client_of(const http::Request& request, const Options& options) {
  return http::client_of(request, options.trusted_proxies);
}

Source source_of(const http::Request& request, const Services& services) {
  return services.limits.source(client_of(request, services.options));
}

Result<OrderRight> order_right(const http::Request& request, std::string_view order_id,
                               const Services& services) {
  OrderRight right;
  const auto sent = bearer(request);
  const auto secret = sent ? sent : order_cookie(request, order_id);
  if (!secret || secret->starts_with(kSessionToken)) {
    const auto here = customer_here(request, services);
    if (!here) return std::unexpected(here.error());
    right.account = here->customer.id;
    return right;
  }
  const bool reads = request.method == http::Method::get || request.method == http::Method::head;
  if (!sent && !reads && !is_own_page(request, services.options)) {
    return reject(Reason::origin_forbidden);
  }
  right.secret_hash = sha256(*secret);
  right.account = customer_beside(request, services);
  return right;
}

std::optional<store::Digest> other_right(const http::Request& request) {
  const auto secret = request.headers.get(kOtherSecret);
  return secret ? std::optional(sha256(*secret)) : std::nullopt;
}

Result<store::OrderHead> readable_order(const http::Request& request, const Services& services) {
  const std::string id(request.path_parameter("id"));
  const auto right = order_right(request, id, services);
  if (!right) return std::unexpected(right.error());
  auto head = or_refusal(services.reads.order(store::OrderRef(id)));
  if (!head) return std::unexpected(std::move(head.error()));
  const store::Digest nobody{};
  const bool by_secret =
      right->secret_hash && same(*head ? (*head)->secret_hash : nobody, *right->secret_hash);
  if (!*head) return reject(Reason::order_unknown);
  if (by_secret) return **std::move(head);
  const auto row = or_refusal(services.reads.order_row((*head)->order_no));
  if (!row) return std::unexpected(row.error());
  const bool by_account = *row && right->account && (*row)->customer == *right->account;
  if (!by_account) return reject(Reason::order_unknown);
  return **std::move(head);
}

Result<Actor> staff_right(const http::Request& request, const Services& services) {
  if (!request.headers.contains("Authorization")) return session_right(request, services);
  const auto key = bearer(request);
  return key ? key_right(*key, services) : reject(Reason::unauthorized);
}

Watch staff_watch(const http::Request& request, const Services& services) {
  if (const auto key = bearer(request)) {
    return {[key = std::string(*key), &services] { return key_right(key, services).has_value(); }};
  }
  const auto hash = session_hash(request, services.options);
  if (!hash) return {[] { return false; }};
  return {[hash = *hash, &services] { return session_counts(hash, services); }, hash};
}

Watch customer_watch(const http::Request& request, const store::OrderHead& head,
                     const Services& services) {
  const auto sent = bearer(request);
  const auto secret = sent ? sent : order_cookie(request, head.order_id);
  const bool by_session = !secret || secret->starts_with(kSessionToken);
  if (!by_session && same(head.secret_hash, sha256(*secret))) return {[] { return true; }};
  // Beside another secret it is the cookie that gives the right: see customer_beside().
  std::optional<store::Digest> hash;
  if (by_session) {
    hash = customer_session_hash(request, services.options);
  } else if (const auto token =
                 cookie_token(request, customer_sessions(services.options), services.options)) {
    hash = sha256(*token);
  }
  if (!hash) return {[] { return false; }};
  return {[hash = *hash, &services] { return customer_counts(hash, services); }, hash};
}

}  // namespace tandem::app
