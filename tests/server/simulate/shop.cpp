// SPDX-License-Identifier: Apache-2.0
#include "shop.hpp"

#include <sodium.h>

#include <cstdlib>
#include <iostream>

#include "app/catalog_docs.hpp"
#include "app/facts.hpp"
#include "commit/committer.hpp"
#include "server.hpp"
#include "tandem/base/text.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/settings.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::simulate {
namespace {

Random chance{0};

std::uint32_t random_word() { return static_cast<std::uint32_t>(chance.next()); }

void random_bytes(void* to, std::size_t size) {
  auto* bytes = static_cast<unsigned char*>(to);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(chance.next());
}

const char* chance_name() { return "simulated"; }

randombytes_implementation chance_source{.implementation_name = chance_name,
                                         .random = random_word,
                                         .stir = nullptr,
                                         .uniform = nullptr,
                                         .buf = random_bytes,
                                         .close = nullptr};

std::vector<Offer> offers() {
  std::vector<Offer> offers;
  for (std::size_t i = 0; i < kSkus.size(); ++i) {
    Offer offer;
    offer.sku = {std::string(kSkus[i])};
    offer.name["en"] = offer.sku.value;
    offer.unit_price_minor = kPrices[i];
    offers.push_back(std::move(offer));
  }
  std::ranges::sort(offers, {}, &Offer::sku);
  return offers;
}

store::Writes documents() {
  store::Writes writes;
  writes.rules.push_back({.id = hex(sha256(rules_bytes())), .bytes = rules_bytes()});
  for (const Offer& offer : offers()) {
    app::ProductDoc product;
    product.handle = offer.sku.value;
    product.name = offer.name;
    const app::OfferDoc doc{.compare_at_minor = {}, .offer = offer, .options = {}};
    writes.products.push_back(
        {.handle = product.handle, .bytes = canonical(product), .search = product.handle});
    writes.offers.push_back(
        {.sku = offer.sku.value, .handle = product.handle, .bytes = canonical(doc)});
  }
  writes.coupons.push_back({fold_code("WELCOME"), "welcome"});
  writes.coupons.push_back({fold_code("ONCE"), "once"});
  writes.gift_card_terms.push_back({fold_code(kGiftCard), std::nullopt});
  writes.api_keys.push_back(
      {.hash = sha256(std::string(kStaffKey)), .name = "ann", .role = "admin"});
  return writes;
}

class SetUp final : public commit::Job {
 public:
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    scope.writes().append(documents());
    for (std::size_t i = 0; i < kSkus.size(); ++i) {
      move(scope, app::stock_key(std::string(kSkus[i])), "count", {.on_hand = kOnHand[i]});
    }
    move(scope, app::gift_card_key(fold_code(kGiftCard)), "issue", {.balance = kGiftMinor});
    return {};
  }

 private:
  static void move(commit::Scope& scope, const store::LedgerKey& key, const char* movement,
                   const store::Figures& change) {
    scope.move({.key = key,
                .movement = movement,
                .change = change,
                .cause = {.actor = "set-up", .reason = "set-up"},
                .guard = store::Guard::fact});
  }
};

class Settle final : public commit::Job {
 public:
  explicit Settle(const std::string& bytes) : bytes_(bytes) {}
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    scope.writes().settings.push_back({.version = 1, .bytes = bytes_});
    return {};
  }

 private:
  const std::string& bytes_;
};

/// What goes wrong before a simulation has begun is a mistake of its own.
[[noreturn]] void give_up(const std::string& why) {
  std::cerr << "the simulated shop cannot be set up: " << why << '\n';
  std::abort();
}

/// On the disk that is mounted, which has all of it afterwards.
void run_alone(commit::Job& job) {
  auto store = store::open_sqlite(
      {.path = kDatabase, .checkpoint_thread = false, .now_ms = [] { return kStart; }});
  if (!store) give_up(store.error().message);
  commit::CommitCounts counts;
  const std::array<commit::Job*, 1> jobs{&job};
  const auto outcomes = commit::run_batch(**store, jobs, counts);
  if (!commit::is_committed(outcomes.front())) give_up("its documents are refused");
}

std::map<std::string, std::string> made_image() {
  Disk disk(1);
  const Mounted here(disk);
  SetUp job;
  run_alone(job);
  return disk.image();
}

}  // namespace

const std::string& rules_bytes() {
  static const std::string bytes = [] {
    const auto rules = wire::decode<Rules>(R"({
    "pricing_version": 1, "currency": "EUR", "prices_include_tax": true,
    "home": {"country": "DE"}, "money": {"profile": "default"},
    "taxes": [{"id": "vat19", "kind": "percent", "ppm": 190000, "category": "S"}],
    "zones": [{"id": "home", "countries": ["DE"]}],
    "tax_classes": [{"id": "standard", "default": true, "taxes": {"home": ["vat19"], "*": []}}],
    "promotions": [{"id": "welcome", "label": {"en": "Welcome"}, "coupon": true,
      "then": [{"kind": "percent_off_order", "ppm": 100000}], "limits": {"uses": 2}},
      {"id": "once", "label": {"en": "Once"}, "coupon": true,
      "then": [{"kind": "percent_off_order", "ppm": 50000}], "limits": {"uses_per_customer": 1}}],
    "shipping_methods": [{"id": "parcel", "label": {"en": "Parcel"}, "zones": ["home"],
      "price": {"kind": "flat", "amount_minor": 490}}],
    "payment_methods": [{"id": "card", "provider": "demo"},
      {"id": "wire", "provider": "wire_transfer"}]})");
    if (!rules) give_up("its rules: " + rules.error().subject);
    return canonical(*rules);
  }();
  return bytes;
}

const std::string& offers_json() {
  static const std::string json = canonical(offers());
  return json;
}

const app::SigningKey& signing_key() {
  static const app::SigningKey key = [] {
    app::SigningKey some;
    some.fill(42);
    return some;
  }();
  return key;
}

void set_up(Disk& disk) {
  static const std::map<std::string, std::string> image = made_image();
  disk.load(image);
}

std::string some_settings(Random& random) {
  constexpr std::array<LateMoney, 3> kLate{LateMoney::backorder, LateMoney::refund,
                                           LateMoney::person};
  Settings settings;
  settings.late_money = random.pick(kLate);
  if (random.chance(25)) settings.hold_at = HoldAt::add_line;
  if (random.chance(30)) settings.providers["demo"].capture = CaptureMode::manual;
  if (random.chance(30)) settings.automatic_invoice = true;
  if (random.chance(20)) settings.lock_confirmed = true;
  if (random.chance(20)) settings.delivery_steps = 2;
  if (random.chance(20)) settings.shipping_policy = ShippingPolicy::all_at_once;
  if (random.chance(50)) settings.hold_ms = random.between(20'000, 300'000);
  if (random.chance(50)) settings.attempt_expires_ms = random.between(30'000, 600'000);
  if (random.chance(30)) settings.unpaid_expires_ms = 900'000;
  return canonical(settings);
}

void settle(const std::string& settings) {
  Settle job(settings);
  run_alone(job);
}

void seed_chance(std::uint64_t seed) {
  chance = Random(seed ^ 0x5EED);
  static const bool set = [] {
    randombytes_set_implementation(&chance_source);
    return app::start_crypto();
  }();
  if (!set) give_up("libsodium does not start");
}

}  // namespace tandem::simulate
