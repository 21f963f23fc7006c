// SPDX-License-Identifier: Apache-2.0
// Load on a server: whole orders over HTTP from a process of its own. An order counts when a later
// GET shows it as `order`.
//
//   load --write-shop DIR                          writes a shop of 300 products to import
//   load --port 8080 --connections 64 --seconds 30             an order is one request
//   load --port 8080 --single                                  … is a guest's whole checkout
//   load --port 8080 --hot                                     one product is in every order
#include <sys/epoll.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "load_orders.hpp"

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
  std::string write_shop;
};

/// Processor time of this process.
double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Made {
  std::string id;
  std::string secret;
};

/// Everything acknowledged while it was measured, with its latency.
struct Measured {
  std::vector<Made> orders;
  std::vector<double> latencies_ms;
  std::int64_t refused = 0;
  double cpu = 0;
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
    double sent = 0;
    for (auto now = start; now < until_; now = Clock::now()) {
      if (cpu_from < 0 && now >= from_) cpu_from = cpu_seconds();
      const double passed_s = std::chrono::duration<double>(now - start).count();
      const double due = options_.rate > 0 ? options_.rate * passed_s : 1e18;
      for (; !idle_.empty() && sent < due; ++sent) begin();
      take_answers();
    }
    measured_.cpu = cpu_seconds() - cpu_from;
    return std::move(measured_);
  }

 private:
  struct Flying {
    Checkout checkout;
    Clock::time_point since;
  };

  static Clock::duration seconds(double value) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(value));
  }

  void begin() {
    const std::size_t i = idle_.back();
    idle_.pop_back();
    Flying& flying = flying_[i];
    flying.checkout = options_.single ? orders_.single_requests() : orders_.one_request();
    flying.since = Clock::now();
    connections_[i]->send(flying.checkout.begin());
  }

  void take_answers() {
    std::array<epoll_event, 256> events;
    const int ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 1);
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
    if (!checkout.failed) count(flying_[i]);
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
    if (name == "--write-shop") options.write_shop = value();
  }
  return options;
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
                    {"generator_cpu_share", measured.cpu / options.seconds}};
  std::printf("%s\n", report.dump().c_str());
  return good == measured.orders.size() && good > 0 && measured.refused == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tandem::bench

int main(int count, char** arguments) {
  const auto options = tandem::bench::options_of(count, arguments);
  if (options.write_shop.empty()) return tandem::bench::run(options);
  tandem::bench::write_shop(options.write_shop);
  return 0;
}
