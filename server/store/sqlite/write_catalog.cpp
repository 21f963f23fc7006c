// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/queries.hpp"
#include "store/text_fold.hpp"
#include "tandem/order/decide.hpp"

namespace tandem::store::sqlite {
namespace {

const std::string& same(const std::string& key) { return key; }

Stored<void> remove_all(const Place& place, const char* sql, const std::vector<std::string>& keys,
                        std::string_view table) {
  return each(
      place, sql, keys, table,
      [&](Statement& put, const std::string& key) { put.bind(place.shop, key); }, same);
}

Stored<void> write_products(const Place& place, const Writes& writes) {
  std::string folded;
  auto done = each(
      place,
      "INSERT INTO products (shop, handle, position, bytes, search) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (shop, handle) DO UPDATE SET position = excluded.position,"
      " bytes = excluded.bytes, search = excluded.search",
      writes.products, "products",
      [&](Statement& put, const Product& p) {
        folded = fold_search(p.search);
        put.bind(place.shop, p.handle, p.position, Blob{p.bytes}, folded);
      },
      [](const Product& p) { return p.handle; });
  if (!done) return done;
  done = remove_all(place, "DELETE FROM products WHERE shop = ?1 AND handle = ?2",
                    writes.products_removed, "products");
  if (!done) return done;
  done = each(
      place,
      "INSERT INTO offers (shop, sku, handle, position, bytes) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (shop, sku) DO UPDATE SET handle = excluded.handle,"
      " position = excluded.position, bytes = excluded.bytes",
      writes.offers, "offers",
      [&](Statement& put, const Offer& o) {
        put.bind(place.shop, o.sku, o.handle, o.position, Blob{o.bytes});
      },
      [](const Offer& o) { return o.sku; });
  if (!done) return done;
  return remove_all(place, "DELETE FROM offers WHERE shop = ?1 AND sku = ?2", writes.offers_removed,
                    "offers");
}

Stored<void> write_documents(const Place& place, const Writes& writes) {
  for (const RulesDocument& rules : writes.rules) {
    auto no = take_serials(place, "rules", 1);
    if (!no) return fail(std::move(no.error()));
    // The id is the digest of the bytes: a known one is only made current again.
    auto put = place.connection.prepare(
        "INSERT INTO rules (shop, id, bytes, published_ms, published_no)"
        " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (shop, id)"
        " DO UPDATE SET published_ms = excluded.published_ms, published_no = excluded.published_no"
        " WHERE bytes = excluded.bytes");
    put.bind(place.shop, rules.id, Blob{rules.bytes}, rules.published_ms, *no);
    auto changed = put.run();
    if (!changed) return fail(about(std::move(changed.error()), "rules", rules.id));
    if (*changed == 0) {
      return fail({Fault::constraint, "rules", rules.id, "published rules never change"});
    }
  }
  return each(
      place, "INSERT INTO settings (shop, version, bytes, published_ms) VALUES (?1, ?2, ?3, ?4)",
      writes.settings, "settings",
      [&](Statement& put, const SettingsDocument& s) {
        put.bind(place.shop, s.version, Blob{s.bytes}, s.published_ms);
      },
      [](const SettingsDocument& s) { return std::to_string(s.version); });
}

Stored<void> write_coupons(const Place& place, const Writes& writes) {
  std::string folded;
  auto done = each(
      place,
      "INSERT INTO coupons (shop, code, promotion) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (shop, code) DO UPDATE SET promotion = excluded.promotion",
      writes.coupons, "coupons",
      [&](Statement& put, const Coupon& c) {
        folded = fold_code(c.code);
        put.bind(place.shop, folded, c.promotion);
      },
      [](const Coupon& c) { return c.code; });
  if (!done) return done;
  return each(
      place, "DELETE FROM coupons WHERE shop = ?1 AND code = ?2", writes.coupons_removed, "coupons",
      [&](Statement& put, const std::string& code) {
        folded = fold_code(code);
        put.bind(place.shop, folded);
      },
      same);
}

}  // namespace

Stored<void> write_catalog(const Place& place, const Writes& writes) {
  if (changes_catalog(writes)) {
    if (auto version = take_serials(place, "catalog", 1); !version) {
      return fail(std::move(version.error()));
    }
  }
  if (auto done = write_products(place, writes); !done) return done;
  if (auto done = write_documents(place, writes); !done) return done;
  if (auto done = write_coupons(place, writes); !done) return done;
  auto done = each(
      place,
      "INSERT INTO images (shop, path, content_type, bytes) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (shop, path) DO UPDATE SET content_type = excluded.content_type,"
      " bytes = excluded.bytes",
      writes.images, "images",
      [&](Statement& put, const Image& i) {
        put.bind(place.shop, i.path, i.content_type, Blob{i.bytes});
      },
      [](const Image& i) { return i.path; });
  if (!done) return done;
  done = each(
      place, "DELETE FROM images WHERE shop = ?1 AND path = ?2", writes.images_removed, "images",
      [&](Statement& put, const std::string& path) { put.bind(place.shop, path); }, same);
  if (!done) return done;
  done = each(
      place,
      "INSERT INTO audit (shop, at_ms, actor, what, subject, digest_before, digest_after)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      writes.audit, "audit",
      [&](Statement& put, const AuditRow& a) {
        put.bind(place.shop, a.at_ms, a.actor, a.what, a.subject, a.before, a.after);
      },
      [](const AuditRow& a) { return a.subject; });
  if (!done) return done;
  return each(
      place,
      "INSERT INTO api_keys (shop, hash, name, role, created_ms, revoked_ms)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (shop, hash)"
      " DO UPDATE SET revoked_ms = excluded.revoked_ms",
      writes.api_keys, "api_keys",
      [&](Statement& put, const ApiKey& k) {
        put.bind(place.shop, k.hash, k.name, k.role, k.created_ms, k.revoked_ms);
      },
      [](const ApiKey& k) { return k.name; });
}

}  // namespace tandem::store::sqlite
