// SPDX-License-Identifier: Apache-2.0
#include "core/workload/generator_shop.hpp"

#include <iterator>

namespace tandem::workload {
namespace {

using Words = std::vector<std::string_view>;

std::string text(std::string_view value) { return '"' + std::string(value) + '"'; }

std::string member(std::string_view key, std::string_view value) {
  return text(key) + ':' + std::string(value);
}

std::string number(std::string_view key, std::int64_t value) {
  return member(key, std::to_string(value));
}

std::string flag(Random& random, std::string_view key, std::int64_t percent) {
  return member(key, random.chance(percent) ? "true" : "false");
}

std::string word(Random& random, std::string_view key, const Words& words) {
  return member(key, text(random.pick(words)));
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : ",") + part;
  return all;
}

std::string object(const std::vector<std::string>& members) { return '{' + joined(members) + '}'; }

std::string promotions(Random& random) {
  const std::string uses = std::to_string(random.between(1, 4));
  const auto limits = [&](std::string_view more) {
    return object(
        {member("uses", uses), flag(random, "give_back_on_cancel", 60), std::string(more)});
  };
  std::vector<std::string> all{
      R"({"id":"welcome","coupon":true,"then":[{"kind":"percent_off_order","ppm":100000}],)"
      R"("limits":)" +
          limits(R"("uses_per_customer":1)") + "}",
      R"({"id":"ten","coupon":true,"then":[{"kind":"amount_off_order","amount_minor":1000}],)"
      R"("limits":{"uses":2}})",
      R"({"id":"big","coupon":true,"when":[{"kind":"subtotal_at_least","amount_minor":10000}],)"
      R"("then":[{"kind":"amount_off_order","amount_minor":2500}]})",
      R"({"id":"late","coupon":true,"starts_ms":)" + std::to_string(kBeginMs + 2 * kDayMs) +
          R"(,"ends_ms":)" + std::to_string(kBeginMs + 30 * kDayMs) +
          R"(,"then":[{"kind":"free_shipping"}]})"};
  if (random.chance(50)) {
    all.push_back(R"({"id":"present","when":[{"kind":"subtotal_at_least","amount_minor":15000}],)"
                  R"("then":[{"kind":"gift","sku":"TOY"}],"limits":)" +
                  limits(R"("uses_per_customer":3)") + "}");
  }
  return "[" + joined(all) + "]";
}

std::string policies(Random& random) {
  return object({word(random, "short_stock", {"clamp", "refuse"}), number("quantity_max", 500),
                 number("lines_max", 20),
                 word(random, "merge", {"sum", "max", "newer", "save_rest"}),
                 number("return_days", random.pick(std::vector<std::int64_t>{1, 14, 60})),
                 word(random, "customer_cancels", {"until_confirmed", "until_confirmed", "never"}),
                 member("terms_version", random.chance(30) ? text("t1") : "null")});
}

std::string payment_methods() {
  return R"([{"id":"card","provider":"demo"},{"id":"visa","provider":"stripe"},)"
         R"({"id":"wire","provider":"wire_transfer"},{"id":"counter","provider":"pay_on_pickup"},)"
         R"({"id":"courier","provider":"cash_on_delivery"}])";
}

std::string shipping_methods(Random& random) {
  return R"([{"id":"parcel","zones":["home"],"price":{"kind":"flat","amount_minor":490},)"
         R"("free_from_minor":)" +
         std::to_string(random.between(5, 30) * 1000) +
         R"(},{"id":"pickup","price":{"kind":"flat","amount_minor":0}},)"
         R"({"id":"express","price":{"kind":"per_unit","amount_minor":199},)"
         R"("tax_class":"reduced"}])";
}

std::string rules(Random& random) {
  return object(
      {R"("pricing_version":1,"currency":"EUR","home":{"country":"DE"})",
       flag(random, "prices_include_tax", 50),
       R"("taxes":[{"id":"vat19","kind":"percent","ppm":190000,"category":"S"},)"
       R"({"id":"vat7","kind":"percent","ppm":70000,"category":"S"}])",
       R"("zones":[{"id":"home","countries":["DE"]}])",
       R"("tax_classes":[{"id":"standard","default":true,"taxes":{"home":["vat19"],"*":[]}},)"
       R"({"id":"reduced","taxes":{"home":["vat7"],"*":["vat7"]}}])",
       member("promotions", promotions(random)), member("policies", policies(random)),
       member("shipping_methods", shipping_methods(random)),
       member("payment_methods", payment_methods())});
}

std::string provider(Random& random) {
  return object({flag(random, "enabled", 95), word(random, "capture", {"automatic", "manual"}),
                 flag(random, "partial_capture", 70),
                 word(random, "refund", {"partial", "partial", "full", "none"}),
                 flag(random, "void", 80)});
}

std::vector<std::string> settings(Random& random) {
  const auto or_null = [&](std::string_view key, std::int64_t value) {
    return member(key, random.chance(50) ? "null" : std::to_string(value));
  };
  return {
      word(random, "hold_at", {"payment_start", "add_line"}),
      number("hold_ms", random.pick(std::vector<std::int64_t>{60'000, 900'000, kDayMs})),
      number("attempt_expires_ms", random.between(1, 48) * kHourMs),
      or_null("unpaid_expires_ms", 7 * kDayMs),
      or_null("quotation_valid_ms", 10 * kDayMs),
      number("confirmation_ppm", random.chance(50) ? 1'000'000 : 500'000),
      word(random, "late_money", {"backorder", "refund", "person"}),
      flag(random, "lock_confirmed", 15),
      number("delivery_steps", random.between(1, 3)),
      word(random, "shipping_policy", {"as_available", "all_at_once"}),
      word(random, "backorders", {"ask", "always", "never"}),
      flag(random, "delivery_done_mail", 50),
      word(random, "invoice_policy", {"ordered", "delivered"}),
      flag(random, "automatic_invoice", 50),
      word(random, "return_approval", {"staff", "automatic"}),
      member("abandoned", object({flag(random, "reminder", 80), number("delay_ms", 10 * kHourMs),
                                  number("since_ms", kBeginMs)})),
      member("providers",
             object({member("demo", provider(random)), member("stripe", provider(random))})),
      member("salesperson", random.chance(50) ? text("sam") : "null")};
}

std::string offer(const Product& product, std::int64_t price) {
  return object({member("sku", text(product.sku)), std::string(product.terms),
                 number("unit_price_minor", price)});
}

std::string stock_row(std::string_view sku, std::int64_t on_hand, bool count) {
  return object({member("sku", text(sku)), number("on_hand", on_hand),
                 member("count", count ? "true" : "false")});
}

/// Goods arrive, are corrected, or were counted.
std::string stock_change(Random& random, const replay::Shop& shop) {
  const auto& stock = shop.stock();
  const auto at = random.below(static_cast<std::int64_t>(stock.size()));
  const auto row = std::next(stock.begin(), static_cast<std::ptrdiff_t>(at));
  const std::int64_t there = row->second.on_hand;
  const bool count = random.chance(12);
  std::int64_t by = random.between(1, 15);
  if (count || random.chance(15)) by = random.between(-there - (random.chance(5) ? 2 : 0), 3);
  return member("stock", "[" + stock_row(row->first.first.value, there + by, count) + "]");
}

std::string offer_change(Random& random) {
  const Product& product = random.pick(kProducts);
  const std::int64_t price = product.price * random.between(80, 120) / 100;
  std::string changed = offer(product, price);
  if (random.chance(10))
    changed.insert(changed.size() - 1, R"(,"active":false)");
  else
    changed.insert(changed.size() - 1, R"(,"active":true)");
  return member("offers", "[" + changed + "]");
}

}  // namespace

std::string shop_document(Random& random) {
  std::vector<std::string> offers;
  std::vector<std::string> stock;
  const bool sets = random.chance(50);
  for (const Product& product : kProducts) {
    offers.push_back(offer(product, product.price));
    if (sets && (product.sku == "DESK" || product.sku == "WARE")) {
      offers.back().insert(offers.back().size() - 1, R"(,"ship_together":"office")");
    }
    if (product.on_hand < 0) continue;
    stock.push_back(object({member("sku", text(product.sku)), number("on_hand", product.on_hand),
                            number("safety_stock", random.chance(15) ? 1 : 0)}));
  }
  return object(
      {R"("format":1)", member("rules", rules(random)),
       member("settings", object(settings(random))), member("offers", "[" + joined(offers) + "]"),
       member("stock", "[" + joined(stock) + "]"),
       R"("coupons":[{"code":"HELLO","promotion":"welcome"},{"code":"TEN","promotion":"ten"},)"
       R"({"code":"BIG","promotion":"big"},{"code":"LATE","promotion":"late"}])",
       R"("gift_cards":[{"code":"G1","balance_minor":1000},{"code":"G2","balance_minor":9000},)"
       R"({"code":"G3","balance_minor":0},{"code":"G4","balance_minor":4000,"expires_ms":)" +
           std::to_string(kBeginMs + 20 * kDayMs) + "}]",
       R"("customers":[{"id":"c1","email":"ada@example.com","name":"Ada"},)"
       R"({"id":"c2","email":"bo@example.com","name":"Bo","reminders":false},)"
       R"({"id":"c3","email":"cy@example.com","name":"Cy","salesperson":"sid"},{"id":"c4"}])"});
}

std::string shop_change(Random& random, const replay::Shop& shop) {
  const std::int64_t what = random.below(100);
  if (what < 60) return object({stock_change(random, shop)});
  if (what < 80) return object({offer_change(random)});
  if (what < 90) {
    std::vector<std::string> all = settings(random);
    return object({member("settings", object({random.pick(all)}))});
  }
  if (what < 95) return object({member("rules", object({member("policies", policies(random))}))});
  return object({member("rules", object({member("shipping_methods", shipping_methods(random))}))});
}

}  // namespace tandem::workload
