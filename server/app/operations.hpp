// SPDX-License-Identifier: Apache-2.0
#pragma once
// What each route is for, said beside the routes: a row for every pattern and method, with the
// messages that go in and out by the field lists that decode and write them. The OpenAPI document
// is made of these rows; a test holds them against the routes of the running router.
//
//   {.id = "list_orders", .pattern = "/v1/staff/orders", .summary = "…",
//    .credentials = Credentials::staff, .successes = {{.message = {"OrderList", &type_of<…>}}}}

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.hpp"
#include "tandem/base/reason.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem::app {

/// A message and what the document calls it. Without a type there is none.
struct Message {
  std::string_view name{};
  TypeRef type = nullptr;
};

/// What a request has to show.
enum class Credentials : std::uint8_t {
  none,
  customer,  // the order's secret, or its cookie
  staff,     // an API key, or a session
  account,   // a customer's session, by cookie or as a bearer
  signature,  // the provider's, over the body
};

/// An answer that is no refusal. Without a message: bytes of the media type or, without one of
/// those either, no content. Several of one status: any of them.
struct Success {
  std::uint16_t status = 200;
  std::string_view media_type = "application/json";
  Message message{};
};

struct QueryField {
  std::string_view name{};
  std::string_view about{};
  bool required = false;
};

struct Operation {
  std::string id{};  // snake_case; what a client calls it
  http::Method method = http::Method::get;
  std::string pattern{};
  std::string summary{};
  Credentials credentials = Credentials::none;
  std::vector<QueryField> query{};
  std::vector<std::string_view> headers{};  // that it heeds, beside those of all requests
  Message body{};
  bool body_or_list = false;  // the body may also be a list of such
  std::string_view body_type = "application/json";
  std::vector<Success> successes{};
  std::vector<Reason> refusals{};  // beside those that credentials and bodies bring with them
};

using Operations = std::vector<Operation>;

// The rows, each beside its routes.
[[nodiscard]] Operations order_operations();
[[nodiscard]] Operations feed_operations();
[[nodiscard]] Operations catalog_operations();
[[nodiscard]] Operations staff_operations();
[[nodiscard]] Operations receipt_operations();
[[nodiscard]] Operations preview_operations();
[[nodiscard]] Operations stock_operations();
[[nodiscard]] Operations payment_operations();
[[nodiscard]] Operations stripe_operations();
[[nodiscard]] Operations return_operations();
[[nodiscard]] Operations session_operations();
[[nodiscard]] Operations hook_operations();
[[nodiscard]] Operations customer_session_operations();
[[nodiscard]] Operations sign_in_link_operations();
[[nodiscard]] Operations customer_operations();
[[nodiscard]] Operations privacy_operations();
[[nodiscard]] Operations unsubscribe_operations();
[[nodiscard]] Operations product_operations();
[[nodiscard]] Operations image_operations();
[[nodiscard]] Operations published_operations();
[[nodiscard]] Operations audit_operations();
[[nodiscard]] Operations site_operations();

/// The bodies of the routes of commands, of previews and of POST /v1/orders.
[[nodiscard]] Message commands_message();
[[nodiscard]] Message command_message();
[[nodiscard]] Message create_message();

}  // namespace tandem::app
