// SPDX-License-Identifier: Apache-2.0
#include "store/product_cursor.hpp"
#include "store/sqlite/reads.hpp"
#include "store/text_fold.hpp"
#include "tandem/order/decide.hpp"

namespace tandem::store::sqlite {
namespace {

RulesDocument read_rules(Statement& row) { return {row.text(), row.text(), row.integer()}; }

SettingsDocument read_settings(Statement& row) {
  return {row.integer(), row.text(), row.integer()};
}

List<Offer> offers_of(const Place& place, const std::string& handle) {
  auto find = place.connection.prepare("SELECT " TANDEM_OFFER_COLUMNS
                                       " FROM offers WHERE shop = ?1 AND handle = ?2"
                                       " ORDER BY position, sku");
  find.bind(place.shop, handle);
  return all_rows(find, read_offer<Statement>);
}

bool holds_all(std::string_view text, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (text.find(word) == std::string_view::npos) return false;
  }
  return true;
}

/// The next matching products, one more than asked for if there are more.
List<Product> matching(const Place& place, const ProductQuery& query) {
  const std::vector<std::string> words = search_words(query.text);
  const ProductCursor after = cursor_from(query.after);
  auto find =
      place.connection.prepare("SELECT " TANDEM_PRODUCT_COLUMNS
                               " FROM products WHERE shop = ?1"
                               " AND (position, handle) > (?2, ?3) ORDER BY position, handle");
  find.bind(place.shop, after.position, after.handle);
  std::vector<Product> products;
  while (static_cast<std::int64_t>(products.size()) <= query.count_max) {
    auto row = find.next();
    if (!row) return fail(std::move(row.error()));
    if (!*row) break;
    Product product = read_product(find);
    if (holds_all(product.search, words)) products.push_back(std::move(product));
  }
  return products;
}

Maybe<ProductWithOffers> find_product(const Place& place, std::string_view handle) {
  auto find = place.connection.prepare("SELECT " TANDEM_PRODUCT_COLUMNS
                                       " FROM products WHERE shop = ?1 AND handle = ?2");
  find.bind(place.shop, handle);
  auto product = one_row(find, read_product<Statement>);
  if (!product) return fail(std::move(product.error()));
  if (!*product) return std::optional<ProductWithOffers>{};
  auto offers = offers_of(place, (*product)->handle);
  if (!offers) return fail(std::move(offers.error()));
  return std::optional(ProductWithOffers{std::move(**product), std::move(*offers)});
}

}  // namespace

Stored<ProductPage> SqliteReads::products(const ProductQuery& query) {
  return pool_.run([&](const Place& place) -> Stored<ProductPage> {
    auto products = matching(place, query);
    if (!products) return fail(std::move(products.error()));
    ProductPage page;
    if (static_cast<std::int64_t>(products->size()) > query.count_max) {
      products->pop_back();
      if (!products->empty()) {
        page.next = cursor_at(products->back());
      }
    }
    for (Product& product : *products) {
      auto offers = offers_of(place, product.handle);
      if (!offers) return fail(std::move(offers.error()));
      page.products.push_back({std::move(product), std::move(*offers)});
    }
    return page;
  });
}

Found<ProductWithOffers> SqliteReads::product(std::string_view handle) {
  return pool_.run([&](const Place& place) { return find_product(place, handle); });
}

Stored<std::int64_t> SqliteReads::last_position() {
  return pool_.run([&](const Place& place) -> Stored<std::int64_t> {
    auto find = place.connection.prepare("SELECT max(position) FROM products WHERE shop = ?1");
    find.bind(place.shop);
    auto last = one_row(find, [](Statement& row) { return row.integer(); });
    if (!last) return fail(std::move(last.error()));
    return last->value_or(0);
  });
}

List<ProductWithOffers> SqliteReads::products_named(std::span<const std::string> handles) {
  return pool_.run([&](const Place& place) -> List<ProductWithOffers> {
    std::vector<ProductWithOffers> products;
    for (const std::string& handle : handles) {
      auto product = find_product(place, handle);
      if (!product) return fail(std::move(product.error()));
      if (*product) products.push_back(std::move(**product));
    }
    return products;
  });
}

List<Offer> SqliteReads::offers(std::span<const std::string> skus) {
  return pool_.run([&](const Place& place) -> List<Offer> {
    std::vector<Offer> offers;
    auto find = place.connection.prepare("SELECT " TANDEM_OFFER_COLUMNS
                                         " FROM offers WHERE shop = ?1 AND sku = ?2");
    for (const std::string& sku : skus) {
      find.bind(place.shop, sku);
      auto offer = one_row(find, read_offer<Statement>);
      if (!offer) return fail(std::move(offer.error()));
      if (*offer) offers.push_back(std::move(**offer));
    }
    return offers;
  });
}

Found<RulesDocument> SqliteReads::rules(std::string_view id) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT id, bytes, published_ms FROM rules WHERE shop = ?1 AND id = ?2");
    find.bind(place.shop, id);
    return one_row(find, read_rules);
  });
}

Found<RulesDocument> SqliteReads::current_rules() {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT id, bytes, published_ms FROM rules WHERE shop = ?1"
        " ORDER BY published_no DESC LIMIT 1");
    find.bind(place.shop);
    return one_row(find, read_rules);
  });
}

Found<SettingsDocument> SqliteReads::settings(std::int64_t version) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT version, bytes, published_ms FROM settings WHERE shop = ?1 AND version = ?2");
    find.bind(place.shop, version);
    return one_row(find, read_settings);
  });
}

Found<SettingsDocument> SqliteReads::current_settings() {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT version, bytes, published_ms FROM settings WHERE shop = ?1"
        " ORDER BY version DESC LIMIT 1");
    find.bind(place.shop);
    return one_row(find, read_settings);
  });
}

List<RulesDocument> SqliteReads::rules_versions() {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT id, '', published_ms FROM rules WHERE shop = ?1 ORDER BY published_no DESC");
    find.bind(place.shop);
    return all_rows(find, read_rules);
  });
}

List<SettingsDocument> SqliteReads::settings_versions() {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT version, '', published_ms FROM settings WHERE shop = ?1 ORDER BY version DESC");
    find.bind(place.shop);
    return all_rows(find, read_settings);
  });
}

List<Coupon> SqliteReads::coupons(std::string_view after, std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT code, promotion FROM coupons WHERE shop = ?1 AND code > ?2 ORDER BY code LIMIT ?3");
    find.bind(place.shop, after, count_max);
    return all_rows(find, [](Statement& row) { return Coupon{row.text(), row.text()}; });
  });
}

List<AuditRow> SqliteReads::audit(std::int64_t after_n, std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_AUDIT_COLUMNS
                                         " FROM audit WHERE shop = ?1 AND n > ?2"
                                         " ORDER BY n LIMIT ?3");
    find.bind(place.shop, after_n, count_max);
    return all_rows(find, read_audit<Statement>);
  });
}

Found<Coupon> SqliteReads::coupon(std::string_view code) {
  return pool_.run([&](const Place& place) {
    const std::string folded = fold_code(code);
    auto find = place.connection.prepare(
        "SELECT code, promotion FROM coupons WHERE shop = ?1 AND code = ?2");
    find.bind(place.shop, folded);
    return one_row(find, [](Statement& row) { return Coupon{row.text(), row.text()}; });
  });
}

Found<Image> SqliteReads::image(std::string_view path) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT path, content_type, bytes FROM images WHERE shop = ?1 AND path = ?2");
    find.bind(place.shop, path);
    return one_row(find, [](Statement& row) { return Image{row.text(), row.text(), row.text()}; });
  });
}

Found<ApiKey> SqliteReads::api_key(const Digest& hash) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_API_KEY_COLUMNS
                                         " FROM api_keys WHERE shop = ?1 AND hash = ?2");
    find.bind(place.shop, hash);
    return one_row(find, read_api_key<Statement>);
  });
}

List<ApiKey> SqliteReads::api_keys() {
  return pool_.run([&](const Place& place) {
    auto find =
        place.connection.prepare("SELECT " TANDEM_API_KEY_COLUMNS
                                 " FROM api_keys WHERE shop = ?1 ORDER BY created_ms, hash");
    find.bind(place.shop);
    return all_rows(find, read_api_key<Statement>);
  });
}

}  // namespace tandem::store::sqlite
