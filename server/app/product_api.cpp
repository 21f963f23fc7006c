// SPDX-License-Identifier: Apache-2.0
// Products and codes for staff: whole documents, with what they were seen as. All roles may look,
// the role admin may change.
#include <charconv>

#include "app/catalog_access.hpp"
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
  Response response = http::json(200, std::move(out += "]}"));
  response.headers.add("Cache-Control", "no-store");
  return response;
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
  Response response = http::json(200, canonical(list));
  response.headers.add("Cache-Control", "no-store");
  return response;
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

}  // namespace tandem::app
