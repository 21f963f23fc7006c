// SPDX-License-Identifier: Apache-2.0
#include "payment/stripe/objects.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "payment/stripe/amounts.hpp"

namespace tandem::payment::stripe {
namespace {

std::optional<std::int64_t> amount_of(const Json& object, std::string_view key) {
  const auto amount = integer(object, key);
  return amount ? from_stripe(*amount, currency_of(object)) : std::nullopt;
}

/// When the money was moved or refused: of the charge, where it came along.
std::optional<std::int64_t> charged_ms(const Json& intent) {
  const auto created = integer(member(intent, "latest_charge"), "created");
  return created ? std::optional(*created * 1'000) : std::nullopt;
}

std::optional<Told> declined(const Json& intent, Told told) {
  const Json& error = member(intent, "last_payment_error");
  told.standing = Standing::failed;
  std::string which = text(error, "charge");
  if (which.empty()) which = text(intent, "latest_charge");
  told.reference += "/failed/" + (which.empty() ? text(error, "code") : which);
  std::string reason = text(error, "decline_code");
  if (reason.empty()) reason = text(error, "code");
  told.reason = reason.empty() ? "payment_failed" : reason;
  return told;
}

ProviderEvent event_of(Standing standing) {
  switch (standing) {
    case Standing::pending:
      return ProviderEvent::pending;
    case Standing::authorized:
      return ProviderEvent::authorized;
    case Standing::captured:
      return ProviderEvent::captured;
    case Standing::failed:
      return ProviderEvent::failed;
    case Standing::canceled:
      return ProviderEvent::canceled;
  }
  return ProviderEvent::pending;
}

std::optional<std::int64_t> number(const std::string& text) {
  std::int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = end.ec == std::errc{} && end.ptr == text.data() + text.size();
  return whole && value > 0 ? std::optional(value) : std::nullopt;
}

std::optional<Fact> fact_of_intent(const Json& intent) {
  const auto told = told_of(intent);
  if (!told) return std::nullopt;
  return Fact{.amount_minor = told->amount_minor,
              .currency = currency_of(intent),
              .event = event_of(told->standing),
              .intent = text(member(intent, "metadata"), "intent"),
              .reason = told->reason,
              .reference = told->reference};
}

/// Money that went back. A refund of the shop's own bears its number; one that somebody made at
/// Stripe is money that is gone, and a person has to see it.
std::optional<Fact> fact_of_refund(const Json& refund) {
  const auto amount = amount_of(refund, "amount");
  if (!amount) return std::nullopt;
  Fact fact{.amount_minor = *amount,
            .currency = currency_of(refund),
            .intent = text(member(refund, "metadata"), "intent"),
            .reference = text(refund, "id")};
  const std::string status = text(refund, "status");
  const bool failed = status == "failed" || status == "canceled";
  fact.refund = number(text(member(refund, "metadata"), "refund"));
  if (fact.refund && failed) {
    fact.event = ProviderEvent::refund_failed;
    fact.reference += "/failed";
    std::string reason = text(refund, "failure_reason");
    fact.reason = reason.empty() ? status : reason;
  } else if (status == "succeeded") {
    fact.event = fact.refund ? ProviderEvent::refund_succeeded : ProviderEvent::charged_back;
  } else {
    fact.reference.clear();  // not decided yet
  }
  return fact;
}

std::optional<Fact> fact_of_dispute(const Json& dispute) {
  const auto amount = amount_of(dispute, "amount");
  if (!amount) return std::nullopt;
  return Fact{.amount_minor = *amount,
              .currency = currency_of(dispute),
              .event = ProviderEvent::charged_back,
              .reference = text(dispute, "id")};
}

constexpr std::array<std::string_view, 4> kOfIntents{
    "payment_intent.amount_capturable_updated", "payment_intent.canceled",
    "payment_intent.payment_failed", "payment_intent.succeeded"};
constexpr std::array<std::string_view, 4> kOfRefunds{"charge.refund.updated", "refund.created",
                                                     "refund.failed", "refund.updated"};

bool is_one_of(const auto& types, std::string_view type) {
  return std::ranges::find(types, type) != types.end();
}

/// False when the event is about money that is not understood.
bool add(Word& word, std::optional<Fact> fact, std::optional<std::int64_t> created) {
  if (!fact) return false;
  if (created) fact->occurred_ms = *created * 1'000;
  if (!fact->reference.empty()) word.facts.push_back(*std::move(fact));
  return true;
}

}  // namespace

std::string currency_of(const Json& object) {
  std::string currency = text(object, "currency");
  for (char& c : currency) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return currency;
}

std::optional<Told> told_of(const Json& intent) {
  const std::string id = text(intent, "id");
  const std::string status = text(intent, "status");
  const auto amount = amount_of(intent, "amount");
  if (!id.starts_with("pi_") || !amount) return std::nullopt;
  Told told{.reference = id, .amount_minor = *amount, .own_id = id};
  told.occurred_ms = charged_ms(intent);
  if (status == "requires_capture") {
    told.standing = Standing::authorized;
    told.reference += "/authorized";
    told.amount_minor = amount_of(intent, "amount_capturable").value_or(*amount);
  } else if (status == "succeeded") {
    told.standing = Standing::captured;
    told.reference += "/captured";
    told.amount_minor = amount_of(intent, "amount_received").value_or(*amount);
  } else if (status == "canceled") {
    told.standing = Standing::canceled;
    told.reference += "/canceled";
  } else if (!member(intent, "last_payment_error").is_null()) {
    return declined(intent, std::move(told));
  }
  return told;
}

std::optional<Word> word_of(std::string_view payload) {
  const auto event = parsed(payload);
  if (!event || text(*event, "object") != "event") return std::nullopt;
  Word word{.event_id = text(*event, "id")};
  if (word.event_id.empty()) return std::nullopt;
  const std::string type = text(*event, "type");
  const Json& object = member(member(*event, "data"), "object");
  const auto created = integer(*event, "created");
  bool understood = true;
  word.about = text(object, "payment_intent");
  if (is_one_of(kOfIntents, type)) {
    word.about = text(object, "id");
    understood = add(word, fact_of_intent(object), created);
  } else if (word.about.empty()) {
    return word;  // a charge or refund of something that is no PaymentIntent: not the shop's
  } else if (is_one_of(kOfRefunds, type)) {
    understood = add(word, fact_of_refund(object), created);
  } else if (type == "charge.refunded") {
    const Json& refunds = member(member(object, "refunds"), "data");
    for (const Json& refund : refunds) {
      understood = add(word, fact_of_refund(refund), created) && understood;
    }
  } else if (type == "charge.dispute.funds_withdrawn") {
    understood = add(word, fact_of_dispute(object), created);
  }
  return understood ? std::optional(std::move(word)) : std::nullopt;
}

}  // namespace tandem::payment::stripe
