// SPDX-License-Identifier: Apache-2.0
#include "market.hpp"

#include <array>
#include <barrier>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include "app/facts.hpp"
#include "app/secrets.hpp"
#include "payment/demo.hpp"
#include "tandem/base/text.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/pricing/pricing.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app::test {
namespace {

constexpr std::chrono::seconds kPatience{120};
constexpr std::uint64_t kSeeds = 5;

}  // namespace

std::string engine_name(const testing::TestParamInfo<const char*>& engine) { return engine.param; }

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

bool Said::accepted() const {
  return body.contains("results") && body.at("results").back().at("accepted") == true;
}

std::string Said::reason() const {
  if (body.contains("reason")) return body.at("reason");
  if (!body.contains("results")) return {};
  for (const Json& result : body.at("results")) {
    if (result.at("accepted") == false) return result.at("rejected").at("reason");
  }
  return {};
}

Json with_id(const Json& command) { return {{"command", command}, {"command_id", random_hex(16)}}; }

Json add(const std::string& sku, std::int64_t quantity, const std::string& configuration) {
  Json line{{"type", "add_line"}, {"sku", sku}, {"quantity", quantity}};
  if (!configuration.empty()) line["configuration"] = configuration;
  return line;
}

std::vector<Json> cart(const std::vector<Json>& lines) {
  std::vector<Json> commands = lines;
  commands.push_back(
      {{"type", "set_contact"}, {"email", random_hex(4) + "@example.com"}, {"name", "Ann"}});
  commands.push_back({{"type", "set_address"},
                      {"kind", "ship_to"},
                      {"address",
                       {{"city", "Berlin"},
                        {"country", "DE"},
                        {"line1", "Linden 1"},
                        {"name", "Ann"},
                        {"postcode", "10115"}}}});
  commands.push_back({{"type", "choose_shipping"}, {"method", "parcel"}});
  commands.push_back({{"type", "choose_payment"}, {"method", "card"}});
  commands.push_back({{"type", "accept_terms"}, {"version", "2026-01"}});
  return commands;
}

Buyer::Buyer(std::uint16_t port)
    : id(random_hex(16)), secret(random_hex(16)), client_(port, "127.0.0.1", kPatience) {}

void Buyer::start_anew() {
  id = random_hex(16);
  secret = random_hex(16);
  page_.clear();
}

/// A server that asks to come back is asked the same again, with the same ids.
Said Buyer::ask(const std::string& text) {
  constexpr int kTriesMax = 1'000;
  for (int tries = 1;; ++tries) {
    EXPECT_TRUE(client_.send(text) || may_be_killed_);
    const http::test::Answer answer = client_.read();
    const bool again = answer.status == 503 && answer.headers.contains("retry-after");
    if (!again || may_be_killed_ || tries == kTriesMax) return keep(answer);
    std::this_thread::yield();
  }
}

Said Buyer::keep(const http::test::Answer& answer) {
  Said said{.status = answer.status, .body = Json::parse(answer.body, nullptr, false)};
  const bool passes = may_be_killed_ && (said.status == 0 || said.status == 503);
  if (!passes) {
    EXPECT_GE(said.status, 200) << "the server went away";
    EXPECT_LT(said.status, 500) << answer.body;
  }
  EXPECT_TRUE(said.status < 400 || !said.reason().empty()) << answer.body;
  if (!said.body.is_object()) return said;
  const Json payment = said.body.value("payment", Json());
  if (payment.is_object() && payment.at("redirect_url").is_string()) {
    page_ = payment.at("redirect_url");
  }
  return said;
}

Said Buyer::create(const std::vector<Json>& commands) {
  Json body{{"order", id}, {"secret", secret}, {"base_version", 0}, {"commands", Json::array()}};
  for (const Json& command : commands) body["commands"].push_back(with_id(command));
  return ask(request("/v1/orders", body.dump(), ""));
}

Said Buyer::send(const std::vector<Json>& commands) {
  Json body{{"base_version", 0}, {"commands", Json::array()}};
  for (const Json& command : commands) body["commands"].push_back(with_id(command));
  return ask(request("/v1/orders/" + id + "/commands", body.dump(), secret));
}

Said Buyer::place(const std::string& digest) {
  return send({{{"type", "place_order"}, {"expected_digest", digest}}});
}

Json Buyer::view() {
  const Said said = ask(request("/v1/orders/" + id, "", secret));
  EXPECT_TRUE(said.status == 200 || may_be_killed_) << said.body;
  return said.body.is_object() ? said.body.value("order", Json::object()) : Json::object();
}

std::string Buyer::state() {
  return view().value("axes", Json::object()).value("order", std::string());
}

std::string Buyer::page() {
  // A busy server answers before the provider does; then the client follows its order.
  constexpr int kLooksMax = 10'000;
  for (int looks = 0; page_.empty() && looks < kLooksMax; ++looks) {
    if (state() != "quotation_sent") break;
  }
  return page_;
}

Said Buyer::pay(const std::string& outcome) {
  const std::string form = "outcome=" + outcome;
  return ask("POST " + page() +
             " HTTP/1.1\r\nHost: shop\r\nContent-Type: application/x-www-form-urlencoded\r\n"
             "Content-Length: " +
             std::to_string(form.size()) + "\r\n\r\n" + form);
}

void dawdle(std::uint64_t moments) {
  while (moments-- > 0) std::this_thread::yield();
}

void together(std::size_t count, const std::function<void(std::size_t)>& act) {
  std::barrier start(static_cast<std::ptrdiff_t>(count));
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      // Thrown out of a thread, what a server failed to answer would end all tests untold.
      try {
        act(i);
      } catch (const std::exception& error) {
        ADD_FAILURE() << "hand " << i << ": " << error.what();
      }
    });
  }
}

store::PostgresServer& Market::postgres() {
  static store::PostgresServer server{{.durable = true}};
  return server;
}

bool Market::on_postgres() const { return std::string_view(GetParam()) == "postgres"; }

std::string Market::new_database() {
  static int databases = 0;
  if (!on_postgres()) return Process::new_database();
  database_name_ = "market" + std::to_string(++databases);
  return postgres().new_database(database_name_);
}

void Market::SetUp() {
  Process::SetUp();
  auto opened = store::open_store({.database = database_});
  ASSERT_TRUE(opened) << opened.error().message;
  store_ = std::move(*opened);
  start_nodes();
}

void Market::start_nodes() {
  nodes_.clear();
  ports_.clear();
  for (int i = 0; i < (on_postgres() ? 3 : 1); ++i) {
    nodes_.push_back(serve());
    ports_.push_back(port_);
  }
}

void Market::verify() const {
  const auto [status, text] = run({"verify", "--db", database_, "--quiet"});
  EXPECT_EQ(status, 0) << text;
  std::cout << text;
}

void Market::TearDown() {
  store_.reset();
  for (const auto& node : nodes_) EXPECT_EQ(node->end(SIGTERM), 0);
  verify();
  Process::TearDown();
}

void Market::sell(const std::string& sku, std::int64_t price_minor, std::int64_t on_hand) const {
  seed(*store_, product_of(goods(sku, price_minor)), {{sku, on_hand}});
}

void Market::promote(const std::string& code, std::int64_t uses) const {
  std::ifstream file("examples/shop/rules.json");
  Json rules = Json::parse(file);
  rules["promotions"].push_back({{"id", code},
                                 {"label", {{"en", code}}},
                                 {"coupon", true},
                                 {"then", {{{"kind", "percent_off_order"}, {"ppm", 100'000}}}},
                                 {"limits", {{"uses", uses}}}});
  const auto decoded = wire::decode<Rules>(rules.dump());
  ASSERT_TRUE(decoded) << decoded.error().subject;
  std::string bytes = canonical(*decoded);
  store::Writes writes;
  writes.rules.push_back({.id = hex(sha256(bytes)), .bytes = std::move(bytes)});
  writes.coupons.push_back({.code = fold_code(code), .promotion = code});
  seed(*store_, writes);
}

void Market::gift_card(const std::string& code, std::int64_t balance_minor) const {
  store::Writes writes;
  writes.gift_card_terms.push_back({.code = fold_code(code)});
  seed(*store_, writes, {}, {{fold_code(code), balance_minor}});
}

store::Figures Market::figures(const store::LedgerKey& key) const {
  const auto rows = store_->reads().ledger(std::array{key});
  EXPECT_TRUE(rows);
  return rows->front().figures;
}

Json Market::quote_of(const std::vector<Json>& commands) const {
  Buyer buyer(port(0));
  EXPECT_TRUE(buyer.create(commands).accepted());
  return buyer.view();
}

std::string Market::webhook(const Json& body) const {
  SigningKey key{};
  std::ifstream file(folder_ + "/secret", std::ios::binary);
  file.read(reinterpret_cast<char*>(key.data()), static_cast<std::streamsize>(key.size()));
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const std::string text = body.dump();
  const std::string signature = payment::Demo({.key = key}).sign(text, now_ms);
  return "POST /v1/webhooks/demo HTTP/1.1\r\nHost: shop\r\nTandem-Signature: " + signature +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) +
         "\r\n\r\n" + text;
}

void Market::each_seed(const std::function<void(std::uint64_t)>& act, bool few) const {
  const std::uint64_t first = number_in("TANDEM_SEED", std::random_device{}());
  std::uint64_t count = number_in("TANDEM_SEEDS", kSeeds);
  if (few && count <= kSeeds) count = 1;
  std::cout << "seeds " << first << " to " << first + count - 1 << '\n';
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    act(seed);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace tandem::app::test
