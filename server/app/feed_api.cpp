// SPDX-License-Identifier: Apache-2.0
// Event streams: of one order, for its customer or for staff, and of all orders for staff. A stream
// reads the store from where its client stopped; what wakes it is only a hint.
#include <boost/asio/this_coro.hpp>

#include "app/operations.hpp"
#include "app/requests.hpp"
#include "app/services.hpp"
#include "http/event_stream.hpp"
#include "http/problem.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app {

/// One commit of one order, as staff may see it.
struct FeedEvent {
  std::vector<Disclosed> events;
  std::string order;
  std::int64_t order_no = 0;
  std::int64_t version = 0;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::FeedEvent> {
  using E = app::FeedEvent;
  static constexpr std::array list{required<&E::events>("events"), required<&E::order>("order"),
                                   required<&E::order_no>("order_no"),
                                   required<&E::version>("version")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::chrono::seconds kHeartbeat{15};
constexpr std::int64_t kRowsAtOnce = 50;

/// A stream's place among those who are told; it leaves when the response is gone.
class Ear {
 public:
  Ear(Feed& feed, std::int64_t order_no, const std::optional<store::Digest>& session)
      : feed_(feed), keys_{order_no} {
    if (session) keys_.push_back(Feed::key_of_session(*session));
  }
  Ear(const Ear&) = delete;
  Ear& operator=(const Ear&) = delete;
  ~Ear() {
    if (!listener_) return;
    listener_->close();
    for (const std::int64_t key : keys_) feed_.leave(key, listener_);
  }

  /// Before the store is read for the first time, so that nothing falls in between.
  Awaitable<void> open() {
    if (listener_) co_return;
    auto executor = co_await boost::asio::this_coro::executor;
    listener_ = std::make_shared<Mailbox<bool>>(executor);
    for (const std::int64_t key : keys_) feed_.listen(key, listener_);
  }
  Awaitable<void> wait() { co_await listener_->wait(kHeartbeat); }

 private:
  Feed& feed_;
  std::vector<std::int64_t> keys_;
  Feed::Listener listener_;
};

/// What the stream of one order keeps between its chunks.
struct Following {
  const Services& services;
  std::int64_t order_no;
  std::int64_t after;
  Audience audience;
  Watch watch;
  Ear ear{services.feed, order_no, watch.session};
};

Awaitable<std::optional<std::string>> next_of_order(std::shared_ptr<Following> following) {
  const Services& services = following->services;
  co_await following->ear.open();
  auto head = services.reads.order(following->order_no);
  if (head && *head && (*head)->version <= following->after) {
    co_await following->ear.wait();
    head = services.reads.order(following->order_no);
  }
  if (!head || !*head) co_return std::nullopt;
  if (!following->watch.still_may()) co_return std::nullopt;
  if ((*head)->version <= following->after) co_return std::string(http::kHeartbeat);
  const auto news = events_json(services, **head, following->after, following->audience);
  if (!news) co_return std::nullopt;
  following->after = news->version;
  const std::string id = std::to_string(news->version);
  co_return http::event_text({.id = id, .event = "order", .data = news->text});
}

Response order_events(const Services& services, const Request& request,
                      const store::OrderHead& head, Audience audience) {
  const auto accept = request.headers.get("Accept");
  const bool streams = accept && accept->find("text/event-stream") != std::string_view::npos;
  std::int64_t after = number(request.query_value("after").value_or("")).value_or(0);
  if (!streams) {
    auto news = events_json(services, head, after, audience);
    if (!news) return http::problem(news.error());
    return http::json(200, std::move(news->text));
  }
  after = number(request.headers.get("Last-Event-ID").value_or("")).value_or(after);
  Watch watch = audience == Audience::staff ? staff_watch(request, services)
                                            : customer_watch(request, head, services);
  auto following =
      std::make_shared<Following>(services, head.order_no, after, audience, std::move(watch));
  return http::event_stream([following] { return next_of_order(following); });
}

std::string id_of(const store::FeedPosition& at) {
  return std::to_string(at.batch) + '-' + std::to_string(at.n);
}

std::optional<store::FeedPosition> position_of(std::string_view id) {
  const std::size_t dash = id.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto batch = number(id.substr(0, dash));
  const auto n = number(id.substr(dash + 1));
  if (!batch || !n) return std::nullopt;
  return store::FeedPosition{*batch, *n};
}

/// What the stream of all orders keeps between its chunks.
struct FollowingAll {
  const Services& services;
  store::FeedPosition after;
  bool greets;  // the client has no position yet
  Watch watch;
  Ear ear{services.feed, Feed::kEveryOrder, watch.session};
};

/// Nothing when the store does not answer; an empty text for an order that was removed since.
std::optional<std::string> event_of(const Services& services, const store::FeedRow& row) {
  const auto head = services.reads.order(row.order_no);
  if (head && !*head) return std::string();
  const auto events =
      services.reads.events(row.order_no, row.from_version, row.version - row.from_version);
  const auto parts = services.reads.parts(row.order_no);
  if (!head || !*head || !events || !parts) return std::nullopt;
  FeedEvent event{.order = (*head)->order_id, .order_no = row.order_no, .version = row.version};
  disclose(event.events, *events, *parts, Audience::staff);
  const std::string id = id_of(row.at);
  const std::string data = canonical(event);
  return http::event_text({.id = id, .event = "order", .data = data});
}

Awaitable<std::optional<std::string>> next_of_all(std::shared_ptr<FollowingAll> following) {
  const Services& services = following->services;
  co_await following->ear.open();
  if (std::exchange(following->greets, false)) {
    // Where it begins, so that a client that is cut off before the first event loses none.
    const std::string id = id_of(following->after);
    co_return http::event_text({.id = id, .event = "position", .data = "{}"});
  }
  auto rows = services.reads.feed(following->after, kRowsAtOnce);
  if (rows && rows->empty()) {
    co_await following->ear.wait();
    rows = services.reads.feed(following->after, kRowsAtOnce);
  }
  if (!rows || !following->watch.still_may()) co_return std::nullopt;
  if (rows->empty()) co_return std::string(http::kHeartbeat);
  std::string chunk;
  for (const store::FeedRow& row : *rows) {
    const auto text = event_of(services, row);
    if (!text) co_return std::nullopt;  // the client comes again and goes on where it was
    chunk += *text;
    following->after = row.at;
  }
  co_return chunk.empty() ? std::string(http::kHeartbeat) : chunk;
}

Response all_events(const Services& services, const Request& request) {
  const auto actor = staff_right(request, services);
  if (!actor) return http::problem(actor.error());
  const auto end = or_refusal(services.reads.feed_end());
  if (!end) return http::problem(end.error());
  store::FeedPosition after = *end;
  const auto last = request.headers.get("Last-Event-ID");
  if (last) {
    const auto position = position_of(*last);
    // One that was never given is of another database, or of this one before it was restored.
    if (!position || *position > *end) {
      return http::problem(rejection(Reason::value_unknown, "last_event_id"));
    }
    after = *position;
  }
  auto following =
      std::make_shared<FollowingAll>(services, after, !last, staff_watch(request, services));
  return http::event_stream([following] { return next_of_all(following); });
}

}  // namespace

void add_feed_routes(http::Router& router, const Services& services) {
  router.route("/v1/orders/{id}/events").get([&services](const Request& request) {
    const auto head = readable_order(request, services);
    if (!head) return http::problem(head.error());
    return order_events(services, request, *head, Audience::customer);
  });
  router.route("/v1/staff/orders/{id}/events").get([&services](const Request& request) {
    const auto actor = staff_right(request, services);
    if (!actor) return http::problem(actor.error());
    const auto head = staff_order(request, services);
    if (!head) return http::problem(head.error());
    return order_events(services, request, *head, Audience::staff);
  });
  router.route("/v1/staff/events").get([&services](const Request& request) {
    return all_events(services, request);
  });
}

Operations feed_operations() {
  const std::vector<Success> events{{.message = {"Answer", &type_of<sync::Answer>}},
                                    {.media_type = "text/event-stream"}};
  const QueryField after{"after", "The version that is known; 0 without it."};
  return {
      {.id = "read_events",
       .pattern = "/v1/orders/{id}/events",
       .summary = "The records after a version; as text/event-stream a feed.",
       .credentials = Credentials::customer,
       .query = {after},
       .headers = {"Last-Event-ID"},
       .successes = events},
      {.id = "read_events_as_staff",
       .pattern = "/v1/staff/orders/{id}/events",
       .summary = "The same with the parts that are for staff.",
       .credentials = Credentials::staff,
       .query = {after},
       .headers = {"Last-Event-ID"},
       .successes = events,
       .refusals = {Reason::order_unknown}},
      {.id = "follow_orders",
       .pattern = "/v1/staff/events",
       .summary = "Every commit of every order, as a stream.",
       .credentials = Credentials::staff,
       .headers = {"Last-Event-ID"},
       .successes = {{.media_type = "text/event-stream"}},
       .refusals = {Reason::value_unknown}},
  };
}

}  // namespace tandem::app
