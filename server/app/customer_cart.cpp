// SPDX-License-Identifier: Apache-2.0
// What becomes of carts when somebody signs in: the browser's open cart is the account's from then
// on and takes up the account's own, by the core's merge_cart.
#include "app/customers.hpp"
#include "http/text.hpp"

namespace tandem::app {

struct BrowserCart {
  store::OrderHead head;
  bool has_customer = false;
};

namespace {

constexpr std::size_t kCookiesMax = 16;  // orders of one browser that are looked at
constexpr std::int64_t kOpenCartsMax = 10;
constexpr std::string_view kOrderCookie = "tandem_";
constexpr std::size_t kOrderIdDigits = 32;

/// A cart that its customer began and has not placed. Quotations of staff are no carts.
bool is_cart(const Order& order) {
  return order.state == OrderState::quotation && order.channel == "web";
}

/// The order, if the request has its secret and it is an open cart of nobody or of this customer.
std::optional<BrowserCart> cart_named(const Services& services, const http::Request& request,
                                      const std::string& id, const std::string& customer) {
  if (!is_hex(id, kOrderIdDigits)) return std::nullopt;
  auto head = services.reads.order(store::OrderRef(id));
  if (!head || !*head || (*head)->version == 0) return std::nullopt;
  const auto cookie = order_cookie(request, id);
  const auto sent = other_right(request);
  const bool owns = (cookie && same((*head)->secret_hash, sha256(*cookie))) ||
                    (sent && same((*head)->secret_hash, *sent));
  if (!owns) return std::nullopt;
  const auto folded = load_folded(services.reads, (*head)->order_no);
  if (!folded || !*folded || !is_cart((*folded)->order)) return std::nullopt;
  const auto& owner = (*folded)->order.customer;
  if (owner && *owner != customer) return std::nullopt;
  return BrowserCart{.head = **std::move(head), .has_customer = owner.has_value()};
}

std::optional<BrowserCart> browser_cart(const Services& services, const http::Request& request,
                                        const std::string& customer,
                                        const std::optional<std::string>& named) {
  if (named) return cart_named(services, request, *named, customer);
  std::optional<BrowserCart> newest;
  for (const std::string& id : orders_in_cookies(request)) {
    auto cart = cart_named(services, request, id, customer);
    if (cart && (!newest || cart->head.order_no > newest->head.order_no)) newest = std::move(cart);
  }
  return newest;
}

/// One command to an order whose right was looked at before.
Awaitable<Result<void>> send(const Services& services, std::int64_t order_no, Actor actor,
                             Command command) {
  OrderRequest wanted{.order = order_no, .actor = std::move(actor)};
  wanted.commands.push_back(asked(std::move(command)));
  auto job = std::make_shared<OrderJob>(services.tools, std::move(wanted));
  const commit::Outcome outcome = co_await services.dispatcher.run(job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return std::unexpected(*refusal);
  const auto& rejected = job->answer().results.front().rejected;
  if (rejected) co_return std::unexpected(*rejected);
  co_return Result<void>();
}

}  // namespace

std::vector<std::string> orders_in_cookies(const http::Request& request) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    const http::HeaderField field = request.headers[i];
    if (!http::equals_ignoring_case(field.name, "Cookie")) continue;
    std::string_view rest = field.value;
    while (!rest.empty() && ids.size() < kCookiesMax) {
      std::string_view value = http::trim(http::cut(rest, ';'));
      std::string_view name = http::cut(value, '=');
      if (name.starts_with("__Host-")) name.remove_prefix(7);
      if (!name.starts_with(kOrderCookie)) continue;
      name.remove_prefix(kOrderCookie.size());
      if (is_hex(name, kOrderIdDigits)) ids.emplace_back(name);
    }
  }
  return ids;
}

Result<std::optional<store::OrderHead>> open_cart_of(const Services& services,
                                                     const std::string& customer,
                                                     std::int64_t but_order_no) {
  store::OrderQuery query{.count_max = kOpenCartsMax};
  query.customer = customer;
  query.order_state = std::string(enum_name(OrderState::quotation));
  const auto rows = or_refusal(services.reads.order_rows(query));
  if (!rows) return std::unexpected(rows.error());
  for (const store::OrderRow& row : *rows) {
    if (row.order_no == but_order_no) continue;
    const auto folded = load_folded(services.reads, row.order_no);
    if (!folded) return std::unexpected(folded.error());
    if (!*folded || !is_cart((*folded)->order)) continue;
    return or_refusal(services.reads.order(store::OrderRef(row.order_no)));
  }
  return std::nullopt;
}

Awaitable<bool> adopt_order(const Services& services, std::int64_t order_no,
                            const std::string& customer) {
  Actor system;
  system.kind = ActorClass::system;
  AttachCustomer attach;
  attach.customer = customer;
  Command command = std::move(attach);
  const auto done = co_await send(services, order_no, std::move(system), std::move(command));
  co_return done.has_value();
}

Awaitable<AccountCart> settle_cart(const Services& services, const http::Request& request,
                                   const std::string& customer, std::optional<std::string> cart) {
  AccountCart answer;
  const auto here = browser_cart(services, request, customer, cart);
  const auto own = open_cart_of(services, customer, here ? here->head.order_no : 0);
  const bool has_own = own && *own;
  if (!here) {
    if (has_own) answer.order = (*own)->order_id;
    co_return answer;
  }
  answer.order = here->head.order_id;
  if (!here->has_customer) {
    const bool adopted = co_await adopt_order(services, here->head.order_no, customer);
    if (!adopted) co_return answer;
  }
  if (!has_own) co_return answer;
  answer.merged = (*own)->order_id;
  Actor actor;
  actor.kind = ActorClass::customer;
  actor.id = customer;
  MergeCart merge;
  merge.from = (*own)->order_id;
  Command command = std::move(merge);
  const auto done =
      co_await send(services, here->head.order_no, std::move(actor), std::move(command));
  if (!done) answer.refused = done.error().reason;
  co_return answer;
}

}  // namespace tandem::app
