// SPDX-License-Identifier: Apache-2.0
// Load for `confirm_sqlite_per_s`: whole orders over HTTP, each with its own id, secret and
// request, three lines, placed with a digest that is computed here, as a browser would. An order
// counts when a later GET shows it as `order`.
//
//   load --write-shop DIR                          writes a shop of 300 products to import
//   load --port 8080 --connections 64 --seconds 30
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tandem/fields/writer.hpp"
#include "tandem/pricing/pricing.hpp"
#include "tandem/wire/decode.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::json;

constexpr int kProducts = 300;

struct Options {
  int port = 8080;
  int connections = 64;
  double seconds = 30;
  double warm_up = 3;
  double rate = 0;  // orders per second offered; 0: as many as possible
  bool hot = false;
  std::string write_shop;
};

struct Made {
  std::string id;
  std::string secret;
};

std::string product(int number) { return "LOAD-" + std::to_string(1000 + number); }

/// A shop to import: every product counted, enough of each for any run.
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
"promotions":[],
"shipping_methods":[{"id":"parcel","label":{"en":"Parcel"},"zones":["home"],
"price":{"kind":"flat","amount_minor":490},"free_from_minor":5000}],
"payment_methods":[{"id":"card","provider":"demo"}]})";
  std::ofstream(folder + "/settings.json") << "{}";
}

/// Reads and writes of one connection; an answer is taken whole.
class Connection {
 public:
  explicit Connection(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* to = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(socket_, to, sizeof address) != 0) {
      std::perror("connect");
      std::exit(1);
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] int socket() const { return socket_; }

  void send(const std::string& text) const {
    std::size_t done = 0;
    while (done < text.size()) {
      const ssize_t n = ::write(socket_, text.data() + done, text.size() - done);
      if (n <= 0) std::exit(1);
      done += static_cast<std::size_t>(n);
    }
  }

  /// Reads what is there; true once an answer is complete. `status` and `body()` are its own.
  bool receive() {
    std::array<char, 65536> some;
    const ssize_t n = ::read(socket_, some.data(), some.size());
    if (n <= 0) {
      std::fprintf(stderr, "the server closed a connection\n");
      std::exit(1);
    }
    in_.append(some.data(), static_cast<std::size_t>(n));
    if (length_ == 0) {
      const auto end = in_.find("\r\n\r\n");
      if (end == std::string::npos) return false;
      status_ = std::atoi(in_.c_str() + 9);
      head_ = end + 4;
      const auto field = in_.find("Content-Length: ");
      length_ = head_ + std::strtoul(in_.c_str() + field + 16, nullptr, 10);
    }
    return in_.size() >= length_;
  }
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] std::string_view body() const {
    return std::string_view(in_).substr(head_, length_ - head_);
  }
  void next() {
    in_.erase(0, length_);
    length_ = 0;
  }

  std::string ask(const std::string& text) {
    send(text);
    while (!receive()) {}
    std::string answer(body());
    next();
    return answer;
  }

 private:
  int socket_;
  std::string in_;
  std::size_t head_ = 0;
  std::size_t length_ = 0;
  int status_ = 0;
};

std::string get(const std::string& target, const std::string& secret = {}) {
  std::string text = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n";
  if (!secret.empty()) text += "Authorization: Bearer " + secret + "\r\n";
  return text + "\r\n";
}

/// The shop as a client knows it, and orders made of it.
class Orders {
 public:
  explicit Orders(Connection& connection, bool hot) : hot_(hot) {
    const Json rules = Json::parse(connection.ask(get("/v1/rules")));
    auto decoded = tandem::wire::decode<tandem::Rules>(rules.at("rules").dump());
    rules_.emplace(*tandem::compile(*std::move(decoded)));
    core_version_ = rules.at("core_version");
    std::string cursor;
    do {
      const Json page = Json::parse(connection.ask(get("/v1/offers?limit=200&cursor=" + cursor)));
      for (const Json& one : page.at("products")) {
        for (const Json& variant : one.at("variants")) {
          offers_.push_back(*tandem::wire::decode<tandem::Offer>(variant.at("offer").dump()));
        }
      }
      cursor = page.at("cursor").is_null() ? "" : page.at("cursor").get<std::string>();
    } while (!cursor.empty());
    std::ranges::sort(offers_, {}, &tandem::Offer::sku);
  }

  /// The request that makes, fills and places one order.
  std::string request(Made& made) {
    made = {.id = hex(), .secret = hex()};
    std::array<std::size_t, 3> chosen = choose();
    std::string body = R"({"base_version":0,"commands":[)";
    tandem::Cart cart;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const tandem::Sku& sku = offers_[chosen[i]].sku;
      const auto quantity = static_cast<std::int64_t>(1 + random_() % 2);
      cart.lines.push_back({.quantity = quantity, .sku = sku});
      add(body, R"("quantity":)" + std::to_string(quantity) + R"(,"sku":")" + sku.value +
                    R"(","type":"add_line")");
    }
    add(body, R"("email":"load@example.com","name":"Load","type":"set_contact")");
    add(body, R"("address":{"city":"Berlin","country":"DE","line1":"Linden 1","name":"Load",)"
              R"("postcode":"10115"},"kind":"ship_to","type":"set_address")");
    add(body, R"("method":"parcel","type":"choose_shipping")");
    add(body, R"("method":"card","type":"choose_payment")");
    add(body, R"("expected_digest":")" + digest(std::move(cart)) + R"(","type":"place_order")");
    body.pop_back();
    body += R"(],"core_version":")" + core_version_ + R"(","order":")" + made.id +
            R"(","secret":")" + made.secret + R"("})";
    return "POST /v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
           "Content-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
  }

 private:
  std::string hex() {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(32, '0');
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < text.size(); ++i, bits >>= 4U) {
      if (i % 16 == 0) bits = random_();
      text[i] = kDigits[bits & 15U];
    }
    return text;
  }

  std::array<std::size_t, 3> choose() {
    std::array<std::size_t, 3> chosen{};
    do {
      for (std::size_t& one : chosen) one = random_() % offers_.size();
      if (hot_) chosen[0] = 0;
    } while (chosen[0] == chosen[1] || chosen[1] == chosen[2] || chosen[0] == chosen[2]);
    return chosen;
  }

  void add(std::string& body, const std::string& command) {
    body += R"({"command":{)" + command + R"(},"command_id":")" + hex() + R"("},)";
  }

  std::string digest(tandem::Cart cart) const {
    std::vector<tandem::Offer> offers;
    for (const tandem::CartLine& line : cart.lines) {
      offers.push_back(*tandem::find_offer(offers_, line.sku));
    }
    std::ranges::sort(offers, {}, &tandem::Offer::sku);
    cart.ship_to = tandem::Destination{.country = "DE", .postcode = "10115"};
    cart.shipping_method = tandem::ShippingMethodId{"parcel"};
    cart.payment_method = tandem::PaymentMethodId{"card"};
    const tandem::QuoteFacts facts;
    const auto quote = tandem::quote(
        {.now_ms = 0, .rules = *rules_, .offers = offers, .facts = facts, .cart = cart});
    return tandem::sealed(*quote).quote_digest;
  }

  std::optional<tandem::CompiledRules> rules_;
  std::vector<tandem::Offer> offers_;
  std::string core_version_;
  std::mt19937_64 random_{std::random_device{}()};
  bool hot_;
};

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct InFlight {
  Made made;
  Clock::time_point since;
};

/// Everything acknowledged while it was measured, with its latency.
struct Measured {
  std::vector<Made> orders;
  std::vector<double> latencies_ms;
  std::int64_t refused = 0;
  double cpu = 0;
};

Measured drive(const Options& options, Orders& orders) {
  std::vector<std::unique_ptr<Connection>> connections;
  std::vector<InFlight> flying(static_cast<std::size_t>(options.connections));
  const int poll = ::epoll_create1(0);
  for (std::size_t i = 0; i < flying.size(); ++i) {
    connections.push_back(std::make_unique<Connection>(options.port));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(poll, EPOLL_CTL_ADD, connections[i]->socket(), &event);
  }
  Measured measured;
  const auto start = Clock::now();
  const auto from = start + std::chrono::duration<double>(options.warm_up);
  const auto until = from + std::chrono::duration<double>(options.seconds);
  double cpu_from = -1;
  double due = 0;  // orders that should have been sent by now, when a rate is offered
  std::vector<std::size_t> idle;
  const auto send = [&](std::size_t i) {
    const std::string text = orders.request(flying[i].made);
    flying[i].since = Clock::now();
    connections[i]->send(text);
  };
  for (std::size_t i = 0; i < flying.size(); ++i) idle.push_back(i);
  double sent = 0;
  for (auto now = start; now < until; now = Clock::now()) {
    if (cpu_from < 0 && now >= from) cpu_from = cpu_seconds();
    due =
        options.rate > 0 ? options.rate * std::chrono::duration<double>(now - start).count() : 1e18;
    while (!idle.empty() && sent < due) {
      send(idle.back());
      idle.pop_back();
      ++sent;
    }
    std::array<epoll_event, 256> events;
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 1);
    for (int e = 0; e < ready; ++e) {
      const std::size_t i = events[static_cast<std::size_t>(e)].data.u64;
      if (!connections[i]->receive()) continue;
      const auto done = Clock::now();
      if (connections[i]->status() == 201) {
        if (done >= from && done < until) {
          measured.orders.push_back(flying[i].made);
          measured.latencies_ms.push_back(
              std::chrono::duration<double, std::milli>(done - flying[i].since).count());
        }
      } else if (++measured.refused == 1) {
        std::fprintf(stderr, "%d %.*s\n", connections[i]->status(),
                     static_cast<int>(std::min<std::size_t>(connections[i]->body().size(), 600)),
                     connections[i]->body().data());
      }
      connections[i]->next();
      idle.push_back(i);
    }
  }
  measured.cpu = cpu_seconds() - cpu_from;
  ::close(poll);
  return measured;
}

/// How many of the orders a later GET shows as `order`.
std::size_t confirmed(const Options& options, const std::vector<Made>& orders) {
  Connection connection(options.port);
  std::size_t count = 0;
  std::size_t shown = 0;
  for (const Made& made : orders) {
    const std::string answer = connection.ask(get("/v1/orders/" + made.id, made.secret));
    const bool is_order = answer.find(R"("order":"order")") != std::string::npos;
    if (!is_order && shown++ == 0) std::fprintf(stderr, "%.400s\n", answer.c_str());
    count += is_order ? 1 : 0;
  }
  return count;
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

Options options_of(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    const auto value = [&] { return i + 1 < count ? arguments[++i] : arguments[0]; };
    if (name == "--port") options.port = std::atoi(value());
    if (name == "--connections") options.connections = std::atoi(value());
    if (name == "--seconds") options.seconds = std::atof(value());
    if (name == "--warm-up") options.warm_up = std::atof(value());
    if (name == "--rate") options.rate = std::atof(value());
    if (name == "--hot") options.hot = true;
    if (name == "--write-shop") options.write_shop = value();
  }
  return options;
}

}  // namespace

int main(int count, char** arguments) {
  const Options options = options_of(count, arguments);
  if (!options.write_shop.empty()) {
    write_shop(options.write_shop);
    return 0;
  }
  Connection connection(options.port);
  Orders orders(connection, options.hot);
  const Measured measured = drive(options, orders);
  const std::size_t good = confirmed(options, measured.orders);
  const Json report{{"confirm_sqlite_per_s", static_cast<double>(good) / options.seconds},
                    {"acknowledged", measured.orders.size()},
                    {"confirmed", good},
                    {"refused", measured.refused},
                    {"median_ms", percentile(measured.latencies_ms, 0.5)},
                    {"p99_ms", percentile(measured.latencies_ms, 0.99)},
                    {"generator_cpu_share", measured.cpu / options.seconds}};
  std::printf("%s\n", report.dump().c_str());
  return good == measured.orders.size() && good > 0 ? 0 : 1;
}
