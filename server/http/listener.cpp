// SPDX-License-Identifier: Apache-2.0
#include "http/listener.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <mutex>

#include "http/as_tuple.hpp"
#include "http/session.hpp"

namespace tandem::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr std::size_t kTurnedAwayMax = 64;  // beyond the limit, so many are told why
constexpr std::chrono::milliseconds kAcceptPause{50};
constexpr std::chrono::milliseconds kSweepMax{250};

// Often enough that the shortest limit is kept within a quarter of itself.
std::chrono::milliseconds sweep_interval(const Limits& limits) {
  const auto shortest = std::min(
      {limits.head_timeout, limits.body_timeout, limits.write_timeout, limits.idle_timeout});
  return std::clamp(shortest / 4, std::chrono::milliseconds(2), kSweepMax);
}

std::string sentence(const Endpoint& endpoint, const ErrorCode& failure) {
  return "cannot listen on " + endpoint.address + " port " + std::to_string(endpoint.port) + ": " +
         failure.message();
}

std::expected<tcp::acceptor, std::string> bind(asio::io_context& io, const Endpoint& endpoint) {
  ErrorCode failure;
  const auto address = asio::ip::make_address(endpoint.address, failure);
  tcp::acceptor acceptor(io);
  const auto then = [&](auto&& step) {
    if (!failure) step();
  };
  const tcp::endpoint at(address, endpoint.port);
  then([&] { acceptor.open(at.protocol(), failure); });
  then([&] { acceptor.set_option(tcp::acceptor::reuse_address(true), failure); });
  if (address.is_v6()) {
    then([&] { acceptor.set_option(asio::ip::v6_only(!address.is_unspecified()), failure); });
  }
  then([&] { acceptor.bind(at, failure); });
  then([&] { acceptor.listen(asio::socket_base::max_listen_connections, failure); });
  if (failure) return std::unexpected(sentence(endpoint, failure));
  return acceptor;
}

// Only work that others post to the lane can throw here; the lane must survive it.
void run(asio::io_context& io) {
  while (!io.stopped()) {
    try {
      io.run();
    } catch (...) {
      continue;
    }
  }
}

Awaitable<void> sweep(Lane& lane, std::chrono::milliseconds interval) {
  for (;;) {
    lane.sweeper.expires_after(interval);
    const auto [failure] = co_await lane.sweeper.async_wait(kTuple);
    if (failure) co_return;
    const auto now = Clock::now();
    for (Session* session : lane.sessions) session->expire(now);
  }
}

}  // namespace

struct Listener::Impl {
  Impl(const Router& router, const ListenerOptions& options)
      : shared{router, options.limits, options.tls} {
    shared.connection_ended = [this] {
      if (!shared.stopping) return;
      const std::lock_guard lock(mutex);
      ended.notify_all();
    };
  }

  Awaitable<void> accept(tcp::acceptor& acceptor) {
    asio::steady_timer pause(lanes.front()->io);
    for (std::size_t turn = 0; !shared.stopping; ++turn) {
      Lane& lane = *lanes[turn % lanes.size()];
      auto [failure, socket] = co_await acceptor.async_accept(lane.io, kTuple);
      if (shared.stopping || failure == asio::error::operation_aborted) co_return;
      if (failure) {  // such as no descriptor left: wait until some connection has ended
        pause.expires_after(kAcceptPause);
        co_await pause.async_wait(kTuple);
        continue;
      }
      open(lane, std::move(socket));
    }
  }

  void open(Lane& lane, Socket socket) {
    const std::size_t before = shared.connections.fetch_add(1);
    const std::size_t most = shared.limits.connections_max;
    if (before >= most + kTurnedAwayMax) {
      shared.connections.fetch_sub(1);
      return;  // the socket closes itself
    }
    auto session = std::make_shared<Session>(shared, lane, std::move(socket));
    Session& opened = *session;
    asio::co_spawn(lane.io, before < most ? opened.run() : opened.turn_away(),
                   [session = std::move(session)](const std::exception_ptr&) {});
  }

  template <class Action>
  void on_every_session(Action action) {
    for (auto& lane : lanes) {
      asio::post(lane->io, [&lane = *lane, action] {
        for (Session* session : lane.sessions) action(*session);
      });
    }
  }

  bool wait_until_empty(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex);
    return ended.wait_for(lock, time, [this] { return shared.connections == 0; });
  }

  void join() {
    for (auto& lane : lanes) lane->io.stop();
    for (auto& lane : lanes) {
      if (lane->thread.joinable()) lane->thread.join();
    }
  }

  Shared shared;
  std::mutex mutex;
  std::condition_variable ended;
  std::vector<std::unique_ptr<Lane>> lanes;
  std::vector<tcp::acceptor> acceptors;  // on the first lane
  std::vector<std::uint16_t> ports;
};

std::expected<std::unique_ptr<Listener>, std::string> Listener::start(
    const Router& router, const ListenerOptions& options) {
  auto impl = std::make_unique<Impl>(router, options);
  const std::size_t threads =
      options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  for (std::size_t i = 0; i < threads; ++i) impl->lanes.push_back(std::make_unique<Lane>());
  for (const Endpoint& endpoint : options.endpoints) {
    auto acceptor = bind(impl->lanes.front()->io, endpoint);
    if (!acceptor) return std::unexpected(std::move(acceptor.error()));
    ErrorCode failure;
    impl->ports.push_back(acceptor->local_endpoint(failure).port());
    impl->acceptors.push_back(std::move(*acceptor));
  }
  for (tcp::acceptor& acceptor : impl->acceptors) {
    asio::co_spawn(impl->lanes.front()->io, impl->accept(acceptor), asio::detached);
  }
  for (auto& lane : impl->lanes) {
    asio::co_spawn(lane->io, sweep(*lane, sweep_interval(options.limits)), asio::detached);
    lane->thread = std::thread(run, std::ref(lane->io));
  }
  return std::unique_ptr<Listener>(new Listener(std::move(impl)));
}

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Listener::~Listener() {
  impl_->shared.stopping = true;
  impl_->join();
}

std::uint16_t Listener::port(std::size_t endpoint) const { return impl_->ports[endpoint]; }

std::size_t Listener::connections() const { return impl_->shared.connections; }

bool Listener::stop(std::chrono::milliseconds grace) {
  Impl& impl = *impl_;
  impl.shared.stopping = true;
  asio::post(impl.lanes.front()->io, [&impl] {
    ErrorCode ignored;
    for (tcp::acceptor& acceptor : impl.acceptors) acceptor.close(ignored);
  });
  impl.on_every_session([](Session& session) { session.stop(); });
  const bool graceful = impl.wait_until_empty(grace);
  if (!graceful) {
    impl.on_every_session([](Session& session) { session.close(); });
    impl.wait_until_empty(kSweepMax);
  }
  impl.join();
  return graceful;
}

}  // namespace tandem::http
