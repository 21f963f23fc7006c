// SPDX-License-Identifier: Apache-2.0
// Load on a server: whole orders over HTTP from a process of its own. An order counts when a later
// GET shows it as `order`.
//
//   load --write-shop DIR                          writes a shop of 300 products to import
//   load --port 8080 --connections 64 --seconds 30             an order is one request
//   load --port 8080 --single                                  … is a guest's whole checkout
//   load --port 8080 --hot                                     one product is in every order
//   load --port 8080 --rate 1000 --watch 4711                  so many a second; the server's time
//   load --port 8080 --ask /v1/staff/orders --secret KEY       one GET after the other
//
// With a rate an order's time counts from when it was due, so that waiting for a connection is part
// of it.
#include <sys/epoll.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "load_orders.hpp"
#include "load_processes.hpp"

namespace tandem::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::json;

struct Options {
  int port = 8080;
  int connections = 64;
  double seconds = 30;
  double warm_up = 3;
  double rate = 0;  // orders per second offered; 0: as many as possible
  bool hot = false;
  bool single = false;
  std::vector<int> watched;  // processes whose processor time is told too
  std::string ask;  // instead of orders: this is read again and again
  std::string secret;
  std::string write_shop;
};

struct Made {
  std::string id;
  std::string secret;
};

/// Everything acknowledged while it was measured, with its latency.
struct Measured {
  std::vector<Made> orders;
  std::vector<double> latencies_ms;
  std::int64_t refused = 0;
  std::int64_t made = 0;  // in all, the warm-up included
  double cpu = 0;
  std::vector<double> watched_cpu;
};

/// Keeps every connection busy with an order of its own.
class Driver {
 public:
  Driver(const Options& options, Orders& orders)
      : options_(options), orders_(orders), flying_(static_cast<std::size_t>(options.connections)) {
    for (std::size_t i = 0; i < flying_.size(); ++i) {
      connections_.push_back(std::make_unique<Connection>(options.port));
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, connections_[i]->socket(), &event);
      idle_.push_back(i);
    }
  }
  ~Driver() { ::close(poll_); }
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  Measured drive() {
    const auto start = Clock::now();
    from_ = start + seconds(options_.warm_up);
    until_ = from_ + seconds(options_.seconds);
    double cpu_from = -1;
    std::int64_t sent = 0;
    for (auto now = start; now < until_; now = Clock::now()) {
      if (cpu_from < 0 && now >= from_) {
        measured_.watched_cpu = cpu_seconds_of(options_.watched);
        cpu_from = cpu_seconds();
      }
      for (; !idle_.empty() && due(start, sent) <= now; ++sent) {
        begin(options_.rate > 0 ? due(start, sent) : Clock::now());
      }
      take_answers(idle_.empty() ? kPatience : due(start, sent) - Clock::now());
    }
    measured_.cpu = cpu_seconds() - cpu_from;
    const std::vector<double> watched = cpu_seconds_of(options_.watched);
    for (std::size_t i = 0; i < watched.size(); ++i) {
      measured_.watched_cpu[i] = watched[i] - measured_.watched_cpu[i];
    }
    return std::move(measured_);
  }

 private:
  struct Flying {
    Checkout checkout;
    Clock::time_point since;
  };

  static constexpr Clock::duration kPatience = std::chrono::milliseconds(1);

  static Clock::duration seconds(double value) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(value));
  }

  /// When an order is to be sent; without a rate at once.
  [[nodiscard]] Clock::time_point due(Clock::time_point start, std::int64_t number) const {
    if (options_.rate <= 0) return start;
    return start + seconds(static_cast<double>(number) / options_.rate);
  }

  void begin(Clock::time_point since) {
    const std::size_t i = idle_.back();
    idle_.pop_back();
    Flying& flying = flying_[i];
    flying.checkout = options_.single ? orders_.single_requests() : orders_.one_request();
    flying.since = since;
    connections_[i]->send(flying.checkout.begin());
  }

  void take_answers(Clock::duration patience) {
    std::array<epoll_event, 256> events;
    const timespec wait{
        .tv_sec = 0, .tv_nsec = std::clamp(patience, Clock::duration::zero(), kPatience).count()};
    const int ready =
        ::epoll_pwait2(poll_, events.data(), static_cast<int>(events.size()), &wait, nullptr);
    for (int e = 0; e < ready; ++e) {
      const std::size_t i = events[static_cast<std::size_t>(e)].data.u64;
      if (connections_[i]->receive()) go_on(i);
    }
  }

  void go_on(std::size_t i) {
    Connection& connection = *connections_[i];
    Checkout& checkout = flying_[i].checkout;
    const std::string next = checkout.next(connection.status(), connection.body());
    if (checkout.failed && ++measured_.refused == 1) {
      std::fprintf(stderr, "%d %.*s\n", connection.status(),
                   static_cast<int>(std::min<std::size_t>(connection.body().size(), 600)),
                   connection.body().data());
    }
    connection.next();
    if (!next.empty()) return connection.send(next);
    if (!checkout.failed) {
      ++measured_.made;
      count(flying_[i]);
    }
    idle_.push_back(i);
  }

  void count(const Flying& flying) {
    const auto done = Clock::now();
    if (done < from_ || done >= until_) return;
    measured_.orders.push_back({flying.checkout.id, flying.checkout.secret});
    measured_.latencies_ms.push_back(
        std::chrono::duration<double, std::milli>(done - flying.since).count());
  }

  const Options& options_;
  Orders& orders_;
  const int poll_ = ::epoll_create1(0);
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<Flying> flying_;
  std::vector<std::size_t> idle_;
  Clock::time_point from_;
  Clock::time_point until_;
  Measured measured_;
};

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
    if (name == "--single") options.single = true;
    if (name == "--watch") options.watched.push_back(std::atoi(value()));
    if (name == "--ask") options.ask = value();
    if (name == "--secret") options.secret = value();
    if (name == "--write-shop") options.write_shop = value();
  }
  return options;
}

/// The median time of one request after another, on one connection.
int ask(const Options& options) {
  constexpr int kWarmUp = 50;
  Connection connection(options.port);
  const std::string request = get(options.ask, options.secret);
  std::vector<double> latencies_ms;
  const auto until = Clock::now() + std::chrono::duration<double>(options.seconds);
  for (int i = 0; Clock::now() < until; ++i) {
    const auto since = Clock::now();
    connection.send(request);
    while (!connection.receive()) {}
    if (connection.status() != 200) return 1;
    connection.next();
    const std::chrono::duration<double, std::milli> took = Clock::now() - since;
    if (i >= kWarmUp) latencies_ms.push_back(took.count());
  }
  std::printf("%s\n", Json{{"median_ms", percentile(latencies_ms, 0.5)}}.dump().c_str());
  return latencies_ms.empty() ? 1 : 0;
}

int run(const Options& options) {
  Connection connection(options.port);
  Orders orders(connection, options.hot);
  const Measured measured = Driver(options, orders).drive();
  const std::size_t good = confirmed(options, measured.orders);
  const Json report{{"orders_per_s", static_cast<double>(good) / options.seconds},
                    {"acknowledged", measured.orders.size()},
                    {"confirmed", good},
                    {"refused", measured.refused},
                    {"median_ms", percentile(measured.latencies_ms, 0.5)},
                    {"p99_ms", percentile(measured.latencies_ms, 0.99)},
                    {"p999_ms", percentile(measured.latencies_ms, 0.999)},
                    {"made", measured.made},
                    {"watched_cpu_s", measured.watched_cpu},
                    {"generator_cpu_share", measured.cpu / options.seconds}};
  std::printf("%s\n", report.dump().c_str());
  return good == measured.orders.size() && good > 0 && measured.refused == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tandem::bench

int main(int count, char** arguments) {
  const auto options = tandem::bench::options_of(count, arguments);
  if (!options.ask.empty()) return tandem::bench::ask(options);
  if (options.write_shop.empty()) return tandem::bench::run(options);
  tandem::bench::write_shop(options.write_shop);
  return 0;
}
