// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which handler answers which request. A handler is a function from a request value to a response
// value, plain or a coroutine; it is called the same way from a socket and from a test. Routes are
// declared once, before the first request; afterwards a router is read by any number of threads.
//
//   Router app;
//   app.route("/v1/orders/{id}").get([](const Request& r) { return json(200, "{}"); });
//   app.handle({.target = "/v1/orders/7"}).status == 200

#include <array>
#include <concepts>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "http/request.hpp"
#include "http/response.hpp"
#include "tandem/base/result.hpp"

namespace tandem::http {

using PlainHandler = std::function<Response(const Request&)>;
using AsyncHandler = std::function<Awaitable<Response>(const Request&)>;
using Handler = std::variant<std::monostate, PlainHandler, AsyncHandler>;

/// One pattern and its methods. A plain handler must be quick: it runs on an I/O thread. The
/// request that a coroutine was given stays in place until it has answered.
class Route {
 public:
  template <class Function>
  Route& on(Method method, Function&& function) {
    using Answer = std::invoke_result_t<Function&, const Request&>;
    constexpr bool kAsync = std::same_as<Answer, Awaitable<Response>>;
    using Kind = std::conditional_t<kAsync, AsyncHandler, PlainHandler>;
    handlers_[static_cast<std::size_t>(method)] = Kind(std::forward<Function>(function));
    return *this;
  }
  Route& get(auto&& f) { return on(Method::get, std::forward<decltype(f)>(f)); }
  Route& post(auto&& f) { return on(Method::post, std::forward<decltype(f)>(f)); }
  Route& put(auto&& f) { return on(Method::put, std::forward<decltype(f)>(f)); }
  Route& patch(auto&& f) { return on(Method::patch, std::forward<decltype(f)>(f)); }
  Route& remove(auto&& f) { return on(Method::remove, std::forward<decltype(f)>(f)); }
  Route& options(auto&& f) { return on(Method::options, std::forward<decltype(f)>(f)); }

  /// The largest body, instead of the router's own limit.
  Route& body_bytes_max(std::size_t bytes) { return body_bytes_max_ = bytes, *this; }

  /// The media types of a body, instead of application/json.
  Route& accepts(std::vector<std::string> types) { return accepted_ = std::move(types), *this; }

 private:
  friend class Router;
  [[nodiscard]] const Handler* handler(Method method) const;
  [[nodiscard]] std::string allowed() const;
  [[nodiscard]] bool takes(const Request& request) const;

  std::array<Handler, kMethods> handlers_;
  std::optional<std::size_t> body_bytes_max_;
  std::vector<std::string> accepted_{"application/json"};
  std::vector<std::string> names_;  // of the parameters, in order
  std::string pattern_;
};

/// A request that may run, decided from its head alone: the body is still to come.
struct Admission {
  const Handler* handler = nullptr;
  std::size_t body_bytes_max = 0;
};

class Router {
 public:
  using Guard = std::function<std::optional<Response>(const Request&)>;
  using Finisher = std::function<void(const Request&, Response&)>;
  using Namer = std::function<std::string(const Request&)>;
  using Observer = std::function<void(const Request&, std::string_view what)>;

  static constexpr std::size_t kBodyBytesMax = std::size_t{1024} * 1024;

  explicit Router(std::size_t body_bytes_max = kBodyBytesMax);
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  /// The route of a pattern, made when it is new. `{name}` takes one segment, `{name...}` at the
  /// end takes all that are left, at least one. A literal goes before a parameter, both before a
  /// tail. A pattern that is not of this form is a programmer's error.
  Route& route(std::string_view pattern);

  /// What the routes take: each pattern with each method that it has a handler of its own for, in
  /// the order in which the patterns were declared.
  [[nodiscard]] std::vector<std::pair<std::string_view, Method>> routes() const;

  /// Guards see the head of every request, in the order they were added; the first that answers
  /// ends it. For credentials, origins and preflights.
  void guard(Guard guard) { guards_.push_back(std::move(guard)); }

  /// Gives every request its id, before anything judges it.
  void name_requests(Namer namer) { namer_ = std::move(namer); }

  /// Finishers see every answer, refusals of the listener as well. For headers that all must bear.
  void finish_with(Finisher finisher) { finishers_.push_back(std::move(finisher)); }

  /// Told of every exception that came out of a handler; the client only learns `internal`.
  void observe_failures(Observer observer) { observer_ = std::move(observer); }

  /// Answers a request value, waiting for a coroutine. For tests and tools, not for I/O threads.
  [[nodiscard]] Response handle(Request request) const;

  /// Parses the target and judges the head. Refuses, in this order: request_malformed (target),
  /// what a guard says, route_unknown, method_not_allowed, media_type_unsupported. The answer to
  /// OPTIONS comes this way too. It is not finished yet.
  [[nodiscard]] std::expected<Admission, Response> admit(Request& request) const;

  /// Runs an admitted handler that is plain; a coroutine is not run and nothing is returned.
  [[nodiscard]] std::optional<Response> answer_now(const Admission& admission,
                                                   const Request& request) const;

  /// Runs an admitted handler of either kind. Never throws.
  [[nodiscard]] Awaitable<Response> answer(const Admission& admission,
                                           const Request& request) const;

  /// Completes an answer: entity tags (304), the finishers, and HEAD without its content.
  void finish(const Request& request, Response& response) const;

 private:
  struct Node;
  struct Match;

  [[nodiscard]] Response failed(const Request& request, std::string_view what) const;

  std::size_t body_bytes_max_;
  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Route>> routes_;
  std::vector<Guard> guards_;
  std::vector<Finisher> finishers_;
  Namer namer_;
  Observer observer_;
};

}  // namespace tandem::http
