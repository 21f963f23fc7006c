// SPDX-License-Identifier: Apache-2.0
#include "script_player.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "app/requests.hpp"
#include "tandem/order/abandonment.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app::test {
namespace {

/// Room for any back order where the shop has set no ceiling.
constexpr std::int64_t kBackordersWithoutEnd = std::int64_t{1} << 40;

/// What a provider's word can be: the events of its webhook, by command.
const std::map<std::string_view, std::string_view> kWords{
    {"payment_pending", "pending"},           {"payment_authorized", "authorized"},
    {"payment_captured", "captured"},         {"payment_failed", "failed"},
    {"payment_canceled", "canceled"},         {"payment_voided", "voided"},
    {"capture_failed", "capture_failed"},     {"void_failed", "void_failed"},
    {"refund_succeeded", "refund_succeeded"}, {"refund_failed", "refund_failed"},
    {"payment_charged_back", "charged_back"}};

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
  const auto word = kWords.find(type);
  return word == kWords.end() ? std::string_view() : word->second;
}

/// The attempt that a word is about: that of the refund, where it tells of one.
std::int64_t attempt_of(const Json& command, const Order& order) {
  if (command.contains("attempt")) return command.at("attempt");
  const Refund* refund = order.find_refund(command.value("refund", std::int64_t{0}));
  return refund == nullptr ? 1 : refund->attempt.value_or(1);
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

std::optional<std::string> ScriptPlayer::left_out(const Json& input) {
  for (const Json& entry : input.at("script")) {
    if (!entry.contains("command")) continue;
    const auto& names = OneOf<Command>::names;
    const bool known = std::ranges::find(names, entry.at("command").at("type")) != names.end();
    const auto& sender = entry.at("actor").at("class");
    if (!known && (sender == "provider" || sender == "system")) {
      return "only a route can be told a command that does not exist";
    }
  }
  return std::nullopt;
}

Json ScriptPlayer::play() {
  Json facts = input_;
  for (const char* key : {"format", "script"}) facts.erase(key);
  begin(facts);
  const Json& script = input_.at("script");
  for (std::size_t i = 0; i < script.size(); ++i) step(script[i], i);
  Json answer{{"coupons", coupons()}, {"gift_cards", gift_cards()}, {"orders", Json::object()},
              {"outbox", outbox()},   {"promotions", promotions()}, {"steps", std::move(steps_)},
              {"stock", stock()}};
  for (const auto& [name, client] : clients_) {
    answer["orders"][name] = view(*client);
    answer["orders"][name]["order"] = name;
  }
  return answer;
}

// Facts that change.

void ScriptPlayer::begin(const Json& facts) {
  change(facts);
  if (!facts.contains("stock")) return;
  const auto refused = adjust(facts.at("stock"));
  EXPECT_FALSE(refused.has_value()) << *refused;
}

/// Facts change together or not at all; only stock can be refused.
void ScriptPlayer::set(const Json& facts, Json& step) {
  if (facts.contains("stock")) {
    if (auto refused = adjust(facts.at("stock"))) {
      step["rejected"] = *std::move(refused);
      return;
    }
  }
  change(facts);
  step["events"] = Json::array();
}

void ScriptPlayer::change(const Json& facts) {
  publish(facts);
  if (facts.contains("offers")) sell(facts.at("offers"));
  if (facts.contains("customers")) know_customers(facts.at("customers"));
  if (facts.contains("gift_cards")) issue(facts.at("gift_cards"));
  if (!facts.contains("coupons")) return;
  ASSERT_TRUE(coupons_.merge_rows(value_of(facts.at("coupons")), ""));
  for (const Json& row : facts.at("coupons")) shop_.code(row.at("code"), row.at("promotion"));
}

/// The warehouse's word; a refusal, if it is one.
std::optional<Json> ScriptPlayer::adjust(const Json& rows) {
  const Answer answer = shop_.post("/v1/staff/stock", rows.dump(), key("warehouse"));
  if (answer.status != 200) return rejection_of(answer.body, "");
  return std::nullopt;
}

void ScriptPlayer::issue(const Json& cards) {
  for (const Json& card : cards) {
    const std::string code = card.at("code");
    std::optional<std::int64_t> expires_ms;
    if (card.contains("expires_ms") && card.at("expires_ms").is_number()) {
      expires_ms = card.at("expires_ms").get<std::int64_t>();
    }
    shop_.gift_card(code, card.at("balance_minor"), expires_ms);
    cards_[fold_code(code)] = code;
  }
}

void ScriptPlayer::know_customers(const Json& customers) {
  ASSERT_TRUE(customers_.merge_rows(value_of(customers), ""));
  for (const auto& [id, row] : customers_.rows()) shop_.account(json_of(row));
}

void ScriptPlayer::publish(const Json& facts) {
  if (facts.contains("rules")) {
    ASSERT_TRUE(replay::merge(rules_, value_of(facts.at("rules")), ""));
    shop_.publish(json_of(rules_));
  }
  if (facts.contains("settings")) {
    ASSERT_TRUE(replay::merge(settings_, value_of(facts.at("settings")), ""));
    shop_.settle(json_of(settings_));
    current_ = wire::decode<Settings>(settings_).value_or(Settings{});
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
         .safety_stock = shop_.stock_of(offer->sku.value).safety_stock,
         .backorder_max = offer->backorder_limit.value_or(kBackordersWithoutEnd)});
    shop_.write(writes);
  }
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
    step["events"] = Json::array();
    if (entry.contains("set")) set(entry.at("set"), step);
    if (step.contains("rejected")) step.erase("events");
  }
  run_commands(at_ms, step);
  give_names(step);
  steps_.push_back(std::move(step));
  auto& digests = shown_.emplace_back();
  if (!recalls_) return;
  for (const auto& [name, client] : clients_) {
    EXPECT_EQ(client->catch_up().status, 200);
    digests[name] = client->digest();
  }
}

/// When the order's next command falls due by itself.
std::optional<std::int64_t> ScriptPlayer::due_at(std::int64_t order_no) {
  const auto row = *shop_.store().reads().order_row(order_no);
  std::optional<std::int64_t> at_ms = row->next_due_ms;
  if (row->idle_since_ms && current_.abandoned.reminder) {
    const std::int64_t reminder = *row->idle_since_ms + reminder_delay_ms(current_);
    at_ms = std::min(at_ms.value_or(reminder), reminder);
  }
  return at_ms;
}

/// The scheduler looks every second; here it looks whenever something falls due.
void ScriptPlayer::run_due(std::int64_t until_ms, Json& step) {
  for (int rounds = 0; rounds < 1'000; ++rounds) {
    std::optional<std::int64_t> idle_since_ms;
    if (current_.abandoned.reminder) idle_since_ms = until_ms - reminder_delay_ms(current_);
    const auto orders = *shop_.store().reads().orders_due(until_ms, idle_since_ms, 1);
    if (orders.empty()) return;
    const auto at_ms = due_at(orders.front());
    if (!at_ms) return;
    shop_.set_time(*at_ms);
    if (shop_.app().expire_due(1) == 0) return;
    step["caused"].push_back(caused_on(orders.front(), *at_ms));
    run_commands(*at_ms, step);
  }
  ADD_FAILURE() << "what falls due never ends";
}

/// What one order has led to on others, as the worker carries it out.
void ScriptPlayer::run_commands(std::int64_t at_ms, Json& step) {
  for (int rounds = 0; rounds < 1'000; ++rounds) {
    const auto order_no = shop_.app().run_command();
    if (!order_no) return;
    Json caused = caused_on(*order_no, at_ms);
    if (!caused.is_null() && !caused.at("events").empty()) {
      step["caused"].push_back(std::move(caused));
    }
  }
  ADD_FAILURE() << "what orders lead to never ends";
}

Json ScriptPlayer::caused_on(std::int64_t order_no, std::int64_t at_ms) {
  const std::string id = (*shop_.store().reads().order(order_no))->order_id;
  for (const auto& [name, client] : clients_) {
    if (client->id != id) continue;
    Json events = Json::array();
    note_events(client->catch_up().body, events);
    return {{"at_ms", at_ms}, {"events", events}, {"order", name}};
  }
  return nullptr;
}

/// Orders have names in a script and ids here.
void ScriptPlayer::give_names(Json& value) const {
  if (value.is_structured()) {
    for (Json& member : value) give_names(member);
  } else if (value.is_string()) {
    for (const auto& [name, client] : clients_) {
      if (value == client->id) {
        value = name;
        return;
      }
    }
  }
}

void ScriptPlayer::carry_out(const Json& entry, std::size_t index, Json& step) {
  const std::string name = entry.at("order");
  step["order"] = name;
  // An order begins with its first lines, whoever adds them: until then its id is nobody's.
  const std::string type = entry.at("command").at("type");
  const bool begins = type == "add_line" || type == "merge_cart" || type == "reorder";
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
    const auto& command = entry.at("command");
    const bool names_other = command.contains("from");
    step["rejected"] = rejection_of(*rejected, names_other ? command.at("from") : Json(name));
  } else {
    step["events"] = Json::array();
    if (batch) note_events(answer.body, step["events"]);
  }
  // What others did, the customer's page catches up with; so it does with a webhook.
  const bool known = client->second->order().version > 0 || batch || answer.status == 200;
  if (known && entry.at("actor").at("class") != "customer") {
    const Answer caught = client->second->catch_up();
    if (rejected == nullptr && !batch) note_events(caught.body, step["events"]);
  } else if (known && entry.at("actor").contains("id")) {
    (void)client->second->catch_up();
  }
  if (client->second->order().version == 0) clients_.erase(client);
}

Answer ScriptPlayer::send(const Json& entry, std::size_t index, Client& client) {
  const Json& actor = entry.at("actor");
  const Json& sender = actor.at("class");
  const bool is_word =
      sender == "provider" && actor.at("provider") == "demo" && !word_of(entry).empty();
  if (is_word && client.order().version > 0) return tell(entry, index, client);
  const std::string id = command_id(entry);
  // A client that repeats a command has heard nothing of it: it sends what it sent before.
  const auto [sent, first] = sent_.try_emplace(id);
  Json& body = sent->second;
  if (first) {
    body = {{"base_version", client.order().version},
            {"commands", {{{"command", with_stand_ins(entry, client)}, {"command_id", id}}}}};
  }
  if (sender == "staff") {
    return shop_.post("/v1/staff/orders/" + client.id + "/commands", body.dump(),
                      key(actor.at("role")));
  }
  if (sender == "customer" && !actor.contains("id")) return client.send_body(body);
  return shop_.submit(client.id, *wire::decode<Actor>(actor.dump()), body, client.known());
}

/// A provider's word: a webhook that names the intent, the currency and, when the script has none,
/// a reference of its own.
Answer ScriptPlayer::tell(const Json& entry, std::size_t index, const Client& client) {
  const Json command = with_stand_ins(entry, const_cast<Client&>(client));
  const std::int64_t attempt = attempt_of(command, client.order());
  const std::string intent = payment::intent_id(head(client).order_no, attempt);
  Json body{{"amount_minor", command.value("amount_minor", Json(0))},
            {"attempt", attempt},
            {"currency", client.order().currency},
            {"event", word_of(entry)},
            {"intent", intent},
            {"reference", command.value("reference", "entry-" + std::to_string(index))}};
  for (const char* key : {"reason", "occurred_ms", "refund"}) {
    if (command.contains(key)) body[key] = command.at(key);
  }
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
  if (command.contains("from")) {
    const auto other = clients_.find(command.at("from"));
    if (other != clients_.end()) {
      command["from"] = other->second->id;
      client.know(other->second->secret);
    }
  }
  if (command.contains("amount_minor") && command.at("amount_minor").is_string()) {
    const std::string which = command.at("amount_minor");
    command["amount_minor"] = view(client).at("money").at(which + "_minor");
  }
  return command;
}

}  // namespace tandem::app::test
