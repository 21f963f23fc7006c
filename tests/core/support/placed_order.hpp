// SPDX-License-Identifier: Apache-2.0
#pragma once
// A small order made by decide() and recorded as a server would: two teas at 2000 net, 19 % tax.
//
//   PlacedOrder().receipt()

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tandem/fields/writer.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::testing {

struct PlacedOrderOptions {
  bool place = true;
  std::int64_t forged_total_minor = 0;  // what a forger writes into the frozen quote
};

/// What a receipt shows instead of the truth.
struct ReceiptOptions {
  bool disclose = true;
  std::int64_t ppm = 190'000;
  std::int64_t unit_price_minor = 2000;
};

class PlacedOrder {
 public:
  explicit PlacedOrder(const PlacedOrderOptions& options = {}) : options_(options) {
    do_(AddLine{.sku = {"TEA"}, .quantity = 2, .configuration = {}});
    do_(SetContact{.email = "sara@example.com", .name = {}, .phone = {}, .reminders = {}});
    do_(ChoosePayment{.method = {"card"}});
    if (options_.place) do_(PlaceOrder{.expected_digest = shown(), .expected_version = {}});
  }

  [[nodiscard]] const Order& order() const { return order_; }
  [[nodiscard]] const std::vector<Recorded>& records() const { return records_; }
  [[nodiscard]] Context context() const {
    Context context;
    context.now_ms = 1'767'225'600'000;
    context.rules = &compiled_;
    context.rules_id = sha256(canonical(rules_));
    context.settings = &settings_;
    context.offers = offers_;
    context.facts = &facts_;
    return context;
  }

  [[nodiscard]] std::string receipt(const ReceiptOptions& options = {}) const {
    std::string text = R"({"events":[)";
    for (const Recorded& one : records_) {
      if (text.back() != '[') text += ',';
      const std::vector<StoredPart> parts =
          options.disclose ? one.parts : std::vector<StoredPart>();
      text += R"({"parts":)" + canonical(parts) + R"(,"record":)" + one.bytes + '}';
    }
    text += R"(],"facts":)" + canonical(offers(options.unit_price_minor));
    text += R"(,"format":1,"rules":)" + canonical(rules(options.ppm));
    return text + R"(,"stream_digest":")" + hex(records_.back().chain) + R"("})";
  }

 private:
  static Rules rules(std::int64_t ppm) {
    const auto rules = wire::decode<Rules>(
        R"({"currency":"EUR","home":{"country":"DE"},"pricing_version":1,)"
        R"("payment_methods":[{"id":"card","provider":"demo"}],)"
        R"("tax_classes":[{"default":true,"id":"standard","taxes":{"*":["vat"]}}],)"
        R"("taxes":[{"id":"vat","kind":"percent","ppm":)" +
        std::to_string(ppm) + "}]}");
    EXPECT_TRUE(rules.has_value());
    return *rules;
  }

  static std::vector<Offer> offers(std::int64_t unit_price_minor) {
    Offer tea;
    tea.sku = {"TEA"};
    tea.kind = OfferKind::digital;
    tea.unit_price_minor = unit_price_minor;
    return {tea};
  }

  [[nodiscard]] Digest shown() const {
    Digest digest{};
    TextForm<Digest>::parse(current_quote(order_, context())->quote_digest, digest);
    return digest;
  }

  void do_(Command command) {
    const Context facts = context();
    auto events = decide(order_, command, facts);
    ASSERT_TRUE(events.has_value()) << name(events.error().reason) << events.error().subject;
    for (NewEvent& event : *events) {
      auto* placed = std::get_if<OrderPlaced>(&event.body);
      if (placed == nullptr || options_.forged_total_minor == 0) continue;
      placed->quote.totals.total_minor = options_.forged_total_minor;
      placed->quote = sealed(std::move(placed->quote));
    }
    const std::vector<Salt> salts(events->size());
    for (Recorded& one : record(*std::move(events),
                                {.version = order_.version,
                                 .chain = records_.empty() ? Digest{} : records_.back().chain,
                                 .at_ms = facts.now_ms,
                                 .actor = facts.actor,
                                 .command_id = {}},
                                salts)) {
      evolve(order_, one);
      records_.push_back(std::move(one));
    }
  }

  PlacedOrderOptions options_;
  Rules rules_ = rules(190'000);
  CompiledRules compiled_ = *compile(rules(190'000));
  Settings settings_;
  std::vector<Offer> offers_ = offers(2000);
  QuoteFacts facts_;
  Order order_;
  std::vector<Recorded> records_;
};

}  // namespace tandem::testing
