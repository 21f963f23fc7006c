// SPDX-License-Identifier: Apache-2.0
// What everybody may read: the rules and the offers. Lists are put together from stored bytes.
#include <charconv>
#include <map>
#include <mutex>

#include "app/catalog_docs.hpp"
#include "app/operations.hpp"
#include "app/services.hpp"
#include "http/problem.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace tandem::app {

/// The rules are sent as they are stored; the schema tells what they are.
template <class RulesHeld>
struct RulesAnswerOf {
  std::string core_version;
  RulesHeld rules;
  Digest rules_id{};
  std::int64_t server_time_ms = 0;
};
using RulesAnswer = RulesAnswerOf<Verbatim<Rules>>;

}  // namespace tandem::app

namespace tandem {
template <class RulesHeld>
struct Fields<app::RulesAnswerOf<RulesHeld>> {
  using A = app::RulesAnswerOf<RulesHeld>;
  static constexpr std::array list{required<&A::core_version>("core_version"),
                                   required<&A::rules>("rules"), required<&A::rules_id>("rules_id"),
                                   required<&A::server_time_ms>("server_time_ms")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::int64_t kPageMax = 200;
constexpr std::int64_t kPageDefault = 24;
constexpr std::size_t kTotalsMax = 256;
constexpr std::size_t kQuoteBytesMax = std::size_t{256} << 10U;

/// How many products a search finds, counted once for each version of the catalog.
class Totals {
 public:
  template <class Count>
  std::int64_t find(std::int64_t version, const std::string& search, Count count) {
    {
      const std::lock_guard lock(mutex_);
      if (version != version_ || totals_.size() > kTotalsMax) totals_.clear();
      version_ = version;
      if (const auto known = totals_.find(search); known != totals_.end()) return known->second;
    }
    const std::int64_t total = count();
    const std::lock_guard lock(mutex_);
    if (version == version_) totals_[search] = total;
    return total;
  }

 private:
  std::mutex mutex_;
  std::int64_t version_ = -1;
  std::map<std::string, std::int64_t> totals_;
};

Response get_rules(const Services& services) {
  const auto shop = services.catalog.now();
  if (!shop) return http::problem(shop.error());
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return http::problem(now_ms.error());
  const std::string id = hex((*shop)->rules_id);
  Response response =
      http::json(200, canonical(RulesAnswer{.core_version = services.options.core_version,
                                            .rules = {(*shop)->rules_bytes},
                                            .rules_id = (*shop)->rules_id,
                                            .server_time_ms = *now_ms}));
  response.headers.add("Cache-Control", "no-cache");
  response.headers.add(
      "ETag", '"' + id.substr(0, 32) + '-' + services.options.core_version.substr(0, 32) + '"');
  return response;
}

Response get_rules_by_id(const Services& services, const Request& request) {
  const auto rules = or_refusal(services.reads.rules(request.path_parameter("rules_id")));
  if (!rules) return http::problem(rules.error());
  if (!*rules) return http::problem(rejection(Reason::route_unknown));
  Response response = http::json(200, (*rules)->bytes);
  response.headers.add("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.add("ETag", '"' + (*rules)->id + '"');
  return response;
}

/// What is left of each counted product, by sku.
Result<std::map<std::string, std::int64_t>> availability(
    const Services& services, std::span<const store::ProductWithOffers> products) {
  std::vector<store::LedgerKey> keys;
  for (const auto& product : products) {
    for (const store::Offer& offer : product.offers) {
      const auto known = decode_offer(offer);
      if (!known) continue;
      const bool counted = known->offer.kind == OfferKind::goods &&
                           known->offer.stock_policy != StockPolicy::untracked;
      if (counted) keys.push_back(stock_key(offer.sku));
    }
  }
  const auto rows = or_refusal(services.reads.ledger(keys));
  if (!rows) return std::unexpected(rows.error());
  std::map<std::string, std::int64_t> left;
  for (const store::LedgerRow& row : *rows) left[row.key.key] = row.available();
  return left;
}

/// A variant's document as everybody may see it. Few offers have prices for some or for later.
std::string public_bytes(const store::Offer& offer, std::int64_t now_ms) {
  const bool plain =
      !offer.bytes.contains("\"prices\":") && !offer.bytes.contains("\"price_history\":");
  if (plain) return offer.bytes;
  auto doc = wire::decode<OfferDoc>(offer.bytes);
  if (!doc) return offer.bytes;
  doc->offer = visible_to(std::move(doc->offer), std::nullopt, now_ms);
  return canonical(*doc);
}

/// The product's document with its variants behind: "variants" is the last of its keys.
void append_product(std::string& out, const store::ProductWithOffers& product,
                    const std::map<std::string, std::int64_t>& left, std::int64_t now_ms) {
  const std::string& bytes = product.product.bytes;
  out.append(bytes, 0, bytes.size() - 1);
  out += R"(,"variants":[)";
  bool first = true;
  for (const store::Offer& offer : product.offers) {
    if (!first) out += ',';
    first = false;
    out += R"({"availability":)";
    if (const auto known = left.find(offer.sku); known != left.end()) {
      append_integer(out, std::max<std::int64_t>(0, known->second));
    } else {
      out += "null";
    }
    out += ',';
    out.append(public_bytes(offer, now_ms), 1);
  }
  out += "]}";
}

struct Search {
  std::string text;
  std::string category;
  std::string after;
  std::int64_t limit = kPageDefault;
};

Search search_of(const Request& request) {
  Search search;
  search.text = request.query_value("q").value_or("");
  search.category = request.query_value("category").value_or("");
  search.after = request.query_value("cursor").value_or("");
  const std::string_view limit = request.query_value("limit").value_or("");
  std::int64_t value = 0;
  const auto end = std::from_chars(limit.data(), limit.data() + limit.size(), value);
  if (end.ec == std::errc{} && value > 0) search.limit = std::min(value, kPageMax);
  return search;
}

bool is_in(const store::Product& product, const std::string& category) {
  if (category.empty()) return true;
  const auto doc = wire::decode<ProductDoc>(product.bytes);
  return doc &&
         std::ranges::find(doc->categories, category, &CategoryId::value) != doc->categories.end();
}

/// Visits matching products from the search's place on until `visit` answers false. The cursor is
/// the place after the last one visited.
template <class Visit>
Result<std::string> walk(const Services& services, const Search& search, Visit visit) {
  std::string after = search.after;
  for (;;) {
    const std::int64_t wanted = search.category.empty() ? search.limit : kPageMax;
    auto page = or_refusal(
        services.reads.products({.text = search.text, .after = after, .count_max = wanted}));
    if (!page) return std::unexpected(std::move(page.error()));
    if (search.category.empty()) {
      for (store::ProductWithOffers& product : page->products) visit(std::move(product));
      return page->next;
    }
    for (store::ProductWithOffers& product : page->products) {
      if (!is_in(product.product, search.category)) continue;
      if (!visit(std::move(product))) return std::string();
    }
    if (page->next.empty()) return std::string();
    after = page->next;
  }
}

std::int64_t count_all(const Services& services, Search search) {
  std::int64_t total = 0;
  search.after.clear();
  search.limit = kPageMax;
  for (;;) {
    const auto next = walk(services, search, [&](auto&&) { return ++total, true; });
    if (!next || next->empty()) return total;
    search.after = *next;
  }
}

Response get_offers(const Services& services, Totals& totals, const Request& request) {
  const Search search = search_of(request);
  std::vector<store::ProductWithOffers> products;
  const auto next = walk(services, search, [&](store::ProductWithOffers&& product) {
    products.push_back(std::move(product));
    // A category is a small part of a shop: it is shown whole, up to the largest page.
    return static_cast<std::int64_t>(products.size()) < kPageMax;
  });
  if (!next) return http::problem(next.error());
  const auto left = availability(services, products);
  if (!left) return http::problem(left.error());
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return http::problem(now_ms.error());
  const auto version = or_refusal(services.reads.catalog_version());
  if (!version) return http::problem(version.error());
  std::string out = R"({"cursor":)";
  if (next->empty()) {
    out += "null";
  } else {
    append_text(out, *next);
  }
  out += R"(,"products":[)";
  for (const auto& product : products) {
    if (out.back() != '[') out += ',';
    append_product(out, product, *left, *now_ms);
  }
  out += R"(],"total":)";
  append_integer(out, totals.find(*version, search.category + '\n' + search.text,
                                  [&] { return count_all(services, search); }));
  out += '}';
  Response response = http::json(200, std::move(out));
  response.headers.add("Cache-Control", "no-cache");
  return response;
}

Response get_offer(const Services& services, const Request& request) {
  const auto product = or_refusal(services.reads.product(request.path_parameter("handle")));
  if (!product) return http::problem(product.error());
  if (!*product) {
    return http::problem(
        rejection(Reason::offer_unknown, std::string(request.path_parameter("handle"))));
  }
  const auto left = availability(services, {&**product, 1});
  if (!left) return http::problem(left.error());
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return http::problem(now_ms.error());
  std::string out;
  append_product(out, **product, *left, *now_ms);
  Response response = http::json(200, std::move(out));
  response.headers.add("Cache-Control", "no-cache");
  return response;
}

/// What `tandem quote` answers: the figures of a cart that is nobody's order.
Response post_quote(const Request& request) {
  auto answer = wire::quote_answer(request.body);
  if (!answer) return http::problem(answer.error());
  return http::json(200, *std::move(answer));
}

Response get_image(const Services& services, const Request& request) {
  const auto image = or_refusal(services.reads.image(request.path_parameter("path")));
  if (!image) return http::problem(image.error());
  if (!*image) return http::problem(rejection(Reason::route_unknown));
  Response response;
  response.headers.add("Content-Type", (*image)->content_type);
  response.headers.add("Cache-Control", "public, max-age=86400");
  response.headers.add("ETag", '"' + hex(sha256((*image)->bytes), 16) + '"');
  // A picture is never a page: one that holds a script must not run it.
  response.headers.add("Content-Security-Policy",
                       "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  response.body = std::move((*image)->bytes);
  return response;
}

}  // namespace

void add_catalog_routes(http::Router& router, const Services& services) {
  auto totals = std::make_shared<Totals>();
  router.route("/v1/rules").get([&services](const Request&) { return get_rules(services); });
  router.route("/v1/rules/{rules_id}").get([&services](const Request& request) {
    return get_rules_by_id(services, request);
  });
  router.route("/v1/offers").get([&services, totals](const Request& request) {
    return get_offers(services, *totals, request);
  });
  router.route("/v1/offers/{handle}").get([&services](const Request& request) {
    return get_offer(services, request);
  });
  router.route("/v1/quote").post(post_quote).body_bytes_max(kQuoteBytesMax);
  for (const char* pattern : {"/images/{path...}", "/v1/images/{path...}"}) {
    router.route(pattern).get(
        [&services](const Request& request) { return get_image(services, request); });
  }
}

Operations catalog_operations() {
  const Message product{"ShownProduct", &type_of<ShownProduct>};
  Operations all{
      {.id = "read_current_rules",
       .pattern = "/v1/rules",
       .summary = "The rules in force, and by which core they are read.",
       .headers = {"If-None-Match"},
       .successes = {{.message = {"RulesInForce", &type_of<RulesAnswerOf<Rules>>}}}},
      {.id = "read_rules_by_id",
       .pattern = "/v1/rules/{rules_id}",
       .summary = "One published document, for ever the same bytes.",
       .headers = {"If-None-Match"},
       .successes = {{.message = {"Rules", &type_of<Rules>}}},
       .refusals = {Reason::route_unknown}},
      {.id = "list_offers",
       .pattern = "/v1/offers",
       .summary = "Products with their variants, offers and what is available.",
       .query = {{"q", "Words that must all occur."},
                 {"category", "Only of this category."},
                 {"cursor", "The page before's cursor."},
                 {"limit", "How many, at most 200; 24 without it."}},
       .successes = {{.message = {"ShownProducts", &type_of<ShownProducts>}}}},
      {.id = "read_offer",
       .pattern = "/v1/offers/{handle}",
       .summary = "One product.",
       .successes = {{.message = product}},
       .refusals = {Reason::offer_unknown}},
      {.id = "quote",
       .method = http::Method::post,
       .pattern = "/v1/quote",
       .summary = "The figures of a cart that is nobody's order.",
       .body = {"QuoteInput", &type_of<QuoteInput>},
       .successes = {{.message = {"Quote", &type_of<Quote>}}},
       .refusals = {Reason::format_unknown, Reason::reference_unknown, Reason::id_duplicate,
                    Reason::budget_exceeded, Reason::amount_out_of_range}},
  };
  for (const std::string base : {"", "/v1"}) {
    all.push_back({.id = base.empty() ? "read_image" : "read_image_v1",
                   .pattern = base + "/images/{path...}",
                   .summary = "A picture.",
                   .successes = {{.media_type = "image/*"}},
                   .refusals = {Reason::route_unknown}});
  }
  return all;
}

}  // namespace tandem::app
