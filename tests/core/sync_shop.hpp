// SPDX-License-Identifier: Apache-2.0
#pragma once
// A small shop for the tests of sync: its rules and offers, a host that answers, sessions that ask.

#include <string>
#include <vector>

#include "tandem/fields/writer.hpp"
#include "tandem/sync/host.hpp"
#include "tandem/sync/session.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::sync {

inline constexpr std::int64_t kNow = 1'767'225'600'000;

inline const std::string kRules = R"({
  "pricing_version": 1, "currency": "EUR", "home": {"country": "DE"},
  "taxes": [{"id": "vat19", "ppm": 190000}],
  "zones": [{"id": "home", "countries": ["DE"]}],
  "tax_classes": [{"id": "standard", "default": true, "taxes": {"home": ["vat19"]}}],
  "promotions": [
    {"id": "welcome", "coupon": true, "then": [{"kind": "percent_off_order", "ppm": 100000}]},
    {"id": "open", "coupon": true, "public_code": "OPEN",
     "then": [{"kind": "percent_off_order", "ppm": 50000}]}],
  "shipping_methods": [
    {"id": "parcel", "label": {"en": "Parcel"}, "price": {"kind": "flat", "amount_minor": 490}},
    {"id": "express", "price": {"kind": "flat", "amount_minor": 990}, "zones": ["home"]}],
  "payment_methods": [{"id": "card", "provider": "demo"}]
})";

inline Offer offer(const std::string& sku, std::int64_t unit_price_minor) {
  Offer made;
  made.sku = {sku};
  made.unit_price_minor = unit_price_minor;
  return made;
}

inline CompiledRules compiled(const std::string& document = kRules) {
  return *compile(*wire::decode<Rules>(document));
}

inline Digest rules_id(const std::string& document = kRules) { return sha256(document); }

/// What a session sends.
inline std::vector<SentCommand> sent_by(const Session& session) {
  std::vector<SentCommand> sent;
  for (const PendingCommand& pending : session.pending()) {
    Command command = std::visit([](const auto& c) { return Command(c); }, pending.command);
    sent.push_back({.command = std::move(command), .command_id = pending.command_id});
  }
  return sent;
}

/// A host and a session of the same order, and the wire between them.
class Shop {
 public:
  Shop() : host({"0123456789abcdef0123456789abcdef"}, compiled(), rules_id()) {
    host.offers = {offer("MUG", 1290), offer("TEA", 2000)};
    host.facts.availability = {{"MUG", 5}, {"TEA", 12}};
  }

  [[nodiscard]] Session session() const {
    Session made({"0123456789abcdef0123456789abcdef"});
    EXPECT_TRUE(made.set_rules(kRules, rules_id()));
    EXPECT_TRUE(made.put_offers(canonical(host.offers)));
    EXPECT_TRUE(made.set_facts(R"({"availability":{"MUG":5,"TEA":12}})"));
    return made;
  }

  /// What the server answers to everything that is pending, as text.
  std::string answer_to(const Session& session) {
    return canonical(host.answer({.base_version = session.history().version(),
                                  .commands = sent_by(session),
                                  .core_version = "test"},
                                 customer, ++now));
  }

  Result<Received> sync(Session& session) { return session.receive(answer_to(session)); }

  /// A command that reaches the server from elsewhere.
  CommandResult elsewhere(Command command, const Actor& by) {
    const Batch batch{.base_version = host.order().version,
                      .commands = {{.command = std::move(command),
                                    .command_id = {"elsewhere" + std::to_string(++now)}}},
                      .core_version = {}};
    return host.answer(batch, by, now).results.front();
  }

  Host host;
  std::int64_t now = kNow;
  Actor customer{.kind = ActorClass::customer, .id = {}, .provider = {}, .role = {}};
};

inline const std::string kAddTea = R"({"type":"add_line","sku":"TEA","quantity":2})";
inline const std::string kAddMug = R"({"type":"add_line","sku":"MUG","quantity":1})";

inline std::int64_t total_of(const Session& session) {
  return session.state().view.totals.total_minor;
}

}  // namespace tandem::sync
