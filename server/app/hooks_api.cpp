// SPDX-License-Identifier: Apache-2.0
// Operators' endpoints, kept up by the role admin: what is shown is shown without secrets, which
// are told once, when they are made.
#include <algorithm>

#include "app/catalog_access.hpp"
#include "app/hook_bodies.hpp"
#include "app/hook_jobs.hpp"
#include "app/hook_message.hpp"
#include "app/operations.hpp"
#include "app/preconditions.hpp"
#include "app/requests.hpp"
#include "app/services.hpp"
#include "commit/await.hpp"
#include "http/problem.hpp"
#include "http/text.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/event.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

using http::Request;
using http::Response;
using Endpoint = store::HookEndpoint;

constexpr std::size_t kEndpointsMax = 20;
constexpr std::int64_t kDeadMax = 200;
constexpr std::int64_t kSecretKeptMs = 24 * 3'600'000;

/// Refuses: value_unknown (an address that may not be called, an event that there is not).
Result<std::string> joined_events(const std::vector<std::string>& events, const std::string& url,
                                  const HookOptions& options) {
  if (!is_hook_url(url, options)) return reject(Reason::value_unknown, "/url");
  std::string joined;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& names = OneOf<Event>::names;
    if (std::ranges::find(names, events[i]) == names.end()) {
      return reject(Reason::value_unknown, "/events/" + std::to_string(i));
    }
    joined += (joined.empty() ? "" : " ") + events[i];
  }
  return joined;
}

Response one_hook(const Endpoint& endpoint) {
  Response response = http::json(200, canonical(shown_hook(endpoint)));
  response.headers.add("Cache-Control", "private, no-cache");
  response.headers.add("ETag", '"' + std::to_string(endpoint.version) + '"');
  return response;
}

Response made_hook(std::uint16_t status, const Endpoint& endpoint) {
  return http::json(status, canonical(HookMade{endpoint.secret, shown_hook(endpoint)}));
}

Rejection no_such_hook(const std::string& id) { return rejection(Reason::route_unknown, id); }

Result<Endpoint> find_hook(const Services& services, const Request& request) {
  const auto actor = catalog_right(request, services);
  if (!actor) return std::unexpected(actor.error());
  const std::string id(request.path_parameter("id"));
  const auto all = or_refusal(services.reads.hook_endpoints());
  if (!all) return std::unexpected(all.error());
  const auto found = std::ranges::find(*all, id, &Endpoint::id);
  if (found == all->end()) return std::unexpected(no_such_hook(id));
  return *found;
}

Response list_hooks(const Services& services, const Request& request) {
  const auto actor = catalog_right(request, services);
  if (!actor) return http::problem(actor.error());
  const auto all = or_refusal(services.reads.hook_endpoints());
  if (!all) return http::problem(all.error());
  HookList list;
  for (const Endpoint& endpoint : *all) list.webhooks.push_back(shown_hook(endpoint));
  return http::json(200, canonical(list));
}

Response read_hook(const Services& services, const Request& request) {
  const auto found = find_hook(services, request);
  return found ? one_hook(*found) : http::problem(found.error());
}

Awaitable<Response> make_hook(const Services& services, const Request& request) {
  const auto actor = catalog_right(request, services);
  if (!actor) co_return http::problem(actor.error());
  auto body = wire::decode<HookEndpointBody>(request.body);
  if (!body) co_return http::problem(body.error());
  const auto events = joined_events(body->events, body->url, services.options.hooks);
  if (!events) co_return http::problem(events.error());
  if (body->secret && !is_hook_secret(*body->secret)) {
    co_return http::problem(rejection(Reason::value_unknown, "/secret"));
  }
  Endpoint endpoint;
  endpoint.id = random_hex(8);
  endpoint.url = std::move(body->url);
  endpoint.events = *events;
  endpoint.secret = body->secret ? *std::move(body->secret) : new_hook_secret();
  endpoint.enabled = body->enabled;
  const HookChangeJob::Change change = [endpoint](
                                           const std::vector<Endpoint>& all, const Endpoint*,
                                           std::int64_t now_ms) -> Result<std::optional<Endpoint>> {
    if (all.size() >= kEndpointsMax) {
      return reject(Reason::size_exceeded, "webhooks", static_cast<std::int64_t>(kEndpointsMax));
    }
    Endpoint made = endpoint;
    made.created_ms = now_ms;
    return made;
  };
  auto job = std::make_shared<HookChangeJob>(services.reads, endpoint.id,
                                             actor->id.value_or("staff"), change);
  const commit::Outcome outcome = co_await commit::run(services.dispatcher.committer(), job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  co_return made_hook(201, *job->after);
}

/// Runs a change of what is there already.
Awaitable<commit::Outcome> change_hook(const Services& services, const Request& request,
                                       std::shared_ptr<HookChangeJob>& job,
                                       std::function<void(Endpoint&, std::int64_t now_ms)> alter,
                                       bool conditional) {
  const auto actor = catalog_right(request, services);
  if (!actor) co_return commit::Refused{actor.error()};
  const std::string id(request.path_parameter("id"));
  const Precondition seen = precondition_of(request);
  const HookChangeJob::Change change = [id, seen, alter, conditional](
                                           const std::vector<Endpoint>&, const Endpoint* before,
                                           std::int64_t now_ms) -> Result<std::optional<Endpoint>> {
    if (before == nullptr) return std::unexpected(no_such_hook(id));
    if (conditional) {
      auto ok = check_precondition(seen, std::to_string(before->version), id);
      if (!ok) return std::unexpected(std::move(ok.error()));
    }
    if (!alter) return std::optional<Endpoint>();
    Endpoint after = *before;
    alter(after, now_ms);
    return after;
  };
  job = std::make_shared<HookChangeJob>(services.reads, id, actor->id.value_or("staff"), change);
  std::shared_ptr<commit::Job> runs = job;
  co_return co_await commit::run(services.dispatcher.committer(), runs);
}

Awaitable<Response> put_hook(const Services& services, const Request& request) {
  auto body = wire::decode<HookChangeBody>(request.body);
  if (!body) co_return http::problem(body.error());
  const auto events = joined_events(body->events, body->url, services.options.hooks);
  if (!events) co_return http::problem(events.error());
  std::function<void(Endpoint&, std::int64_t)> alter = [body = *body, joined = *events](
                                                           Endpoint& endpoint, std::int64_t) {
    endpoint.url = body.url;
    endpoint.events = joined;
    endpoint.enabled = body.enabled;
    if (body.enabled) endpoint.why.clear();
  };
  std::shared_ptr<HookChangeJob> job;
  const commit::Outcome outcome =
      co_await change_hook(services, request, job, std::move(alter), true);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  co_return one_hook(*job->after);
}

Awaitable<Response> remove_hook(const Services& services, const Request& request) {
  std::shared_ptr<HookChangeJob> job;
  const commit::Outcome outcome = co_await change_hook(services, request, job, {}, true);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  Response response;
  response.status = 204;
  co_return response;
}

/// The secret before signs for a day more, so that the receiver can change over.
Awaitable<Response> roll_hook(const Services& services, const Request& request) {
  std::function<void(Endpoint&, std::int64_t)> alter = [](Endpoint& endpoint, std::int64_t now_ms) {
    endpoint.secret_before = std::exchange(endpoint.secret, new_hook_secret());
    endpoint.before_until_ms = now_ms + kSecretKeptMs;
  };
  std::shared_ptr<HookChangeJob> job;
  const commit::Outcome outcome =
      co_await change_hook(services, request, job, std::move(alter), false);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  co_return made_hook(200, *job->after);
}

Awaitable<Response> replay_hook(const Services& services, const Request& request) {
  const auto found = find_hook(services, request);
  if (!found) co_return http::problem(found.error());
  const auto body = wire::decode<HookReplayBody>(request.body);
  if (!body) co_return http::problem(body.error());
  if (body->from_ms > body->to_ms) {
    co_return http::problem(rejection(Reason::number_out_of_range, "/to_ms"));
  }
  store::HookReplay replay{.endpoint = found->id, .from_ms = body->from_ms, .to_ms = body->to_ms};
  std::shared_ptr<commit::Job> job = std::make_shared<HookReplayJob>(std::move(replay));
  const commit::Outcome outcome = co_await commit::run(services.dispatcher.committer(), job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  Response response;
  response.status = 202;
  co_return response;
}

Response list_dead(const Services& services, const Request& request) {
  const auto found = find_hook(services, request);
  if (!found) return http::problem(found.error());
  const auto after = number(request.query_value("after").value_or("0"));
  if (!after) return http::problem(rejection(Reason::value_unknown, "after"));
  const auto rows = or_refusal(services.reads.hooks_dead(found->id, *after, kDeadMax));
  if (!rows) return http::problem(rows.error());
  DeadHooks list;
  for (const store::HookMessage& row : *rows) {
    list.messages.push_back({.at_ms = row.at_ms,
                             .attempts = row.attempts,
                             .error = row.last_error,
                             .n = row.hook_no,
                             .order_no = row.order_no,
                             .ordering = row.ordering,
                             .version = row.version});
  }
  return http::json(200, canonical(list));
}

}  // namespace

HookShown shown_hook(const Endpoint& endpoint) {
  HookShown shown{.created_ms = endpoint.created_ms,
                  .enabled = endpoint.enabled,
                  .events = {},
                  .id = endpoint.id,
                  .url = endpoint.url,
                  .version = endpoint.version,
                  .why = endpoint.why};
  std::string_view rest = endpoint.events;
  while (!rest.empty()) shown.events.emplace_back(http::cut(rest, ' '));
  return shown;
}

store::AuditRow hook_audit(std::string actor, std::int64_t at_ms, const Endpoint* before,
                           const Endpoint* after) {
  store::AuditRow row{.at_ms = at_ms, .actor = std::move(actor), .what = "webhook"};
  row.subject = before != nullptr ? before->id : after->id;
  if (before != nullptr) row.before = sha256(canonical(shown_hook(*before)));
  if (after != nullptr) row.after = sha256(canonical(shown_hook(*after)));
  return row;
}

void add_hook_routes(http::Router& router, const Services& services) {
  const std::string one = "/v1/staff/webhooks/{id}";
  router.route("/v1/staff/webhooks")
      .get([&services](const Request& request) { return list_hooks(services, request); })
      .post([&services](const Request& request) { return make_hook(services, request); });
  router.route(one)
      .get([&services](const Request& request) { return read_hook(services, request); })
      .put([&services](const Request& request) { return put_hook(services, request); })
      .remove([&services](const Request& request) { return remove_hook(services, request); });
  router.route(one + "/secret").post([&services](const Request& request) {
    return roll_hook(services, request);
  });
  router.route(one + "/replay").post([&services](const Request& request) {
    return replay_hook(services, request);
  });
  router.route(one + "/dead").get([&services](const Request& request) {
    return list_dead(services, request);
  });
}

Operations hook_operations() {
  const std::string one = "/v1/staff/webhooks/{id}";
  const Message shown{"Webhook", &type_of<HookShown>};
  const Message made{"WebhookMade", &type_of<HookMade>};
  const std::vector<Reason> unknown{Reason::role_forbids, Reason::route_unknown};
  std::vector<Reason> conditional = unknown;
  conditional.insert(conditional.end(), {Reason::precondition_required, Reason::version_stale});
  return {
      {.id = "list_webhooks",
       .pattern = "/v1/staff/webhooks",
       .summary = "The endpoints that are told of orders, for the role admin.",
       .credentials = Credentials::staff,
       .successes = {{.message = {"WebhookList", &type_of<HookList>}}},
       .refusals = {Reason::role_forbids}},
      {.id = "make_webhook",
       .method = http::Method::post,
       .pattern = "/v1/staff/webhooks",
       .summary = "Makes an endpoint and tells its secret, once.",
       .credentials = Credentials::staff,
       .body = {"NewWebhook", &type_of<HookEndpointBody>},
       .successes = {{.status = 201, .message = made}},
       .refusals = {Reason::role_forbids}},
      {.id = "read_webhook",
       .pattern = one,
       .summary = "One endpoint, without its secret.",
       .credentials = Credentials::staff,
       .headers = {"If-None-Match"},
       .successes = {{.message = shown}},
       .refusals = unknown},
      {.id = "put_webhook",
       .method = http::Method::put,
       .pattern = one,
       .summary = "Changes an endpoint.",
       .credentials = Credentials::staff,
       .headers = {"If-Match"},
       .body = {"WebhookChange", &type_of<HookChangeBody>},
       .successes = {{.message = shown}},
       .refusals = conditional},
      {.id = "remove_webhook",
       .method = http::Method::remove,
       .pattern = one,
       .summary = "Removes an endpoint, with what it was not told yet.",
       .credentials = Credentials::staff,
       .headers = {"If-Match"},
       .successes = {{.status = 204, .media_type = {}}},
       .refusals = conditional},
      {.id = "roll_webhook_secret",
       .method = http::Method::post,
       .pattern = one + "/secret",
       .summary = "A new secret, told once; the one before signs too for a day.",
       .credentials = Credentials::staff,
       .successes = {{.message = made}},
       .refusals = unknown},
      {.id = "replay_webhook",
       .method = http::Method::post,
       .pattern = one + "/replay",
       .summary = "Sends once more what happened in a span of time and has ended.",
       .credentials = Credentials::staff,
       .body = {"WebhookReplay", &type_of<HookReplayBody>},
       .successes = {{.status = 202, .media_type = {}}},
       .refusals = unknown},
      {.id = "list_dead_messages",
       .pattern = one + "/dead",
       .summary = "Messages that are no longer tried, up to 200.",
       .credentials = Credentials::staff,
       .query = {{"after", "The last message's n that is known."}},
       .successes = {{.message = {"DeadMessages", &type_of<DeadHooks>}}},
       .refusals = {Reason::role_forbids, Reason::route_unknown, Reason::value_unknown}},
  };
}

}  // namespace tandem::app
