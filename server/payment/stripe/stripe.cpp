// SPDX-License-Identifier: Apache-2.0
#include "payment/stripe/stripe.hpp"

#include <algorithm>

#include "payment/stripe/amounts.hpp"
#include "payment/stripe/api.hpp"
#include "payment/stripe/objects.hpp"
#include "payment/stripe/signature.hpp"

namespace tandem::payment::stripe {
namespace {

constexpr std::string_view kIntents = "/v1/payment_intents";

std::unexpected<CallFailed> trouble(Trouble trouble, std::string reason) {
  return std::unexpected(CallFailed{trouble, std::move(reason)});
}

std::unexpected<CallFailed> not_an_amount() {
  return trouble(Trouble::permanent, "amount_not_payable");
}

std::string lower(std::string currency) {
  for (char& c : currency) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return currency;
}

std::string path_of(std::string_view id, std::string_view what = {}) {
  std::string path(kIntents);
  path += '/';
  path += id;
  if (!what.empty()) path.append("/").append(what);
  return path;
}

Called<Told> read(const Json& intent) {
  auto told = told_of(intent);
  if (!told) return trouble(Trouble::temporary, "an intent that cannot be read");
  return *std::move(told);
}

Called<Done> refunded(const Json& refund) {
  const std::string status = text(refund, "status");
  if (status == "failed" || status == "canceled") {
    std::string reason = text(refund, "failure_reason");
    return trouble(Trouble::declined, reason.empty() ? "refund_" + status : reason);
  }
  return Done{.reference = text(refund, "id"), .settled = status == "succeeded"};
}

}  // namespace

Stripe::Stripe(StripeOptions options)
    : options_(std::move(options)),
      names_(app::derived_key(options_.key, "stripe idempotency")),
      pages_(options_.key, "stripe page"),
      api_(std::make_unique<const Api>(options_.url, options_.secret_key, options_.transport)) {}

Stripe::~Stripe() = default;

/// A PaymentIntent as it stands.
struct Stripe::Retrieved {
  Json intent;
};

/// Unguessable and of this shop: programs of one account must not meet under one key.
std::string Stripe::key_of(std::string_view what) const {
  return "tandem-" + app::mac_hex(names_, what);
}

Called<Told> Stripe::start(const Intent& intent) {
  const auto amount = to_stripe(intent.amount_minor, intent.currency);
  if (!amount) return not_an_amount();
  ApiCall call{.path = std::string(kIntents), .key = key_of("start/" + intent.id)};
  call.form = {{"amount", std::to_string(*amount)},
               {"currency", lower(intent.currency)},
               {"capture_method", intent.manual_capture ? "manual" : "automatic"},
               {"automatic_payment_methods[enabled]", "true"},
               {"metadata[intent]", intent.id}};
  auto made = api_->call(call);
  if (!made) return std::unexpected(std::move(made.error().failed));
  return read(*made);
}

/// What Stripe calls the intent. An answer that was lost is given again under the same key.
Called<std::string> Stripe::id_of(const Intent& intent) {
  if (!intent.own_id.empty()) return intent.own_id;
  auto told = start(intent);
  if (!told) return std::unexpected(std::move(told.error()));
  return std::move(told->own_id);
}

Called<Done> Stripe::capture(const Intent& intent, std::int64_t amount_minor,
                             std::string_view key) {
  const auto amount = to_stripe(amount_minor, intent.currency);
  if (!amount) return not_an_amount();
  const auto id = id_of(intent);
  if (!id) return std::unexpected(id.error());
  ApiCall call{.path = path_of(*id, "capture"), .key = key_of(key)};
  call.form = {{"amount_to_capture", std::to_string(*amount)}};
  auto done = api_->call(call);
  if (!done) return std::unexpected(std::move(done.error().failed));
  const auto told = read(*done);
  if (!told) return std::unexpected(told.error());
  return Done{.reference = told->reference, .settled = told->standing == Standing::captured};
}

Called<Done> Stripe::cancel(const Intent& intent) {
  const auto id = id_of(intent);
  if (!id) return std::unexpected(id.error());
  // Each try may find it in another state, and the same key would only repeat the first answer;
  // canceling twice does no harm.
  const auto before = retrieve({.id = intent.id, .own_id = *id});
  if (!before) return std::unexpected(before.error());
  if (text(before->intent, "status") == "canceled") return Done{.reference = *id};
  ApiCall call{.path = path_of(*id, "cancel"),
               .key = key_of("cancel/" + intent.id + '/' + text(before->intent, "status"))};
  auto done = api_->call(call);
  if (done) return Done{.reference = *id};
  if (text(done.error().intent, "status") == "canceled") return Done{.reference = *id};
  return std::unexpected(std::move(done.error().failed));
}

Called<Done> Stripe::refund(const Intent& intent, std::int64_t amount_minor, std::int64_t refund) {
  const auto amount = to_stripe(amount_minor, intent.currency);
  if (!amount) return not_an_amount();
  const auto id = id_of(intent);
  if (!id) return std::unexpected(id.error());
  const std::string number = std::to_string(refund);
  ApiCall call{.path = "/v1/refunds",
               .key = key_of("refund/" + std::to_string(intent.order_no) + '-' + number)};
  call.form = {{"payment_intent", *id},
               {"amount", std::to_string(*amount)},
               {"metadata[intent]", intent.id},
               {"metadata[refund]", number}};
  auto made = api_->call(call);
  if (!made) return std::unexpected(std::move(made.error().failed));
  return refunded(*made);
}

/// Refunds bear the shop's number; there are never many of one payment.
Called<Done> Stripe::ask_refund(const Intent& intent, std::int64_t refund) {
  const auto id = id_of(intent);
  if (!id) return std::unexpected(id.error());
  const auto found = api_->call({.method = "GET",
                                 .path = "/v1/refunds",
                                 .form = {{"payment_intent", *id}, {"limit", "100"}}});
  if (!found) return std::unexpected(found.error().failed);
  for (const Json& one : member(*found, "data")) {
    const Json& metadata = member(one, "metadata");
    const bool is_it =
        text(metadata, "refund") == std::to_string(refund) && text(metadata, "intent") == intent.id;
    if (is_it) return refunded(one);
  }
  return trouble(Trouble::temporary, "there is no such refund");
}

Called<Stripe::Retrieved> Stripe::retrieve(const Intent& intent) {
  const auto id = id_of(intent);
  if (!id) return std::unexpected(id.error());
  auto found =
      api_->call({.method = "GET", .path = path_of(*id), .form = {{"expand[]", "latest_charge"}}});
  if (!found) return std::unexpected(std::move(found.error().failed));
  return Retrieved{*std::move(found)};
}

Called<Told> Stripe::ask(const Intent& intent) {
  const auto found = retrieve(intent);
  if (!found) return std::unexpected(found.error());
  return read(found->intent);
}

Called<std::string> Stripe::client_secret(const Intent& intent) {
  const auto found = retrieve(intent);
  if (!found) return std::unexpected(found.error());
  return text(found->intent, "client_secret");
}

std::optional<std::string> Stripe::page(const Intent& intent) const {
  return "/pay/stripe/" + pages_.make(intent.id);
}

std::optional<IntentPlace> Stripe::place_of_token(std::string_view token) const {
  const auto id = pages_.read(token);
  return id ? place_of_intent(*id) : std::nullopt;
}

std::string Stripe::own_id(std::span<const ToldFact> told) const {
  const auto found = std::ranges::find_if(
      told, [](const ToldFact& fact) { return fact.reference.starts_with("pi_"); });
  if (found == told.end()) return {};
  return found->reference.substr(0, found->reference.find('/'));
}

std::optional<Word> Stripe::word_of(std::string_view payload) const {
  return stripe::word_of(payload);
}

bool Stripe::verify(std::string_view header, std::string_view body, std::int64_t now_ms) const {
  return stripe::verify(header, body, options_.webhook_secrets, now_ms);
}

}  // namespace tandem::payment::stripe
