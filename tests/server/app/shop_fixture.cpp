// SPDX-License-Identifier: Apache-2.0
#include "shop_fixture.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <future>
#include <map>
#include <mutex>

#include "app/import_shop.hpp"
#include "app/passwords.hpp"
#include "commit/committer.hpp"
#include "shop_store.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/evolve.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app::test {
Json small_rules() {
  return Json::parse(R"({
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
}

Shop::Shop(Options options) : options_(std::move(options)) {
  EXPECT_TRUE(start_crypto());
  // In memory where there is such a folder: these tests are not about durability.
  const std::filesystem::path memory = "/dev/shm";
  const bool in_memory = std::filesystem::is_directory(memory);
  const auto place = in_memory ? memory : std::filesystem::temp_directory_path();
  std::string pattern = (place / "tandem-app-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  options_.key = random_key();
  options_.core_version = core_version_of("");
  options_.demo_provider = true;
  options_.worker.round_every = std::chrono::milliseconds(0);
  if (!options_.limits.now_ms) options_.limits.now_ms = [this] { return now_ms_.load(); };
  open();
  publish(small_rules());
}

Shop::~Shop() {
  app_.reset();
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Shop::open() {
  auto opened = open_shop_store(folder_, [this] { return now_ms_.load(); });
  ASSERT_TRUE(opened) << opened.error().message;
  store_ = std::move(*opened);
  app_ = std::make_unique<Application>(*store_, options_);
}

std::unique_ptr<store::Store> Shop::open_another() {
  auto opened = open_shop_store(folder_, [this] { return now_ms_.load(); });
  EXPECT_TRUE(opened) << opened.error().message;
  return opened ? std::move(*opened) : nullptr;
}

void Shop::restart() {
  app_.reset();
  store_.reset();
  open();
}

void Shop::write(const store::Writes& writes, const Counts& counts) {
  seed(*store_, writes, counts, balances_);
}

void Shop::publish(const Json& rules) {
  const auto decoded = wire::decode<Rules>(rules.dump());
  ASSERT_TRUE(decoded) << decoded.error().subject;
  std::string bytes = canonical(*decoded);
  store::Writes writes;
  writes.rules.push_back({.id = hex(sha256(bytes)), .bytes = std::move(bytes)});
  write(writes);
}

void Shop::settle(const Json& settings) {
  const auto decoded = wire::decode<Settings>(settings.dump());
  ASSERT_TRUE(decoded) << decoded.error().subject;
  const auto current = *store_->reads().current_settings();
  store::Writes writes;
  writes.settings.push_back(
      {.version = current ? current->version + 1 : 1, .bytes = canonical(*decoded)});
  write(writes);
}

void Shop::sell(const Offer& offer) { write(product_of(offer)); }

void Shop::stock(const std::string& sku, std::int64_t price_minor, std::int64_t on_hand) {
  sell(goods(sku, price_minor));
  write({}, {{sku, on_hand}});
}

void Shop::code(const std::string& code, const std::string& promotion) {
  store::Writes writes;
  writes.coupons.push_back({code, promotion});
  write(writes);
}

void Shop::gift_card(const std::string& code, std::int64_t balance_minor,
                     std::optional<std::int64_t> expires_ms) {
  const std::string folded = fold_code(code);
  store::Writes writes;
  writes.gift_card_terms.push_back({folded, expires_ms});
  balances_.emplace_back(folded, balance_minor);
  write(writes);
  balances_.clear();
}

void Shop::account(const Json& row) {
  const auto text = [&](const char* key) {
    return row.contains(key) && row.at(key).is_string() ? row.at(key).get<std::string>() : "";
  };
  store::Customer customer{.id = text("id"),
                           .email = text("email"),
                           .group = text("group"),
                           .salesperson = text("salesperson"),
                           .reminders = row.value("reminders", true)};
  if (!customer.email.empty()) {
    customer.contact_hash = contact_hash(derived_key(options_.key, "contact"), customer.email);
  }
  store::Writes writes;
  writes.customers.push_back(std::move(customer));
  write(writes);
}

Answer Shop::submit(const std::string& order, const Actor& actor, const Json& body,
                    const std::string& other_secret) {
  OrderRequest wanted{.order = order, .actor = actor};
  wanted.base_version = body.at("base_version").get<std::int64_t>();
  if (!other_secret.empty()) wanted.other_hash = sha256(other_secret);
  for (const Json& one : body.at("commands")) {
    auto command = wire::decode<Command>(one.at("command").dump());
    EXPECT_TRUE(command) << command.error().subject << one;
    if (!command) continue;
    wanted.commands.push_back(
        asked(*std::move(command), CommandId{one.at("command_id").get<std::string>()}));
  }
  const Services& services = app_->services();
  auto job = std::make_shared<OrderJob>(services.tools, std::move(wanted));
  std::promise<commit::Outcome> promise;
  services.dispatcher.submit(job, nullptr,
                             [&](const commit::Outcome& outcome) { promise.set_value(outcome); });
  const commit::Outcome outcome = promise.get_future().get();
  Answer answer;
  answer.status = 200;
  if (const Rejection* refusal = commit::rejection(outcome)) {
    answer.status = info(refusal->reason).http_status;
    answer.body = Json::parse(canonical(*refusal));
    return answer;
  }
  answer.body = Json::parse(commands_json(job->answer(), nullptr, {.audience = Audience::staff}));
  return answer;
}

std::string Shop::key(const std::string& role) {
  std::string key = "tk_" + random_hex(24);
  store::Writes writes;
  writes.api_keys.push_back({.hash = sha256(key), .name = "ann", .role = role});
  write(writes);
  return key;
}

void Shop::user(const std::string& email, const std::string& role) {
  static const std::string hash = password_hash(kPassword).value_or("");
  store::Writes writes;
  writes.staff_users.push_back({.id = "u-" + email.substr(0, email.find('@')),
                                .email = email,
                                .role = role,
                                .password_hash = hash,
                                .created_ms = now_ms_});
  write(writes);
}

Answer Shop::call(http::Request request) const {
  Answer answer;
  if (request.remote_address.empty()) request.remote_address = address_;
  answer.response = app_->router().handle(std::move(request));
  answer.status = answer.response.status;
  answer.body = Json::parse(answer.response.content(), nullptr, false);
  return answer;
}

Answer Shop::get(const std::string& target, const std::string& bearer) const {
  http::Request request{.target = target};
  if (!bearer.empty()) request.headers.set("Authorization", "Bearer " + bearer);
  return call(std::move(request));
}

Answer Shop::post(const std::string& target, const std::string& body,
                  const std::string& bearer) const {
  http::Request request{.method = http::Method::post, .target = target};
  request.headers.set("Content-Type", "application/json");
  if (!bearer.empty()) request.headers.set("Authorization", "Bearer " + bearer);
  request.body = body;
  return call(std::move(request));
}

Answer Shop::webhook(const Json& body) const {
  http::Request request{.method = http::Method::post, .target = "/v1/webhooks/demo"};
  request.body = body.dump();
  request.headers.set("Content-Type", "application/json");
  const payment::Demo demo({.key = options_.key});
  request.headers.set("Tandem-Signature", demo.sign(request.body, now_ms_));
  return call(std::move(request));
}

void Shop::run_sql(const std::string& sql) const { run_shop_sql(folder_, sql); }

Findings Shop::verify() {
  return app::verify(*store_, [](std::int64_t) {});
}

Findings Shop::verify_while(const std::function<void()>& meanwhile) {
  const auto store = open_shop_store(folder_, [this] { return now_ms(); }, true);
  return app::verify(**store, [&](std::int64_t) { meanwhile(); });
}

store::LedgerRow Shop::stock_of(const std::string& sku) {
  const std::array keys{stock_key(sku)};
  return store_->reads().ledger(keys)->front();
}

Client::Client(const Shop& shop, bool creates) : shop_(shop) {
  if (!creates) return;
  const Json body{{"order", id}, {"secret", secret}};
  last_ = shop.post("/v1/orders", body.dump());
  EXPECT_EQ(last_.status, 201) << last_.body;
}

Answer Client::send(const std::vector<Json>& commands) {
  Json body{{"base_version", order_.version}, {"commands", Json::array()}};
  for (const Json& command : commands) body["commands"].push_back(item(command));
  return send_body(body);
}

Answer Client::send_body(const Json& body) {
  http::Request request{.method = http::Method::post, .target = "/v1/orders/" + id + "/commands"};
  request.headers.set("Content-Type", "application/json");
  request.headers.set("Authorization", "Bearer " + secret);
  if (!other_secret_.empty()) request.headers.set("Tandem-Other-Secret", other_secret_);
  request.body = body.dump();
  last_ = shop_.call(std::move(request));
  if (last_.body.contains("events")) keep(last_);
  return last_;
}

Answer Client::catch_up() {
  const std::string after = std::to_string(order_.version);
  last_ = shop_.get("/v1/orders/" + id + "/events?after=" + after, secret);
  if (last_.status == 200) keep(last_);
  return last_;
}

/// Applies the events that are new, and takes over offers and facts.
void Client::keep(const Answer& answer) {
  for (const Json& event : answer.body.at("events")) {
    const auto record = wire::decode<Record>(event.at("record").dump());
    ASSERT_TRUE(record) << record.error().subject;
    if (record->n <= order_.version) continue;
    const store::Event sent{.n = record->n, .bytes = canonical(*record)};
    std::vector<store::Part> parts;
    for (const Json& part : event.at("parts")) {
      const auto stored = wire::decode<StoredPart>(part.dump());
      ASSERT_TRUE(stored);
      EXPECT_EQ(record->sealed.at(stored->name), sealed_digest(stored->salt, stored->bytes));
      parts.push_back({.n = record->n,
                       .name = stored->name,
                       .salt = stored->salt.bytes,
                       .bytes = stored->bytes});
    }
    const auto recorded = decode_event(sent, parts);
    ASSERT_TRUE(recorded) << recorded.error().subject;
    chain_ = next_chain(chain_, sent.bytes);
    evolve(order_, *recorded);
  }
  EXPECT_EQ(hex(chain_), answer.body.at("stream_digest"));
  EXPECT_EQ(order_.version, answer.body.at("version"));
  offers_ = *wire::decode<std::vector<Offer>>(answer.body.at("offers").dump());
  facts_ = *wire::decode<QuoteFacts>(answer.body.at("facts").dump());
  server_time_ms_ = answer.body.at("server_time_ms");
}

std::string Client::digest() const {
  // Compiling is what takes long; many clients ask for the same rules.
  static std::map<std::string, Result<CompiledRules>> known;
  static std::mutex mutex;
  const std::string text = shop_.get("/v1/rules").body.at("rules").dump();
  std::unique_lock lock(mutex);
  auto compiled_before = known.find(text);
  if (compiled_before == known.end()) {
    compiled_before = known.emplace(text, compile(*wire::decode<Rules>(text))).first;
  }
  const Result<CompiledRules>& compiled = compiled_before->second;
  lock.unlock();
  const Settings settings;
  const Context context{.now_ms = server_time_ms_,
                        .rules = &*compiled,
                        .settings = &settings,
                        .offers = offers_,
                        .facts = &facts_};
  const auto quote = current_quote(order_, context);
  return quote ? quote->quote_digest : std::string();
}

Answer Client::place() {
  return send({Json{{"type", "place_order"}, {"expected_digest", digest()}}});
}

Answer Client::fill(const std::vector<std::pair<std::string, std::int64_t>>& lines,
                    const std::string& method) {
  std::vector<Json> commands;
  for (const auto& [sku, quantity] : lines) commands.push_back(add(sku, quantity));
  commands.push_back({{"type", "set_contact"}, {"email", "ann@example.com"}, {"name", "Ann"}});
  commands.push_back({{"type", "set_address"},
                      {"kind", "ship_to"},
                      {"address",
                       {{"country", "DE"},
                        {"name", "Ann"},
                        {"line1", "Linden 1"},
                        {"city", "Berlin"},
                        {"postcode", "10115"}}}});
  commands.push_back({{"type", "choose_shipping"}, {"method", "parcel"}});
  commands.push_back({{"type", "choose_payment"}, {"method", method}});
  return send(commands);
}

Answer Client::pay(const std::string& outcome) {
  http::Request request{.method = http::Method::post};
  request.target = last_.body.at("payment").at("redirect_url").get<std::string>();
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = "outcome=" + outcome;
  return shop_.call(std::move(request));
}

Answer Client::view() const { return shop_.get("/v1/orders/" + id, secret); }

Json add(const std::string& sku, std::int64_t quantity) {
  return {{"type", "add_line"}, {"sku", sku}, {"quantity", quantity}};
}

Json item(const Json& command) { return {{"command", command}, {"command_id", random_hex(16)}}; }

Answer staff_send(const Shop& shop, const std::string& order, const std::string& key,
                  const Json& command) {
  const Json body{{"base_version", 0}, {"commands", {item(command)}}};
  return shop.post("/v1/staff/orders/" + order + "/commands", body.dump(), key);
}

}  // namespace tandem::app::test
