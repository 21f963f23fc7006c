// SPDX-License-Identifier: Apache-2.0
#include "script_player.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "app/requests.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app::test {
namespace {

/// Room for any back order where the shop has set no ceiling.
constexpr std::int64_t kBackordersWithoutEnd = std::int64_t{1} << 40;

/// What a provider's word can be: the events of its webhook.
constexpr std::string_view kTold = "payment_";
constexpr std::array<std::string_view, 5> kWords{"pending", "authorized", "captured", "failed",
                                                 "canceled"};

Options silent_provider() {
  Options options;
  // What the provider says is the script's to say: nobody calls it, and nobody waits for it.
  options.worker.queue_max = 0;
  options.place_patience = std::chrono::milliseconds(1);
  return options;
}

wire::Value value_of(const Json& json) {
  auto value = wire::parse(json.dump(), {.depth_max = 32});
  EXPECT_TRUE(value) << json;
  return value ? *std::move(value) : wire::Value{};
}

Json json_of(const wire::Value& value) {
  std::string text;
  wire::append_value(text, value);
  return Json::parse(text);
}

std::string_view word_of(const Json& entry) {
  const auto& type = entry.at("command").at("type").get_ref<const std::string&>();
  return type.starts_with(kTold) ? std::string_view(type).substr(kTold.size()) : std::string_view();
}

/// The names that commands of a script have are not ids of the API: 32 digits.
std::string command_id(const Json& entry) {
  if (!entry.contains("command_id")) return random_hex(16);
  return hex(sha256(entry.at("command_id").get<std::string>())).substr(0, kIdDigits);
}

/// A refusal, in an answer to commands or as a problem document, which leaves out what is empty.
Json rejection_of(const Json& said, const std::string& order) {
  Json rejected{{"also", said.value("also", Json::array())},
                {"changes", said.value("changes", Json::array())},
                {"limit", said.value("limit", Json())},
                {"reason", said.at("reason")},
                {"subject", said.value("subject", "")}};
  // Unknown and foreign orders are told alike, without their ids; the client knows which it meant.
  if (rejected.at("reason") == "order_unknown") rejected["subject"] = order;
  return rejected;
}

void note_events(const Json& answer, Json& to) {
  for (const Json& event : answer.at("events")) to.push_back(event.at("record").at("event"));
}

}  // namespace

ScriptPlayer::ScriptPlayer(Json input)
    : input_(std::move(input)),
      recalls_(input_.dump().find(R"({"after":)") != std::string::npos),
      shop_(silent_provider()) {}

std::optional<std::string> ScriptPlayer::left_out(const Json& input, const Json& expect) {
  const Json& script = input.at("script");
  for (std::size_t i = 0; i < script.size(); ++i) {
    const Json& entry = script[i];
    const bool known = expect.contains("steps") && i < expect.at("steps").size();
    if (entry.contains("set") && known && expect.at("steps")[i].contains("rejected")) {
      return "the server has no entry for adjustments of stock";
    }
    if (!entry.contains("actor") || entry.at("actor").at("class") != "provider") continue;
    if (entry.at("actor").at("provider") != "demo") {
      return "the server has no entry for this provider's word";
    }
    if (std::ranges::find(kWords, word_of(entry)) == kWords.end()) {
      return "a provider's webhook can only tell facts of payments";
    }
  }
  return std::nullopt;
}

Json ScriptPlayer::play() {
  Json facts = input_;
  for (const char* key : {"format", "script"}) facts.erase(key);
  set(facts);
  const Json& script = input_.at("script");
  for (std::size_t i = 0; i < script.size(); ++i) step(script[i], i);
  Json answer{{"coupons", coupons()},       {"orders", Json::object()},   {"outbox", outbox()},
              {"promotions", promotions()}, {"steps", std::move(steps_)}, {"stock", stock()}};
  for (const auto& [name, client] : clients_) {
    answer["orders"][name] = view(*client);
    answer["orders"][name]["order"] = name;
  }
  return answer;
}

// Facts that change.

void ScriptPlayer::set(const Json& facts) {
  publish(facts);
  if (facts.contains("offers")) sell(facts.at("offers"));
  if (facts.contains("stock")) count(facts.at("stock"));
  if (!facts.contains("coupons")) return;
  ASSERT_TRUE(coupons_.merge_rows(value_of(facts.at("coupons")), ""));
  for (const Json& row : facts.at("coupons")) shop_.code(row.at("code"), row.at("promotion"));
}

void ScriptPlayer::publish(const Json& facts) {
  if (facts.contains("rules")) {
    ASSERT_TRUE(replay::merge(rules_, value_of(facts.at("rules")), ""));
    shop_.publish(json_of(rules_));
  }
  if (facts.contains("settings")) {
    ASSERT_TRUE(replay::merge(settings_, value_of(facts.at("settings")), ""));
    shop_.settle(json_of(settings_));
  }
}

void ScriptPlayer::sell(const Json& offers) {
  ASSERT_TRUE(offers_.merge_rows(value_of(offers), ""));
  for (const Json& row : offers) {
    const auto offer = wire::decode<Offer>(offers_.rows().at(row.at("sku")));
    ASSERT_TRUE(offer) << offer.error().subject;
    shop_.sell(*offer);
    if (offer->stock_policy != StockPolicy::backorder) continue;
    store::Writes writes;
    writes.stock_policies.push_back(
        {.sku = offer->sku.value,
         .location = std::string(kMainLocation),
         .backorder_max = offer->backorder_limit.value_or(kBackordersWithoutEnd)});
    shop_.write(writes);
  }
}

void ScriptPlayer::count(const Json& rows) {
  Shop::Counts counts;
  for (const Json& row : rows) counts.emplace_back(row.at("sku"), row.at("on_hand"));
  shop_.write({}, counts);
}

// One entry after the other.

void ScriptPlayer::step(const Json& entry, std::size_t index) {
  SCOPED_TRACE("entry " + std::to_string(index));
  const std::int64_t at_ms = entry.at("at_ms");
  Json step{{"caused", Json::array()}, {"order", nullptr}};
  run_due(at_ms, step);
  shop_.set_time(at_ms);
  if (entry.contains("command")) {
    carry_out(entry, index, step);
  } else {
    if (entry.contains("set")) set(entry.at("set"));
    step["events"] = Json::array();
  }
  steps_.push_back(std::move(step));
  auto& digests = shown_.emplace_back();
  if (!recalls_) return;
  for (const auto& [name, client] : clients_) {
    EXPECT_EQ(client->catch_up().status, 200);
    digests[name] = client->digest();
  }
}

/// The scheduler looks every second; here it looks whenever something falls due.
void ScriptPlayer::run_due(std::int64_t until_ms, Json& step) {
  for (int rounds = 0; rounds < 1'000; ++rounds) {
    const auto orders = *shop_.store().reads().orders_due(until_ms, 1);
    if (orders.empty()) return;
    const auto row = *shop_.store().reads().order_row(orders.front());
    const std::string id = (*shop_.store().reads().order(orders.front()))->order_id;
    shop_.set_time(*row->next_due_ms);
    shop_.app().expire_due();
    for (const auto& [name, client] : clients_) {
      if (client->id != id) continue;
      Json events = Json::array();
      note_events(client->catch_up().body, events);
      step["caused"].push_back({{"at_ms", *row->next_due_ms}, {"events", events}, {"order", name}});
    }
  }
  ADD_FAILURE() << "what falls due never ends";
}

void ScriptPlayer::carry_out(const Json& entry, std::size_t index, Json& step) {
  const std::string name = entry.at("order");
  step["order"] = name;
  // An order begins with its first line, whoever adds it: until then its id is nobody's.
  const bool begins = entry.at("command").at("type") == "add_line";
  auto client = clients_.find(name);
  if (client == clients_.end()) {
    client = clients_.emplace(name, std::make_unique<Client>(shop_, begins)).first;
  }
  const Answer answer = send(entry, index, *client->second);
  const bool batch = answer.body.contains("results");
  const Json* rejected = answer.status == 200 ? nullptr : &answer.body;
  if (batch && !answer.body.at("results").back().at("accepted")) {
    rejected = &answer.body.at("results").back().at("rejected");
  }
  if (rejected != nullptr) {
    step["rejected"] = rejection_of(*rejected, name);
  } else {
    // What staff and providers did, the customer's page catches up with.
    const bool own = entry.at("actor").at("class") == "customer";
    step["events"] = Json::array();
    note_events(own ? answer.body : client->second->catch_up().body, step["events"]);
  }
  if (client->second->order().version == 0) clients_.erase(client);
}

Answer ScriptPlayer::send(const Json& entry, std::size_t index, Client& client) {
  const Json& actor = entry.at("actor");
  if (actor.at("class") == "provider") return tell(entry, index, client);
  const std::string id = command_id(entry);
  // A client that repeats a command has heard nothing of it: it sends what it sent before.
  const auto [sent, first] = sent_.try_emplace(id);
  Json& body = sent->second;
  if (first) {
    body = {{"base_version", client.order().version},
            {"commands", {{{"command", with_stand_ins(entry, client)}, {"command_id", id}}}}};
  }
  if (actor.at("class") == "customer") return client.send_body(body);
  return shop_.post("/v1/staff/orders/" + client.id + "/commands", body.dump(),
                    key(actor.at("role")));
}

/// A provider's word: a webhook that names the intent, the currency and, when the script has none,
/// a reference of its own.
Answer ScriptPlayer::tell(const Json& entry, std::size_t index, const Client& client) {
  const Json command = with_stand_ins(entry, const_cast<Client&>(client));
  const std::int64_t attempt = command.at("attempt");
  const std::string intent = payment::intent_id(head(client).order_no, attempt);
  Json body{{"amount_minor", command.value("amount_minor", Json(0))},
            {"attempt", attempt},
            {"currency", client.order().currency},
            {"event", word_of(entry)},
            {"intent", intent},
            {"reference", command.value("reference", "entry-" + std::to_string(index))}};
  if (command.contains("reason")) body["reason"] = command.at("reason");
  return shop_.webhook(body);
}

/// The command with what a client would put in: the digest that it shows, an amount it was told.
Json ScriptPlayer::with_stand_ins(const Json& entry, Client& client) {
  Json command = entry.at("command");
  if (command.contains("expected_digest")) {
    Json& digest = command["expected_digest"];
    if (digest == "current") {
      EXPECT_EQ(client.catch_up().status, 200);
      digest = client.digest();
    } else if (digest.is_object()) {
      digest = shown_.at(digest.at("after")).at(entry.at("order"));
    }
  }
  if (command.contains("amount_minor") && command.at("amount_minor").is_string()) {
    const std::string which = command.at("amount_minor");
    command["amount_minor"] = view(client).at("money").at(which + "_minor");
  }
  return command;
}

// What came of it.

store::OrderHead ScriptPlayer::head(const Client& client) {
  const auto head = shop_.store().reads().order(client.id);
  return head && *head ? **head : store::OrderHead{};
}

const std::string& ScriptPlayer::key(const std::string& role) {
  auto known = keys_.find(role);
  if (known == keys_.end()) known = keys_.emplace(role, shop_.key(role)).first;
  return known->second;
}

Json ScriptPlayer::view(const Client& client) {
  const Answer answer = shop_.get("/v1/staff/orders/" + client.id, key("admin"));
  EXPECT_EQ(answer.status, 200) << answer.body;
  return answer.body.value("order", Json());
}

std::vector<store::LedgerRow> ScriptPlayer::ledger_rows(store::LedgerKind kind) {
  auto rows = shop_.store().reads().ledger_rows(kind, {}, 1'000);
  return rows ? *std::move(rows) : std::vector<store::LedgerRow>();
}

Json ScriptPlayer::stock() {
  Json rows = Json::array();
  for (const store::LedgerRow& row : ledger_rows(store::LedgerKind::stock)) {
    rows.push_back({{"available", row.available()},
                    {"backordered", row.figures.backordered},
                    {"held", row.figures.held},
                    {"location", row.key.part},
                    {"on_hand", row.figures.on_hand},
                    {"reserved", row.figures.reserved},
                    {"sku", row.key.key}});
  }
  return rows;
}

Json ScriptPlayer::coupons() {
  Json rows = Json::array();
  for (const auto& [code, value] : coupons_.rows()) {
    const std::array keys{coupon_key(fold_code(code))};
    const store::Figures figures = shop_.store().reads().ledger(keys)->front().figures;
    rows.push_back({{"code", code},
                    {"held", figures.held},
                    {"promotion", *value.find("promotion")->text()},
                    {"uses", figures.used}});
  }
  return rows;
}

Json ScriptPlayer::promotions() {
  Json rows = Json::array();
  for (const store::LedgerRow& row : ledger_rows(store::LedgerKind::promotion)) {
    rows.push_back(
        {{"held", row.figures.held}, {"promotion", row.key.key}, {"uses", row.figures.used}});
  }
  return rows;
}

/// Every order's effects, in the order in which they were asked for.
Json ScriptPlayer::outbox() {
  std::map<std::int64_t, Json> rows;
  for (const auto& [name, client] : clients_) {
    const auto of_order = shop_.store().reads().outbox_of(head(*client).order_no);
    for (const store::OutboxRow& row : *of_order) {
      rows[row.outbox_no] = {{"kind", row.kind}, {"order", name}};
    }
  }
  Json list = Json::array();
  for (auto& [number, row] : rows) list.push_back(std::move(row));
  return list;
}

}  // namespace tandem::app::test
