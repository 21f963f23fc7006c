// SPDX-License-Identifier: Apache-2.0
#include "load_orders.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tandem/wire/decode.hpp"

namespace tandem::bench {
namespace {

using Json = nlohmann::json;

constexpr int kProducts = 300;
constexpr std::string_view kCode = "LOAD";
constexpr std::string_view kPaid = "outcome=captured";

std::string product(int number) { return "LOAD-" + std::to_string(1000 + number); }

std::string post(const std::string& target, const std::string& body, const std::string& secret,
                 std::string_view type = "application/json") {
  std::string text = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: ";
  text.append(type).append("\r\n");
  if (!secret.empty()) text += "Authorization: Bearer " + secret + "\r\n";
  return text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// The number behind the last occurrence of a key: the answer's own version is its last key.
std::int64_t version_of(std::string_view body) {
  constexpr std::string_view kKey = R"("version":)";
  const auto at = body.rfind(kKey);
  std::int64_t version = 0;
  if (at == std::string_view::npos) return version;
  const std::string_view digits = body.substr(at + kKey.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), version);
  return version;
}

std::string redirect_of(std::string_view body) {
  constexpr std::string_view kKey = R"("redirect_url":")";
  const auto at = body.find(kKey);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = body.substr(at + kKey.size());
  return std::string(rest.substr(0, rest.find('"')));
}

}  // namespace

void write_shop(const std::string& folder) {
  std::ofstream csv(folder + "/products.csv");
  csv << "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Grams,"
         "Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,"
         "Variant Requires Shipping,Variant Taxable,Status,Published\n";
  for (int i = 0; i < kProducts; ++i) {
    csv << "load-" << 1000 + i << ",Product " << i << ",Title,Default Title," << product(i)
        << ",200,shopify,100000000,deny," << 5 + i % 90 << ".90,true,true,active,true\n";
  }
  std::ofstream(folder + "/rules.json") << R"({"pricing_version":1,"currency":"EUR",
"prices_include_tax":true,"home":{"country":"DE"},"money":{"profile":"default"},
"taxes":[{"id":"vat19","kind":"percent","ppm":190000,"category":"S"}],
"zones":[{"id":"home","countries":["DE"]}],
"tax_classes":[{"id":"standard","default":true,"taxes":{"home":["vat19"],"*":[]}}],
"promotions":[{"id":"load","label":{"en":"Load"},"coupon":true,
"then":[{"kind":"percent_off_order","ppm":100000}]}],
"shipping_methods":[{"id":"parcel","label":{"en":"Parcel"},"zones":["home"],
"price":{"kind":"flat","amount_minor":490},"free_from_minor":5000}],
"payment_methods":[{"id":"card","provider":"demo"}]})";
  std::ofstream(folder + "/settings.json") << "{}";
  std::ofstream(folder + "/coupons.json") << R"([{"code":"LOAD","promotion":"load"}])";
}

std::string Checkout::commands(const std::string& command) const {
  return post(
      "/v1/orders/" + id + "/commands",
      R"({"base_version":)" + std::to_string(version_) + R"(,"commands":[)" + command + "]}",
      secret);
}

std::string Checkout::next(int status, std::string_view body) {
  const bool paid = at_ == steps_.size();
  if (status != 200 && status != 201 && !(paid && status == 303)) failed = true;
  if (!paid && body.find(R"("accepted":false)") != std::string_view::npos) failed = true;
  if (failed || paid || steps_.size() == 1) return {};
  version_ = version_of(body);
  if (++at_ < steps_.size()) return commands(steps_[at_]);
  const std::string page = redirect_of(body);
  failed = page.empty();
  return failed ? std::string()
                : post(page, std::string(kPaid), {}, "application/x-www-form-urlencoded");
}

Orders::Orders(Connection& connection, bool hot) : hot_(hot) {
  const Json rules = Json::parse(connection.ask(get("/v1/rules")));
  auto decoded = wire::decode<Rules>(rules.at("rules").dump());
  rules_.emplace(*compile(*std::move(decoded)));
  core_version_ = rules.at("core_version");
  std::string cursor;
  do {
    const Json page = Json::parse(connection.ask(get("/v1/offers?limit=200&cursor=" + cursor)));
    for (const Json& one : page.at("products")) {
      for (const Json& variant : one.at("variants")) {
        offers_.push_back(*wire::decode<Offer>(variant.at("offer").dump()));
      }
    }
    cursor = page.at("cursor").is_null() ? "" : page.at("cursor").get<std::string>();
  } while (!cursor.empty());
  std::ranges::sort(offers_, {}, &Offer::sku);
}

Checkout Orders::begin() {
  Checkout checkout;
  checkout.id = hex();
  checkout.secret = hex();
  return checkout;
}

Checkout Orders::one_request() {
  Checkout checkout = begin();
  Cart cart;
  std::string body = R"({"base_version":0,"commands":[)";
  for (const std::string& command : filling(cart)) body += item(command) + ',';
  body += item(R"("expected_digest":")" + digest(std::move(cart)) + R"(","type":"place_order")");
  body += R"(],"core_version":")" + core_version_ + R"(","order":")" + checkout.id +
          R"(","secret":")" + checkout.secret + R"("})";
  checkout.steps_.push_back(post("/v1/orders", body, {}));
  return checkout;
}

Checkout Orders::single_requests() {
  Checkout checkout = begin();
  Cart cart;
  checkout.steps_.push_back(
      post("/v1/orders",
           R"({"order":")" + checkout.id + R"(","secret":")" + checkout.secret + R"("})", {}));
  for (const std::string& command : filling(cart)) checkout.steps_.push_back(item(command));
  cart.coupons.push_back({std::string(kCode)});
  checkout.steps_.insert(checkout.steps_.begin() + 4,
                         item(R"("code":")" + std::string(kCode) + R"(","type":"apply_coupon")"));
  checkout.steps_.push_back(
      item(R"("expected_digest":")" + digest(std::move(cart)) + R"(","type":"place_order")"));
  return checkout;
}

/// The commands before placing: three products, contact, address, shipping and payment.
std::vector<std::string> Orders::filling(Cart& cart) {
  std::vector<std::string> commands;
  for (const std::size_t one : choose()) {
    const Sku& sku = offers_[one].sku;
    const auto quantity = static_cast<std::int64_t>(1 + random_() % 2);
    cart.lines.push_back({.quantity = quantity, .sku = sku});
    commands.push_back(R"("quantity":)" + std::to_string(quantity) + R"(,"sku":")" + sku.value +
                       R"(","type":"add_line")");
  }
  commands.emplace_back(R"("email":"load@example.com","name":"Load","type":"set_contact")");
  commands.emplace_back(
      R"("address":{"city":"Berlin","country":"DE","line1":"Linden 1","name":"Load",)"
      R"("postcode":"10115"},"kind":"ship_to","type":"set_address")");
  commands.emplace_back(R"("method":"parcel","type":"choose_shipping")");
  commands.emplace_back(R"("method":"card","type":"choose_payment")");
  return commands;
}

std::string Orders::hex() {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(32, '0');
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i, bits >>= 4U) {
    if (i % 16 == 0) bits = random_();
    text[i] = kDigits[bits & 15U];
  }
  return text;
}

std::array<std::size_t, 3> Orders::choose() {
  std::array<std::size_t, 3> chosen{};
  do {
    for (std::size_t& one : chosen) one = random_() % offers_.size();
    if (hot_) chosen[0] = 0;
  } while (chosen[0] == chosen[1] || chosen[1] == chosen[2] || chosen[0] == chosen[2]);
  return chosen;
}

std::string Orders::item(const std::string& command) {
  return R"({"command":{)" + command + R"(},"command_id":")" + hex() + R"("})";
}

std::string Orders::digest(Cart cart) const {
  std::vector<Offer> offers;
  for (const CartLine& line : cart.lines) offers.push_back(*find_offer(offers_, line.sku));
  std::ranges::sort(offers, {}, &Offer::sku);
  cart.ship_to = Destination{.country = "DE", .postcode = "10115"};
  cart.shipping_method = ShippingMethodId{"parcel"};
  cart.payment_method = PaymentMethodId{"card"};
  QuoteFacts facts;
  for (const CouponCode& code : cart.coupons) {
    facts.coupons[code.value] = {.promotion = {"load"}, .verdict = {}};
  }
  const auto made =
      quote({.now_ms = 0, .rules = *rules_, .offers = offers, .facts = facts, .cart = cart});
  return sealed(*made).quote_digest;
}

}  // namespace tandem::bench
