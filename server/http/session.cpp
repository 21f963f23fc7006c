// SPDX-License-Identifier: Apache-2.0
#include "http/session.hpp"

#include <algorithm>
#include <tuple>

#include "http/as_tuple.hpp"
#include "http/problem.hpp"

namespace tandem::http {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

constexpr std::size_t kBufferBytes = 4096;       // grows to the limit of a head when needed
constexpr std::size_t kBodyBufferBytes = std::size_t{16} * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Session::Session(Shared& shared, Lane& lane, Socket socket)
    : shared_(shared),
      lane_(lane),
      socket_(std::move(socket)),
      parser_(shared.limits, request_),
      buffer_(kBufferBytes),
      place_(lane.sessions.end()) {
  ErrorCode ignored;
  const auto peer = socket_.remote_endpoint(ignored);
  if (!ignored) request_.remote_address = peer.address().to_string();
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
  if (shared.tls) tls_.emplace(socket_, *shared.tls);
  request_.secured = tls_.has_value();
}

Session::~Session() {
  if (place_ != lane_.sessions.end()) lane_.sessions.erase(place_);
  shared_.connections.fetch_sub(1);
  shared_.connection_ended();
}

Awaitable<void> Session::run() {
  place_ = lane_.sessions.insert(lane_.sessions.end(), this);
  if (!co_await shake_hands()) co_return;
  for (Next next = Next::go_on; next == Next::go_on;) next = co_await serve_one();
  if (unread_ || tls_) co_await linger();
}

Awaitable<void> Session::turn_away() {
  place_ = lane_.sessions.insert(lane_.sessions.end(), this);
  if (!co_await shake_hands()) co_return;
  const auto limit = limit_of(shared_.limits.connections_max);
  Response too_many = problem(rejection(Reason::overloaded, "connections", limit));
  co_await send(std::move(too_many), false);
  co_await linger();
}

void Session::expire(Clock::time_point now) {
  if (now < deadline_) return;
  expired_ = true;
  deadline_ = Clock::time_point::max();
  ErrorCode ignored;
  socket_.cancel(ignored);
}

void Session::stop() {
  ErrorCode ignored;
  if (phase_ == Phase::idle || (phase_ == Phase::streaming && endless_)) socket_.cancel(ignored);
}

void Session::close() {
  ErrorCode ignored;
  socket_.close(ignored);
}

void Session::enter(Phase phase, std::chrono::milliseconds allowed) {
  phase_ = phase;
  expired_ = false;
  deadline_ = allowed.count() == 0 ? Clock::time_point::max() : Clock::now() + allowed;
}

// A handshake may take as long as the head of a request.
Awaitable<bool> Session::shake_hands() {
  if (!tls_) co_return true;
  enter(Phase::head, shared_.limits.head_timeout);
  const auto [failure] = co_await tls_->async_handshake(TlsStream::server, kTuple);
  co_return !failure && !expired_;
}

Awaitable<Session::Moved> Session::receive(asio::mutable_buffer room) {
  Moved moved;
  std::tie(moved.failure, moved.count) = co_await tls_->async_read_some(room, kTuple);
  co_return moved;
}

// Receives more bytes behind those that wait. False when there will be none: the client closed, the
// deadline passed or the server stops.
Awaitable<bool> Session::fill() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ == buffer_.size() && begin_ > 0) {
    std::copy(buffer_.data() + begin_, buffer_.data() + end_, buffer_.data());
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
  const auto room = asio::buffer(buffer_.data() + end_, buffer_.size() - end_);
  Moved moved;
  if (tls_) {
    moved = co_await receive(room);
  } else {
    std::tie(moved.failure, moved.count) = co_await socket_.async_read_some(room, kTuple);
  }
  end_ += moved.count;
  co_return !moved.failure && !expired_;
}

void Session::parse() { begin_ += parser_.feed({buffer_.data() + begin_, end_ - begin_}); }

// False when there is no request to answer: nothing came at all.
Awaitable<bool> Session::read_head() {
  parser_.restart();
  unread_ = false;
  if (begin_ == end_) {
    enter(Phase::idle, shared_.limits.idle_timeout);
    if (shared_.stopping) co_return false;
    if (!co_await fill()) co_return false;
  }
  enter(Phase::head, shared_.limits.head_timeout);
  parse();
  while (parser_.state() == RequestParser::State::head) {
    const bool more = co_await fill();
    if (!more) co_return expired_;
    parse();
  }
  co_return true;
}

Awaitable<bool> Session::read_body() {
  if (parser_.state() == RequestParser::State::refused) co_return true;
  if (buffer_.size() < kBodyBufferBytes) buffer_.resize(kBodyBufferBytes);
  enter(Phase::body, shared_.limits.body_timeout);
  if (parser_.expects_continue() && begin_ == end_) {
    if (!co_await write(kContinue, {})) co_return false;
    enter(Phase::body, shared_.limits.body_timeout);
  }
  parse();
  while (parser_.state() == RequestParser::State::body) {
    const bool more = co_await fill();
    if (!more) co_return expired_;
    parse();
  }
  co_return true;
}

// What is wrong with the request so far, if anything is.
std::optional<Response> Session::refusal(std::string_view part) const {
  if (expired_) return problem(rejection(Reason::request_timeout, std::string(part)));
  if (parser_.state() == RequestParser::State::refused) return problem(parser_.rejection());
  return std::nullopt;
}

Awaitable<Session::Next> Session::serve_one() {
  const bool has_request = co_await read_head();
  if (!has_request) co_return Next::close;
  std::optional<Response> refused = refusal("head");
  if (refused) co_return co_await send(std::move(*refused), false);

  auto admission = shared_.router.admit(request_);
  if (!admission) {
    const bool read_all = parser_.state() == RequestParser::State::complete;
    co_return co_await send(std::move(admission.error()), read_all && parser_.keep_alive());
  }
  if (parser_.state() == RequestParser::State::body) {
    parser_.limit_body(admission->body_bytes_max);
    const bool has_body = co_await read_body();
    if (!has_body) co_return Next::close;
    refused = refusal("body");
    if (refused) co_return co_await send(std::move(*refused), false);
  }
  enter(Phase::answering, {});
  std::optional<Response> now = shared_.router.answer_now(*admission, request_);
  if (now) co_return co_await send(std::move(*now), parser_.keep_alive());
  Response later = co_await shared_.router.answer(*admission, request_);
  co_return co_await send(std::move(later), parser_.keep_alive());
}

// Returns when the client has gone or the wait was canceled. What else it sends waits its turn.
Awaitable<void> Session::watch_client() {
  while (end_ < buffer_.size()) {
    const auto room = asio::buffer(buffer_.data() + end_, buffer_.size() - end_);
    Moved moved;
    if (tls_) {
      moved = co_await receive(room);
    } else {
      std::tie(moved.failure, moved.count) = co_await socket_.async_read_some(room, kTuple);
    }
    end_ += moved.count;
    if (!moved.failure) continue;
    client_gone_ = moved.failure != asio::error::operation_aborted;
    co_return;
  }
  co_await socket_.async_wait(Socket::wait_error, kTuple);
}

}  // namespace tandem::http
