// SPDX-License-Identifier: Apache-2.0
// A hostile client on the real listener: whatever it invents is refused with a 4xx and a reason, no
// total moves, the server stays up, its memory stays bounded and its database is whole.
//
//   TANDEM_SEED=7 server_process_tests --gtest_filter=Hostile*     repeats a run
//   TANDEM_REQUESTS=500000 …                                       that many of each kind
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>

#include "app/secrets.hpp"
#include "program.hpp"
#include "server/http_client.hpp"

namespace tandem::app::test {
namespace {

using Json = nlohmann::json;
using http::test::Answer;
using http::test::Client;
using namespace std::string_literals;

#ifdef __SANITIZE_ADDRESS__
constexpr std::int64_t kGrowthMaxKib = std::int64_t{768} << 10U;  // it keeps what was freed a while
#else
constexpr std::int64_t kGrowthMaxKib = std::int64_t{48} << 10U;
#endif
constexpr std::size_t kLarge = std::size_t{10} << 20U;

Json commands_body(const Json& command) {
  return {{"base_version", 0},
          {"commands", {{{"command", command}, {"command_id", random_hex(16)}}}}};
}

/// Every command of a customer, well formed: what the fuzzer spoils.
std::vector<Json> customer_commands() {
  const Json address{{"city", "Berlin"},
                     {"country", "DE"},
                     {"line1", "Linden 1"},
                     {"name", "Ann"},
                     {"postcode", "10115"}};
  return {{{"type", "add_line"}, {"sku", "TEA-101-100G"}, {"quantity", 1}},
          {{"type", "set_quantity"}, {"line", "TEA-101-100G"}, {"quantity", 3}},
          {{"type", "remove_line"}, {"line", "TEA-101-100G"}},
          {{"type", "set_contact"}, {"email", "a@example.com"}, {"name", "Ann"}},
          {{"type", "set_address"}, {"kind", "ship_to"}, {"address", address}},
          {{"type", "choose_shipping"}, {"method", "parcel"}},
          {{"type", "choose_payment"}, {"method", "card"}},
          {{"type", "apply_coupon"}, {"code", "WELCOME10"}},
          {{"type", "remove_coupon"}, {"code", "WELCOME10"}},
          {{"type", "place_order"}, {"expected_digest", std::string(64, '0')}},
          {{"type", "cancel_order"}},
          {{"type", "renew_hold"}}};
}

class Fuzzer {
 public:
  explicit Fuzzer(std::uint64_t seed) : random_(seed) {}

  /// A body that no server may take: a field that nobody has, or a value of another type.
  std::string spoiled() {
    const std::vector<Json> all = customer_commands();
    Json body = commands_body(all[below(all.size())]);
    Json& command = body["commands"][0]["command"];
    switch (below(4)) {
      case 0:
        pick({&body, &body["commands"][0], &command})[name()] = value();
        break;
      case 1:
        command[price_name()] = static_cast<std::int64_t>(below(10'000));
        break;
      case 2:
        command[field_of(command)] = Json::array({Json::object(), nullptr});
        break;
      default:
        return cut_short(body.dump());
    }
    return body.dump();
  }

  /// A request that was bent, cut, doubled or filled with anything at a few places.
  std::string bent(std::string text) {
    for (std::size_t times = 1 + below(4); times > 0 && !text.empty(); --times) {
      const std::size_t at = below(text.size());
      const std::size_t size = 1 + below(std::min<std::size_t>(text.size() - at, 40));
      switch (below(4)) {
        case 0:
          text[at] = static_cast<char>(random_());
          break;
        case 1:
          text.erase(at, size);
          break;
        case 2:
          text.insert(at, text.substr(at, size));
          break;
        default:
          text.insert(at, mark());
      }
    }
    return text;
  }

  std::size_t below(std::size_t count) { return random_() % count; }

 private:
  /// What parsers stumble over.
  std::string mark() {
    static const std::vector<std::string> kMarks{"\r\n",
                                                 "\r\n\r\n",
                                                 "\n",
                                                 "\r",
                                                 " ",
                                                 "\t",
                                                 ":",
                                                 "\0"s,
                                                 "%",
                                                 "%00",
                                                 "../",
                                                 "?",
                                                 "#",
                                                 "{",
                                                 "]",
                                                 "\"",
                                                 "\\",
                                                 "-1",
                                                 "1e9",
                                                 "0x",
                                                 "\xff",
                                                 "\xc3",
                                                 "9999999999999999999",
                                                 "Transfer-Encoding: chunked\r\n",
                                                 "Content-Length: 5\r\n"};
    return kMarks[below(kMarks.size())];
  }

  Json& pick(std::vector<Json*> some) { return *some[below(some.size())]; }

  std::string name() {
    static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz_$-. \"\\/";
    std::string text = "x";  // no field of ours begins so
    for (std::size_t size = 1 + below(24); text.size() < size;) {
      text += kLetters[below(kLetters.size())];
    }
    return text;
  }

  std::string price_name() {
    static const std::vector<std::string> kNames{"price",        "unit_price_minor",
                                                 "total_minor",  "discount_minor",
                                                 "amount_minor", "tax",
                                                 "unit_price",   "currency",
                                                 "rules_id",     "actor",
                                                 "role",         "at_ms",
                                                 "total",        "customer_group",
                                                 "facts",        "offers",
                                                 "availability", "__proto__"};
    return kNames[below(kNames.size())];
  }

  std::string field_of(const Json& object) {
    auto field = object.begin();
    std::advance(field, static_cast<std::ptrdiff_t>(below(object.size())));
    return field.key();
  }

  Json value() {
    switch (below(6)) {
      case 0:
        return nullptr;
      case 1:
        return true;
      case 2:
        return static_cast<std::int64_t>(random_());
      case 3:
        return std::string(below(2000), 'y');
      case 4:
        return Json::array({1, 2});
      default:
        return {{"deep", {{"deeper", 1}}}};
    }
  }

  /// What arrives when a connection lies about its length: never a whole document.
  std::string cut_short(const std::string& text) { return text.substr(0, below(text.size())); }

  std::mt19937_64 random_;
};

class Hostile : public Process {
 protected:
  void SetUp() override {
    Process::SetUp();
    server_ = serve();
    Json create = commands_body(customer_commands().front());
    create["order"] = id_;
    create["secret"] = secret_;
    const Answer created = ask(request("/v1/orders", create.dump(), ""));
    ASSERT_EQ(created.status, 201) << created.body;
    before_ = view();
    resident_kib_ = server_->resident_kib();
    ASSERT_GT(resident_kib_, 0);
  }

  /// Nothing has changed, nothing has grown, and the database is whole.
  void TearDown() override {
    EXPECT_EQ(view(), before_);
    EXPECT_LT(server_->resident_kib(), resident_kib_ + kGrowthMaxKib);
    EXPECT_EQ(server_->end(SIGTERM), 0);
    const auto [status, text] = run({"verify", "--db", database_, "--quiet"});
    EXPECT_EQ(status, 0) << text;
    Process::TearDown();
  }

  Answer ask(const std::string& text) const {
    Client client(port_);
    client.send(text);
    return client.read();
  }

  Json view() const {
    const Answer answer = ask(request("/v1/orders/" + id_, "", secret_));
    EXPECT_EQ(answer.status, 200) << answer.body;
    Json body = Json::parse(answer.body, nullptr, false);
    body.erase("server_time_ms");
    return body;
  }

  std::string commands(const std::string& body) const {
    return request("/v1/orders/" + id_ + "/commands", body, secret_);
  }

  /// A refusal that says why.
  static void expect_refused(const Answer& answer, const std::string& what) {
    EXPECT_GE(answer.status, 400) << what;
    EXPECT_LT(answer.status, 500) << what;
    const Json body = Json::parse(answer.body, nullptr, false);
    EXPECT_TRUE(body.is_object() && body.contains("reason")) << what << ": " << answer.body;
  }

  const std::string id_ = random_hex(16);
  const std::string secret_ = random_hex(16);
  std::unique_ptr<Child> server_;
  Json before_;
  std::int64_t resident_kib_ = 0;
};

/// The number that the environment gives a name, or another.
std::uint64_t given(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::uint64_t printed_seed() {
  const std::uint64_t seed = given("TANDEM_SEED", std::random_device{}());
  std::cout << "seed " << seed << '\n';
  ::testing::Test::RecordProperty("seed", std::to_string(seed));
  return seed;
}

TEST_F(Hostile, EveryInventedFieldIsRefused) {
  const std::uint64_t seed = printed_seed();
  Fuzzer fuzzer(seed);
  auto client = std::make_unique<Client>(port_);
  for (std::uint64_t i = given("TANDEM_REQUESTS", 1'000); i > 0; --i) {
    const std::string body = fuzzer.spoiled();
    if (body.empty()) continue;
    client->send(commands(body));
    const Answer answer = client->read();
    expect_refused(answer, "seed " + std::to_string(seed) + ": " + body);
    if (answer.headers.contains("connection")) client = std::make_unique<Client>(port_);
  }
}

TEST_F(Hostile, RequestsOfAnyBytesLeaveItAsItWas) {
  const std::uint64_t seed = printed_seed();
  Fuzzer fuzzer(seed);
  const std::string order = commands_body(customer_commands().front()).dump();
  const std::vector<std::string> whole{
      http::test::get("/v1/offers?q=tea&limit=2"),
      http::test::get("/v1/offers/assam-gold", "Accept: application/json\r\n"),
      http::test::get("/core/tandem.js", "Range: bytes=0-10\r\nIf-None-Match: \"a\"\r\n"),
      request("/v1/orders/" + id_ + "/commands", order, random_hex(16)),
      request("/v1/orders/" + id_ + "/events?after=0", "", random_hex(16)),
      request("/v1/staff/stock", R"({"sku":"TEA-101-100G","on_hand":1})", "tk_" + random_hex(24)),
      request("/v1/quote", R"({"cart":{},"format":1,"now_ms":0,"rules":{}})", ""),
      "POST /v1/quote HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n",
  };
  for (std::uint64_t i = given("TANDEM_REQUESTS", 1'000); i > 0; --i) {
    const std::string text = fuzzer.bent(whole[fuzzer.below(whole.size())]);
    Client client(port_);
    ASSERT_TRUE(client.connected()) << "seed " << seed;
    client.send(text);
    client.finish();
    EXPECT_LT(client.read().status, 500) << "seed " << seed << ": " << text;
    client.drop();
  }
}

TEST_F(Hostile, WhatIsNotHttpIsRefused) {
  const std::string post =
      "POST /v1/orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
  const std::string large(kLarge, 'x');
  const std::vector<std::pair<std::string, std::string>> attacks{
      {"a body of 10 MB", commands(large)},
      {"a body of 10 MB in chunks",
       post + "Transfer-Encoding: chunked\r\n\r\na00000\r\n" + large + "\r\n0\r\n\r\n"},
      {"a chunk without a size", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"},
      {"a chunk of 2^64", post + "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n{}"},
      {"a negative length", post + "Content-Length: -1\r\n\r\n{}"},
      {"a length of 2^64", post + "Content-Length: 18446744073709551616\r\n\r\n{}"},
      {"two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"},
      {"headers without end", "GET / HTTP/1.1\r\nHost: a\r\nX: " + large},
      {"many headers",
       [] {
         std::string text = "GET / HTTP/1.1\r\nHost: a\r\n";
         for (int i = 0; i < 500; ++i) text += "X-" + std::to_string(i) + ": 1\r\n";
         return text + "\r\n";
       }()},
      {"a long target", "GET /" + std::string(8'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"a NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"s},
      {"an escaped NUL", "GET /v1/offers/%00 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"broken UTF-8 in the target", "GET /v1/offers/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"a way out of the folder", "GET /core/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"a TLS handshake", "\x16\x03\x01\x02\r\n\r\n"},
      {"nothing but line ends", "\r\n\r\nhello\r\n\r\n"},
      {"another method", "BREW /v1/orders HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"another media type",
       "POST /v1/orders HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: "
       "2\r\n\r\n{}"},
      {"broken UTF-8", commands("{\"commands\":\"\xff\xfe\"}")},
      {"U+0000", commands(R"({"commands":[],"core_version":"\u0000"})")},
      {"a key twice", commands(R"({"commands":[],"commands":[]})")},
      {"2^63", commands(R"({"base_version":9223372036854775808,"commands":[]})")},
      {"deep nesting", commands(std::string(200'000, '['))},
      {"a wide list", commands("[" + std::string(500'000, ',') + "]")},
      {"a quote of 300 kB",
       "POST /v1/quote HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
       "Content-Length: 300000\r\n\r\n" +
           std::string(300'000, ' ')},
  };
  for (const auto& [what, text] : attacks) {
    SCOPED_TRACE(what);
    expect_refused(ask(text), what);
    EXPECT_EQ(ask(http::test::get("/healthz")).status, 200);
  }
}

TEST_F(Hostile, QuantitiesAndOtherActorsChangeNothing) {
  const auto one = [&](const Json& command) {
    const Answer answer = ask(commands(commands_body(command).dump()));
    if (answer.status != 200) return expect_refused(answer, command.dump());
    const Json result = Json::parse(answer.body).at("results").at(0);
    EXPECT_EQ(result.at("accepted"), false) << command;
    EXPECT_NE(result.at("rejected").at("reason"), "") << command;
  };
  for (const std::int64_t quantity : {std::int64_t{-1}, std::int64_t{0}, std::int64_t{1} << 52}) {
    one({{"type", "add_line"}, {"sku", "TEA-101-100G"}, {"quantity", quantity}});
  }
  for (const char* type : {"confirm_order", "reopen_order", "expire_hold", "expire_attempt",
                           "payment_captured", "payment_failed"}) {
    one({{"type", type}, {"attempt", 1}, {"amount_minor", 1}});
  }
  const std::string staff = "/v1/staff/orders/" + id_ + "/commands";
  const std::string confirm = commands_body({{"type", "confirm_order"}}).dump();
  expect_refused(ask(request(staff, confirm, secret_)), "a customer's secret is no staff key");
  expect_refused(ask(request(staff, confirm, "tk_" + random_hex(24))), "a key that was guessed");
  expect_refused(ask(request("/v1/orders/" + id_ + "/commands", confirm, random_hex(16))),
                 "another customer's secret");
}

TEST_F(Hostile, ConnectionsThatNeverFinishLeaveRoomForOthers) {
  std::vector<std::unique_ptr<Client>> slow;
  const std::string whole = commands(commands_body(customer_commands().front()).dump());
  for (int i = 0; i < 500; ++i) {
    slow.push_back(std::make_unique<Client>(port_));
    ASSERT_TRUE(slow.back()->connected());
    // Half of them stop in the head, half of them in the body.
    const std::size_t cut = i % 2 == 0 ? whole.find("Host") : whole.size() - 1;
    EXPECT_TRUE(slow.back()->send(whole.substr(0, cut)));
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(ask(http::test::get("/healthz")).status, 200);
    EXPECT_EQ(view(), before_);
  }
}

}  // namespace
}  // namespace tandem::app::test
