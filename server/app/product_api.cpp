// SPDX-License-Identifier: Apache-2.0
// Products and codes for staff: whole documents, with what they were seen as. All roles may look,
// the role admin may change.
#include <charconv>

#include "app/catalog_access.hpp"
#include "app/operations.hpp"
#include "app/product_job.hpp"
#include "app/services.hpp"
#include "commit/await.hpp"
#include "http/problem.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct CouponBody {
  std::string promotion;
};

struct CouponAnswer {
  std::string code;
  std::string promotion;
};

/// What a list of products is: put together from documents.
struct ProductList {
  std::optional<std::string> cursor;
  std::vector<ProductBody> products;
};

struct CouponList {
  std::vector<CouponAnswer> coupons;
  std::optional<std::string> cursor;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::CouponBody> {
  static constexpr std::array list{required<&app::CouponBody::promotion>("promotion")};
};
template <>
struct Fields<app::CouponAnswer> {
  static constexpr std::array list{required<&app::CouponAnswer::code>("code"),
                                   required<&app::CouponAnswer::promotion>("promotion")};
};
template <>
struct Fields<app::ProductList> {
  static constexpr std::array list{required<&app::ProductList::cursor>("cursor"),
                                   required<&app::ProductList::products>("products")};
};
template <>
struct Fields<app::CouponList> {
  static constexpr std::array list{required<&app::CouponList::coupons>("coupons"),
                                   required<&app::CouponList::cursor>("cursor")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::int64_t kProductsMax = 100;
constexpr std::int64_t kCouponsMax = 200;
constexpr std::size_t kCodeBytesMax = 255;

Response shown_product(std::uint16_t status, const store::ProductWithOffers& product) {
  Response response = http::json(status, product_document(product));
  response.headers.add("Cache-Control", "private, no-cache");
  response.headers.add("ETag", '"' + tag_of(product) + '"');
  return response;
}

Response gone() {
  Response response;
  response.status = 204;
  return response;
}

Response list_products(const Services& services, const Request& request) {
  if (const auto actor = staff_right(request, services); !actor) {
    return http::problem(actor.error());
  }
  const auto page = or_refusal(
      services.reads.products({.text = std::string(request.query_value("q").value_or("")),
                               .after = std::string(request.query_value("cursor").value_or("")),
                               .count_max = kProductsMax}));
  if (!page) return http::problem(page.error());
  std::string out = R"({"cursor":)";
  if (page->next.empty()) {
    out += "null";
  } else {
    append_text(out, page->next);
  }
  out += R"(,"products":[)";
  for (const store::ProductWithOffers& product : page->products) {
    if (out.back() != '[') out += ',';
    out += product_document(product);
  }
  return http::json(200, std::move(out += "]}"));
}

Response read_product(const Services& services, const Request& request) {
  if (const auto actor = staff_right(request, services); !actor) {
    return http::problem(actor.error());
  }
  const std::string handle(request.path_parameter("handle"));
  const auto product = or_refusal(services.reads.product(handle));
  if (!product) return http::problem(product.error());
  if (!*product) return http::problem(rejection(Reason::offer_unknown, handle));
  return shown_product(200, **product);
}

Awaitable<Response> change_product(const Services& services, const Request& request) {
  const auto actor = catalog_right(request, services);
  if (!actor) co_return http::problem(actor.error());
  const std::string handle(request.path_parameter("handle"));
  std::optional<ProductBody> body;
  if (request.method == http::Method::put) {
    auto decoded = wire::decode<ProductBody>(request.body);
    if (!decoded) co_return http::problem(decoded.error());
    if (decoded->handle != handle) {
      co_return http::problem(rejection(Reason::value_unknown, "/handle"));
    }
    body = *std::move(decoded);
  }
  auto job = std::make_shared<ProductJob>(services.catalog, services.reads, handle, std::move(body),
                                          precondition_of(request), actor->id.value_or("staff"));
  const commit::Outcome outcome = co_await commit::run(services.dispatcher.committer(), job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  if (request.method != http::Method::put) co_return gone();
  co_return shown_product(job->was_there ? 200 : 201, job->after);
}

Response list_coupons(const Services& services, const Request& request) {
  if (const auto actor = staff_right(request, services); !actor) {
    return http::problem(actor.error());
  }
  const auto after = request.query_value("cursor").value_or("");
  const auto coupons = or_refusal(services.reads.coupons(after, kCouponsMax));
  if (!coupons) return http::problem(coupons.error());
  CouponList list;
  for (const store::Coupon& coupon : *coupons) {
    list.coupons.push_back({coupon.code, coupon.promotion});
  }
  const bool more = static_cast<std::int64_t>(coupons->size()) == kCouponsMax;
  if (more) list.cursor = coupons->back().code;
  return http::json(200, canonical(list));
}

Awaitable<Response> change_coupon(const Services& services, const Request& request) {
  const auto actor = catalog_right(request, services);
  if (!actor) co_return http::problem(actor.error());
  const std::string code = fold_code(request.path_parameter("code"));
  if (code.empty() || code.size() > kCodeBytesMax) {
    co_return http::problem(rejection(Reason::value_unknown, "code"));
  }
  std::optional<std::string> promotion;
  if (request.method == http::Method::put) {
    auto body = wire::decode<CouponBody>(request.body);
    if (!body) co_return http::problem(body.error());
    promotion = std::move(body->promotion);
  }
  auto job = std::make_shared<CouponJob>(services.catalog, services.reads, code, promotion,
                                         actor->id.value_or("staff"));
  const commit::Outcome outcome = co_await commit::run(services.dispatcher.committer(), job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  if (!promotion) co_return gone();
  co_return http::json(job->was_there ? 200 : 201, canonical(CouponAnswer{code, *promotion}));
}

}  // namespace

Result<Actor> catalog_right(const Request& request, const Services& services) {
  auto actor = staff_right(request, services);
  if (actor && actor->role != StaffRole::admin) return reject(Reason::role_forbids);
  return actor;
}

void add_product_routes(http::Router& router, const Services& services) {
  const auto change = [&services](const Request& request) {
    return change_product(services, request);
  };
  router.route("/v1/staff/products").get([&services](const Request& request) {
    return list_products(services, request);
  });
  router.route("/v1/staff/products/{handle}")
      .get([&services](const Request& request) { return read_product(services, request); })
      .put(change)
      .remove(change);
  const auto change_code = [&services](const Request& request) {
    return change_coupon(services, request);
  };
  router.route("/v1/staff/coupons").get([&services](const Request& request) {
    return list_coupons(services, request);
  });
  router.route("/v1/staff/coupons/{code}").put(change_code).remove(change_code);
}

Operations product_operations() {
  const std::string one = "/v1/staff/products/{handle}";
  const std::string code = "/v1/staff/coupons/{code}";
  const Message product{"Product", &type_of<ProductBody>};
  const Message coupon{"Coupon", &type_of<CouponAnswer>};
  const Success gone_now{.status = 204, .media_type = {}};
  const std::vector<std::string_view> condition{"If-Match", "If-None-Match"};
  return {
      {.id = "list_products",
       .pattern = "/v1/staff/products",
       .summary = "Products as whole documents, up to 100.",
       .credentials = Credentials::staff,
       .query = {{"q", "Words that must all occur."}, {"cursor", "The page before's cursor."}},
       .successes = {{.message = {"ProductList", &type_of<ProductList>}}}},
      {.id = "read_product",
       .pattern = one,
       .summary = "One product as a whole document.",
       .credentials = Credentials::staff,
       .headers = {"If-None-Match"},
       .successes = {{.message = product}},
       .refusals = {Reason::offer_unknown}},
      {.id = "put_product",
       .method = http::Method::put,
       .pattern = one,
       .summary = "Makes or replaces a product, for the role admin.",
       .credentials = Credentials::staff,
       .headers = condition,
       .body = product,
       .successes = {{.message = product}, {.status = 201, .message = product}},
       .refusals = {Reason::role_forbids, Reason::precondition_required, Reason::version_stale,
                    Reason::id_duplicate, Reason::reference_unknown}},
      {.id = "remove_product",
       .method = http::Method::remove,
       .pattern = one,
       .summary = "Removes a product, for the role admin.",
       .credentials = Credentials::staff,
       .headers = condition,
       .successes = {gone_now},
       .refusals = {Reason::role_forbids, Reason::precondition_required, Reason::version_stale,
                    Reason::offer_unknown}},
      {.id = "list_coupons",
       .pattern = "/v1/staff/coupons",
       .summary = "Codes and the promotions they belong to, up to 200.",
       .credentials = Credentials::staff,
       .query = {{"cursor", "The page before's cursor."}},
       .successes = {{.message = {"CouponList", &type_of<CouponList>}}}},
      {.id = "put_coupon",
       .method = http::Method::put,
       .pattern = code,
       .summary = "Makes a code or gives it to another promotion, for the role admin.",
       .credentials = Credentials::staff,
       .body = {"CouponChange", &type_of<CouponBody>},
       .successes = {{.message = coupon}, {.status = 201, .message = coupon}},
       .refusals = {Reason::role_forbids, Reason::reference_unknown}},
      {.id = "remove_coupon",
       .method = http::Method::remove,
       .pattern = code,
       .summary = "Removes a code, for the role admin.",
       .credentials = Credentials::staff,
       .successes = {gone_now},
       .refusals = {Reason::role_forbids, Reason::value_unknown, Reason::coupon_unknown}},
  };
}

}  // namespace tandem::app
