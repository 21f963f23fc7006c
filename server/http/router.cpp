// SPDX-License-Identifier: Apache-2.0
#include "http/router.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cassert>
#include <exception>
#include <map>
#include <span>

#include "http/negotiation.hpp"
#include "http/problem.hpp"
#include "http/target.hpp"

namespace tandem::http {

// A tree of segments. Every node is reached by one way of reading the path so far.
struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  Route* route = nullptr;  // of the pattern that ends here
  Route* tail = nullptr;   // of the pattern that takes all that follows
};

struct Router::Match {
  const Route* route = nullptr;
  std::array<std::string_view, Segments::kMax> taken;
  std::size_t taken_count = 0;

  // Tries literals, then a parameter, then a tail; a way that leads nowhere is taken back.
  bool find(const Node& node, std::span<const std::string_view> rest) {
    if (rest.empty()) return (route = node.route) != nullptr;
    const auto literal = node.literals.find(rest.front());
    if (literal != node.literals.end() && find(*literal->second, rest.subspan(1))) return true;
    if (rest.front().empty()) return false;
    const std::size_t taken_before = taken_count;
    taken[taken_count++] = rest.front();
    if (node.parameter && find(*node.parameter, rest.subspan(1))) return true;
    taken_count = taken_before;
    if (node.tail == nullptr) return false;
    route = node.tail;
    const std::string_view last = rest.back();  // all segments are views into one path
    const auto size = std::distance(rest.front().begin(), last.end());
    taken[taken_count++] = std::string_view(rest.front().begin(), rest.front().begin() + size);
    return true;
  }
};

namespace {

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}');
}

bool announces_body(const Request& request) {
  const auto length = request.headers.get("Content-Length");
  return !request.body.empty() || request.headers.contains("Transfer-Encoding") ||
         (length && *length != "0");
}

Response method_refused(const Request& request, const std::string& allowed) {
  Response response;
  if (request.method == Method::options) {
    response.status = 204;
  } else {
    response = problem(rejection(Reason::method_not_allowed));
  }
  if (!allowed.empty()) response.headers.set("Allow", allowed);
  return response;
}

// Turns an answer that the client has already into 304 and its headers.
void drop_if_known(const Request& request, Response& response) {
  if (response.status != 200) return;
  if (request.method != Method::get && request.method != Method::head) return;
  const auto entity_tag = response.headers.get("ETag");
  const auto known = request.headers.get("If-None-Match");
  if (!entity_tag || !known || !names_entity_tag(*known, *entity_tag)) return;
  response.status = 304;
  response.body.clear();
  response.shared.reset();
  response.stream = nullptr;
  response.headers.remove("Content-Type");
  response.headers.remove("Content-Encoding");
}

}  // namespace

const Handler* Route::handler(Method method) const {
  if (method == Method::unknown) return nullptr;
  const Handler* found = &handlers_[static_cast<std::size_t>(method)];
  if (found->index() == 0 && method == Method::head) {
    found = &handlers_[static_cast<std::size_t>(Method::get)];
  }
  return found->index() == 0 ? nullptr : found;
}

std::string Route::allowed() const {
  std::string out;
  for (std::size_t i = 0; i < kMethods; ++i) {
    const auto method = static_cast<Method>(i);
    if (method != Method::options && handler(method) == nullptr) continue;
    if (!out.empty()) out += ", ";
    out += name(method);
  }
  return out;
}

bool Route::takes(const Request& request) const {
  if (accepted_.empty()) return true;
  const auto coding = request.headers.get("Content-Encoding");
  if (coding && !equals_ignoring_case(*coding, "identity")) return false;
  const auto type = request.headers.get("Content-Type");
  if (!type) return !announces_body(request);
  return std::ranges::any_of(accepted_, [&](const std::string& accepted) {
    return equals_ignoring_case(accepted, media_type(*type));
  });
}

Router::Router(std::size_t body_bytes_max)
    : body_bytes_max_(body_bytes_max), root_(std::make_unique<Node>()) {}

Router::~Router() = default;

Route& Router::route(std::string_view pattern) {
  assert(pattern.starts_with('/'));
  Node* node = root_.get();
  Route** place = nullptr;
  std::vector<std::string> names;
  std::string_view rest = pattern.substr(1);
  for (bool last = false; !last;) {
    last = rest.find('/') == std::string_view::npos;
    const std::string_view segment = cut(rest, '/');
    if (!is_parameter(segment)) {
      auto& next = node->literals[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
      continue;
    }
    std::string_view name = segment.substr(1, segment.size() - 2);
    if (name.ends_with("...")) {
      assert(last && name.size() > 3);
      name.remove_suffix(3);
      place = &node->tail;
    } else {
      if (!node->parameter) node->parameter = std::make_unique<Node>();
      node = node->parameter.get();
    }
    names.emplace_back(name);
  }
  if (place == nullptr) place = &node->route;
  if (*place == nullptr) {
    *place = routes_.emplace_back(std::make_unique<Route>()).get();
    (*place)->names_ = names;
    (*place)->pattern_ = pattern;
  }
  assert((*place)->names_ == names);
  return **place;
}

std::vector<std::pair<std::string_view, Method>> Router::routes() const {
  std::vector<std::pair<std::string_view, Method>> all;
  for (const auto& route : routes_) {
    for (std::size_t i = 0; i < kMethods; ++i) {
      if (route->handlers_[i].index() == 0) continue;
      all.emplace_back(route->pattern_, static_cast<Method>(i));
    }
  }
  return all;
}

std::expected<Admission, Response> Router::admit(Request& request) const {
  request.begun = std::chrono::steady_clock::now();
  if (namer_) request.id = namer_(request);
  Segments segments;
  if (!parse_target(request, segments)) {
    return std::unexpected(problem(rejection(Reason::request_malformed, "target")));
  }
  Match match;
  const bool found = match.find(*root_, segments.all());
  if (found) request.route = match.route->pattern_;
  for (std::size_t i = 0; found && i < match.taken_count; ++i) {
    request.path_parameters.push_back({match.route->names_[i], std::string(match.taken[i])});
  }
  for (const Guard& guard : guards_) {
    if (auto answer = guard(request)) return std::unexpected(std::move(*answer));
  }
  if (!found && request.path == "*") return std::unexpected(method_refused(request, {}));
  if (!found) return std::unexpected(problem(rejection(Reason::route_unknown)));

  const Route& route = *match.route;
  const Handler* handler = route.handler(request.method);
  if (handler == nullptr) return std::unexpected(method_refused(request, route.allowed()));
  if (!route.takes(request)) {
    return std::unexpected(problem(rejection(Reason::media_type_unsupported)));
  }
  return Admission{handler, route.body_bytes_max_.value_or(body_bytes_max_)};
}

std::optional<Response> Router::answer_now(const Admission& admission,
                                           const Request& request) const {
  const auto* handler = std::get_if<PlainHandler>(admission.handler);
  if (handler == nullptr) return std::nullopt;
  try {
    return (*handler)(request);
  } catch (const std::exception& error) {
    return failed(request, error.what());
  } catch (...) {
    return failed(request, "unknown exception");
  }
}

Awaitable<Response> Router::answer(const Admission& admission, const Request& request) const {
  if (auto response = answer_now(admission, request)) co_return std::move(*response);
  std::string what = "unknown exception";
  try {
    co_return co_await std::get<AsyncHandler> (*admission.handler)(request);
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {}
  co_return failed(request, what);
}

Response Router::handle(Request request) const {
  auto response = [&]() -> Response {
    auto admission = admit(request);
    if (!admission) return std::move(admission.error());
    if (request.body.size() > admission->body_bytes_max) {
      const auto limit = static_cast<std::int64_t>(admission->body_bytes_max);
      return problem(rejection(Reason::size_exceeded, {}, limit));
    }
    if (auto now = answer_now(*admission, request)) return std::move(*now);
    boost::asio::io_context waiting;
    const auto work = boost::asio::make_work_guard(waiting);  // the answer may come from elsewhere
    Response later;
    boost::asio::co_spawn(waiting, answer(*admission, request),
                          [&](const std::exception_ptr&, Response answered) {
                            later = std::move(answered);
                            waiting.stop();
                          });
    waiting.run();
    return later;
  }();
  finish(request, response);
  return response;
}

void Router::finish(const Request& request, Response& response) const {
  drop_if_known(request, response);
  for (const Finisher& finisher : finishers_) finisher(request, response);
  if (request.method != Method::head || response.stream) return;
  response.content_length = response.content().size();
  response.body.clear();
  response.shared.reset();
}

Response Router::failed(const Request& request, std::string_view what) const {
  if (observer_) observer_(request, what);
  return problem(rejection(Reason::internal));
}

}  // namespace tandem::http
