// SPDX-License-Identifier: Apache-2.0
#pragma once
// What every route works with, and how a route is a plain function of it. The application makes
// one; it outlives the routes.

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/answers.hpp"
#include "app/dispatcher.hpp"
#include "app/hooks.hpp"
#include "app/identity_token.hpp"
#include "app/keyed.hpp"
#include "app/limits.hpp"
#include "app/post.hpp"
#include "app/worker.hpp"
#include "http/address.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "http/router.hpp"
#include "payment/demo.hpp"
#include "payment/stripe/stripe.hpp"
#include "store/store.hpp"

namespace tandem::app {

struct Options {
  SigningKey key{};          // signs pages and webhooks, hashes addresses
  std::string core_version;  // SHA-256 of the shipped tandem.wasm
  std::string core_folder;   // holds tandem.wasm and tandem.js; empty: none is served
  std::string page_folder;   // the shop page; empty: none
  bool demo_provider = false;
  bool demo_captures_at_once = false;
  std::int64_t demo_later_ms = 5'000;    // until "pending, then captured" is captured
  /// None: not connected. The shop's key is put in its place.
  std::optional<payment::stripe::StripeOptions> stripe;
  std::string return_url = "/#/order";   // where the customer comes back to from a payment page
  std::vector<std::string> allowed_origins;  // other origins that may use the API
  std::int64_t history_max = 10'000;
  std::size_t remembered_orders = 1'024;
  std::chrono::milliseconds place_patience{5'000};
  std::chrono::milliseconds feed_every{200};  // how often other nodes' commits are looked for
  std::chrono::milliseconds key_patience{2'000};  // while another node works on the same key
  commit::CommitterOptions committer;
  WorkerOptions worker;
  Calls::Limits calls;
  LimitOptions limits;
  HookOptions hooks;
  http::Networks trusted_proxies;  // whose word about the client counts
  std::int64_t staff_idle_ms = 3'600'000;       // a session that is not used ends
  std::int64_t staff_session_ms = 43'200'000;   // and every one at last
  std::int64_t customer_idle_ms = 1'209'600'000;     // the same of customers: two weeks,
  std::int64_t customer_session_ms = 7'776'000'000;  // and ninety days
  IdentityOptions identity;  // of the site that embeds the shop
  PostOptions post;          // mails; without a mailer they wait
  /// Told of every answer as a line of JSON without personal data; `failed`: of the server's
  /// making.
  std::function<void(bool failed, std::string line)> log_request;
  /// Puts a provider that can fail in the demo provider's place; it answers to the same name.
  std::function<std::unique_ptr<payment::Provider>(std::unique_ptr<payment::Provider>)> stand_in;
  Log log = [](std::string_view) {};
};

struct Services {
  const Options& options;
  store::Store& store;
  store::Reads& reads;
  Catalog& catalog;
  OrderMemory& memory;
  Feed& feed;
  Dispatcher& dispatcher;
  const JobTools& tools;
  const payment::Providers& providers;
  Calls& calls;
  Calls& passwords;  // apart and few, for the memory that each takes
  Limits& limits;
  const Post& post;
  payment::Demo* demo;  // null: switched off
  payment::stripe::Stripe* stripe;  // null: not connected
};

template <class T>
using Awaitable = boost::asio::awaitable<T>;

// The routes, by the file they stand in.
void add_order_routes(http::Router& router, const Services& services);
void add_feed_routes(http::Router& router, const Services& services);
void add_catalog_routes(http::Router& router, const Services& services);
void add_staff_routes(http::Router& router, const Services& services);
void add_receipt_routes(http::Router& router, const Services& services);
void add_stock_routes(http::Router& router, const Services& services);
void add_payment_routes(http::Router& router, const Services& services);
void add_stripe_routes(http::Router& router, const Services& services);
void add_return_route(http::Router& router, const Services& services);
void add_session_routes(http::Router& router, const Services& services);
void add_preview_route(http::Router& router, const Services& services);
void add_hook_routes(http::Router& router, const Services& services);
void add_customer_session_routes(http::Router& router, const Services& services);
void add_sign_in_link_routes(http::Router& router, const Services& services);
void add_customer_routes(http::Router& router, const Services& services);
void add_privacy_routes(http::Router& router, const Services& services);
void add_unsubscribe_route(http::Router& router, const Services& services);

/// With what a request may act on an order as its customer: the digest of its secret, the account
/// that is signed in, or both.
struct OrderRight {
  std::optional<store::Digest> secret_hash{};
  std::optional<std::string> account{};
};

/// Refuses: unauthorized (no credential at all), origin_forbidden (a cookie from another page), for
/// an account without the order's secret csrf_token_invalid.
[[nodiscard]] Result<OrderRight> order_right(const http::Request& request,
                                             std::string_view order_id, const Services& services);

/// The secret in the order's cookie, whatever its name's prefix.
[[nodiscard]] std::optional<std::string_view> order_cookie(const http::Request& request,
                                                           std::string_view order_id);

/// The digest of another order's secret, where a request sends one along: for commands that name
/// it.
[[nodiscard]] std::optional<store::Digest> other_right(const http::Request& request);

/// The head of an order that the request's customer may read; unknown and foreign orders are told
/// the same: order_unknown.
[[nodiscard]] Result<store::OrderHead> readable_order(const http::Request& request,
                                                      const Services& services);

/// The head of the order that a staff request names, by its number or by its id. Refuses:
/// order_unknown.
[[nodiscard]] Result<store::OrderHead> staff_order(const http::Request& request,
                                                   const Services& services);

/// Who of the staff sends a request: by its API key, or by the cookie of a session. Refuses, in
/// this order: unauthorized; for a session that changes something origin_forbidden (not from a page
/// of this origin) and csrf_token_invalid.
[[nodiscard]] Result<Actor> staff_right(const http::Request& request, const Services& services);

/// Whether a right still stands, for streams that outlive the moment they were asked for. To look
/// is no use of a session: a page that is only left open does not keep it alive.
struct Watch {
  std::function<bool()> still_may;
  std::optional<store::Digest> session{};  // whose end the stream is told of
};
[[nodiscard]] Watch staff_watch(const http::Request& request, const Services& services);
/// The same of who may read an order: by its secret for ever, else as long as the session.
[[nodiscard]] Watch customer_watch(const http::Request& request, const store::OrderHead& head,
                                   const Services& services);

/// Who a request comes from, and as what limits count it.
[[nodiscard]] http::Client client_of(const http::Request& request, const Options& options);
[[nodiscard]] Source source_of(const http::Request& request, const Services& services);
/// Whether the browser asks for the shop's own origin, or for one that may use it.
[[nodiscard]] bool is_same_origin(const http::Request& request);
[[nodiscard]] bool is_own_page(const http::Request& request, const Options& options);

/// Runs the job, under a key if there is one, and answers as commands are answered, or as creation
/// without commands is. Waits for the provider after placing; what is kept under a key is the
/// answer of the order's own commit.
[[nodiscard]] Awaitable<http::Response> answer_commands(
    const Services& services, std::shared_ptr<OrderJob> job, Audience audience,
    std::optional<RequestKey> key = std::nullopt);

/// Events since a version in the shape of a command's answer, and the version that it ends with:
/// it may be later than the head's.
struct EventsJson {
  std::string text;
  std::int64_t version = 0;
};
[[nodiscard]] Result<EventsJson> events_json(const Services& services, const store::OrderHead& head,
                                             std::int64_t after, Audience audience);

/// The facts of an order as they were committed last, for readers.
[[nodiscard]] Result<Facts> facts_now(const Services& services, const Shop& shop,
                                      std::int64_t order_no, const Order& order,
                                      const Subjects& subjects, std::int64_t now_ms);

/// Refuses core_outdated when the client works with another core.
[[nodiscard]] Result<void> check_core(const std::optional<std::string>& version,
                                      const Options& options);

/// What a store's failure is to a client.
template <class T>
[[nodiscard]] Result<T> or_refusal(store::Stored<T> stored) {
  if (!stored) return std::unexpected(store::rejection_of(stored.error()));
  return std::move(*stored);
}

}  // namespace tandem::app
