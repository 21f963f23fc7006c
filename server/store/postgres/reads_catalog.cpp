// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "store/postgres/reads.hpp"
#include "store/product_cursor.hpp"
#include "store/text_fold.hpp"
#include "tandem/order/decide.hpp"

namespace tandem::store::postgres {
namespace {

RulesDocument read_rules(Rows& row) { return {row.text(), row.text(), row.integer()}; }

SettingsDocument read_settings(Rows& row) { return {row.integer(), row.text(), row.integer()}; }

const std::string& same(const std::string& text) { return text; }

/// The products with their offers, in the products' order.
List<ProductWithOffers> with_offers(const Place& place, std::vector<Product> products) {
  std::map<std::string, std::size_t> places;
  std::vector<ProductWithOffers> all;
  for (Product& product : products) {
    places.emplace(product.handle, all.size());
    all.push_back({std::move(product), {}});
  }
  Query find("SELECT " TANDEM_OFFER_COLUMNS
             " FROM offers WHERE shop = $1 AND handle = ANY($2)"
             " ORDER BY handle, position, sku",
             place.shop);
  find.params.column(
      all, [](const ProductWithOffers& p) -> const std::string& { return p.product.handle; });
  auto offers = find_all(place, find, read_offer<Rows>);
  if (!offers) return fail(std::move(offers.error()));
  for (Offer& offer : *offers) all[places.at(offer.handle)].offers.push_back(std::move(offer));
  return all;
}

}  // namespace

Stored<std::int64_t> PostgresReads::catalog_version() {
  return pool_.run([](const Place& place) { return find_catalog_version(place); });
}

Stored<ProductPage> PostgresReads::products(const ProductQuery& query) {
  return pool_.run_at_one_moment([&](const Place& place) -> Stored<ProductPage> {
    const ProductCursor after = cursor_from(query.after);
    Query find("SELECT " TANDEM_PRODUCT_COLUMNS
               " FROM products WHERE shop = $1"
               " AND (position, handle) > ($2, $3)"
               " AND NOT EXISTS (SELECT FROM unnest($5) AS word WHERE strpos(search, word) = 0)"
               " ORDER BY position, handle LIMIT $4",
               place.shop, after.position, after.handle, query.count_max + 1);
    find.params.column(search_words(query.text), same);
    auto products = find_all(place, find, read_product<Rows>);
    if (!products) return fail(std::move(products.error()));
    ProductPage page;
    if (static_cast<std::int64_t>(products->size()) > query.count_max) {
      products->pop_back();
      if (!products->empty()) page.next = cursor_at(products->back());
    }
    auto all = with_offers(place, std::move(*products));
    if (!all) return fail(std::move(all.error()));
    page.products = std::move(*all);
    return page;
  });
}

Found<ProductWithOffers> PostgresReads::product(std::string_view handle) {
  return pool_.run_at_one_moment([&](const Place& place) -> Found<ProductWithOffers> {
    const Query find("SELECT " TANDEM_PRODUCT_COLUMNS
                     " FROM products"
                     " WHERE shop = $1 AND handle = $2",
                     place.shop, handle);
    auto found = find_all(place, find, read_product<Rows>);
    if (!found) return fail(std::move(found.error()));
    auto all = with_offers(place, std::move(*found));
    if (!all) return fail(std::move(all.error()));
    if (all->empty()) return std::optional<ProductWithOffers>{};
    return std::optional(std::move(all->front()));
  });
}

Stored<std::int64_t> PostgresReads::last_position() {
  return pool_.run([&](const Place& place) -> Stored<std::int64_t> {
    const Query find("SELECT coalesce(max(position), 0) FROM products WHERE shop = $1", place.shop);
    auto last = find_one(place, find, [](Rows& row) { return row.integer(); });
    if (!last) return fail(std::move(last.error()));
    return last->value_or(0);
  });
}

List<ProductWithOffers> PostgresReads::products_named(std::span<const std::string> handles) {
  return pool_.run_at_one_moment([&](const Place& place) -> List<ProductWithOffers> {
    Query find("SELECT " TANDEM_PRODUCT_COLUMNS
               " FROM products"
               " WHERE shop = $1 AND handle = ANY($2)",
               place.shop);
    find.params.column(handles, same);
    auto found = find_all(place, find, read_product<Rows>);
    if (!found) return fail(std::move(found.error()));
    return with_offers(place, std::move(*found));
  });
}

List<Offer> PostgresReads::offers(std::span<const std::string> skus) {
  return pool_.run([&](const Place& place) {
    Query find("SELECT " TANDEM_OFFER_COLUMNS
               " FROM " TANDEM_LIST("$2, $3", "i, sku_") " AS k"
               " JOIN offers o ON o.shop = k.shop AND o.sku = k.sku_ ORDER BY k.i",
               place.shop);
    find.params.ordinals(skus.size());
    find.params.column(skus, same);
    return find_all(place, find, read_offer<Rows>);
  });
}

Found<RulesDocument> PostgresReads::rules(std::string_view id) {
  const Query find("SELECT id, bytes, published_ms FROM rules WHERE shop = $1 AND id = $2",
                   options_.shop, id);
  return pool_.one(find, read_rules);
}

Found<RulesDocument> PostgresReads::current_rules() {
  const Query find(
      "SELECT id, bytes, published_ms FROM rules WHERE shop = $1"
      " ORDER BY published_no DESC LIMIT 1",
      options_.shop);
  return pool_.one(find, read_rules);
}

Found<SettingsDocument> PostgresReads::settings(std::int64_t version) {
  const Query find(
      "SELECT version, bytes, published_ms FROM settings"
      " WHERE shop = $1 AND version = $2",
      options_.shop, version);
  return pool_.one(find, read_settings);
}

Found<SettingsDocument> PostgresReads::current_settings() {
  const Query find(
      "SELECT version, bytes, published_ms FROM settings WHERE shop = $1"
      " ORDER BY version DESC LIMIT 1",
      options_.shop);
  return pool_.one(find, read_settings);
}

List<RulesDocument> PostgresReads::rules_versions() {
  const Query find(
      "SELECT id, ''::bytea, published_ms FROM rules WHERE shop = $1"
      " ORDER BY published_no DESC",
      options_.shop);
  return pool_.all(find, read_rules);
}

List<SettingsDocument> PostgresReads::settings_versions() {
  const Query find(
      "SELECT version, ''::bytea, published_ms FROM settings WHERE shop = $1"
      " ORDER BY version DESC",
      options_.shop);
  return pool_.all(find, read_settings);
}

List<Coupon> PostgresReads::coupons(std::string_view after, std::int64_t count_max) {
  const Query find(
      "SELECT code, promotion FROM coupons WHERE shop = $1 AND code > $2"
      " ORDER BY code LIMIT $3",
      options_.shop, after, count_max);
  return pool_.all(find, [](Rows& row) { return Coupon{row.text(), row.text()}; });
}

List<AuditRow> PostgresReads::audit(std::int64_t after_n, std::int64_t count_max) {
  const Query find("SELECT " TANDEM_AUDIT_COLUMNS
                   " FROM audit WHERE shop = $1 AND n > $2 ORDER BY n LIMIT $3",
                   options_.shop, after_n, count_max);
  return pool_.all(find, read_audit<Rows>);
}

Found<Coupon> PostgresReads::coupon(std::string_view code) {
  const Query find("SELECT code, promotion FROM coupons WHERE shop = $1 AND code = $2",
                   options_.shop, fold_code(code));
  return pool_.one(find, [](Rows& row) { return Coupon{row.text(), row.text()}; });
}

Found<Image> PostgresReads::image(std::string_view path) {
  const Query find("SELECT path, content_type, bytes FROM images WHERE shop = $1 AND path = $2",
                   options_.shop, path);
  return pool_.one(find, [](Rows& row) { return Image{row.text(), row.text(), row.text()}; });
}

Found<ApiKey> PostgresReads::api_key(const Digest& hash) {
  const Query find("SELECT " TANDEM_API_KEY_COLUMNS " FROM api_keys WHERE shop = $1 AND hash = $2",
                   options_.shop, hash);
  return pool_.one(find, read_api_key<Rows>);
}

List<ApiKey> PostgresReads::api_keys() {
  const Query find("SELECT " TANDEM_API_KEY_COLUMNS
                   " FROM api_keys WHERE shop = $1 ORDER BY created_ms, hash",
                   options_.shop);
  return pool_.all(find, read_api_key<Rows>);
}

}  // namespace tandem::store::postgres
