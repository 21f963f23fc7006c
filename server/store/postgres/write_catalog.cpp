// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/plan.hpp"
#include "store/text_fold.hpp"
#include "tandem/order/decide.hpp"

namespace tandem::store::postgres {
namespace {

const std::string& same(const std::string& key) { return key; }

void plan_removal(Plan& plan, const char* sql, const std::vector<std::string>& keys,
                  std::string_view table) {
  plan.rows(sql, table, keys, same,
            [](Params& params, const auto& rows) { params.column(rows, same); });
}

void plan_products(Plan& plan, const Writes& writes) {
  plan.rounds(
      "INSERT INTO products (shop, handle, position, bytes, search)"
      " SELECT $1, * FROM unnest($2, $3, $4, $5)"
      " ON CONFLICT (shop, handle) DO UPDATE SET position = excluded.position,"
      " bytes = excluded.bytes, search = excluded.search",
      "products", writes.products, [](const Product& p) { return p.handle; },
      [](Params& params, const auto& rows) {
        params.column(rows, &Product::handle);
        params.column(rows, &Product::position);
        params.column(rows, [](const Product& p) { return Blob{p.bytes}; });
        params.column(rows, [](const Product& p) { return fold_search(p.search); });
      });
  plan_removal(plan, "DELETE FROM products WHERE shop = $1 AND handle = ANY($2)",
               writes.products_removed, "products");
  plan.rounds(
      "INSERT INTO offers (shop, sku, handle, position, bytes)"
      " SELECT $1, * FROM unnest($2, $3, $4, $5)"
      " ON CONFLICT (shop, sku) DO UPDATE SET handle = excluded.handle,"
      " position = excluded.position, bytes = excluded.bytes",
      "offers", writes.offers, [](const Offer& o) { return o.sku; },
      [](Params& params, const auto& rows) {
        params.column(rows, &Offer::sku);
        params.column(rows, &Offer::handle);
        params.column(rows, &Offer::position);
        params.column(rows, [](const Offer& o) { return Blob{o.bytes}; });
      });
  plan_removal(plan, "DELETE FROM offers WHERE shop = $1 AND sku = ANY($2)", writes.offers_removed,
               "offers");
}

void plan_documents(Plan& plan, const Writes& writes) {
  for (const RulesDocument& rules : writes.rules) {
    // The id is the digest of the bytes: a known one is only made current again.
    plan.add(Query("INSERT INTO rules AS r (shop, id, bytes, published_ms, published_no)"
                   " VALUES ($1, $2, $3, $4, nextval('published_no')) ON CONFLICT (shop, id)"
                   " DO UPDATE SET published_ms = excluded.published_ms,"
                   " published_no = excluded.published_no WHERE r.bytes = excluded.bytes",
                   plan.shop(), rules.id, Blob{rules.bytes}, rules.published_ms),
             "rules", rules.id, [id = rules.id](Rows& answer) -> Stored<void> {
               if (answer.count() == 1) return {};
               return fail({Fault::constraint, "rules", id, "published rules never change"});
             });
  }
  plan.rows(
      "INSERT INTO settings (shop, version, bytes, published_ms)"
      " SELECT $1, * FROM unnest($2, $3, $4)",
      "settings", writes.settings,
      [](const SettingsDocument& s) { return std::to_string(s.version); },
      [](Params& params, const auto& rows) {
        params.column(rows, &SettingsDocument::version);
        params.column(rows, [](const SettingsDocument& s) { return Blob{s.bytes}; });
        params.column(rows, &SettingsDocument::published_ms);
      });
}

void plan_coupons(Plan& plan, const Writes& writes) {
  plan.rounds(
      "INSERT INTO coupons (shop, code, promotion) SELECT $1, * FROM unnest($2, $3)"
      " ON CONFLICT (shop, code) DO UPDATE SET promotion = excluded.promotion",
      "coupons", writes.coupons, [](const Coupon& c) { return fold_code(c.code); },
      [](Params& params, const auto& rows) {
        params.column(rows, [](const Coupon& c) { return fold_code(c.code); });
        params.column(rows, &Coupon::promotion);
      });
  plan.rows("DELETE FROM coupons WHERE shop = $1 AND code = ANY($2)", "coupons",
            writes.coupons_removed, same, [](Params& params, const auto& rows) {
              params.column(rows, [](const std::string& code) { return fold_code(code); });
            });
}

void plan_images_and_others(Plan& plan, const Writes& writes) {
  plan.rounds(
      "INSERT INTO images (shop, path, content_type, bytes)"
      " SELECT $1, * FROM unnest($2, $3, $4)"
      " ON CONFLICT (shop, path) DO UPDATE SET content_type = excluded.content_type,"
      " bytes = excluded.bytes",
      "images", writes.images, [](const Image& i) { return i.path; },
      [](Params& params, const auto& rows) {
        params.column(rows, &Image::path);
        params.column(rows, &Image::content_type);
        params.column(rows, [](const Image& i) { return Blob{i.bytes}; });
      });
  plan_removal(plan, "DELETE FROM images WHERE shop = $1 AND path = ANY($2)", writes.images_removed,
               "images");
  plan.rows(
      "INSERT INTO audit (shop, at_ms, actor, what, subject, digest_before, digest_after)"
      " SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7)",
      "audit", writes.audit, [](const AuditRow& a) { return a.subject; },
      [](Params& params, const auto& rows) {
        params.column(rows, &AuditRow::at_ms);
        params.column(rows, &AuditRow::actor);
        params.column(rows, &AuditRow::what);
        params.column(rows, &AuditRow::subject);
        params.column(rows, &AuditRow::before);
        params.column(rows, &AuditRow::after);
      });
  for (const ApiKey& key : writes.api_keys) {
    plan.add(Query("INSERT INTO api_keys (shop, hash, name, role, created_ms, revoked_ms)"
                   " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shop, hash)"
                   " DO UPDATE SET revoked_ms = excluded.revoked_ms",
                   plan.shop(), key.hash, key.name, key.role, key.created_ms, key.revoked_ms),
             "api_keys", key.name);
  }
}

}  // namespace

void plan_catalog(Plan& plan, const Writes& writes) {
  if (changes_catalog(writes)) {
    plan.add(Query("SELECT pg_advisory_xact_lock($1)", catalog_lock(plan.shop())),
             "catalog_versions", {});
    plan.add(Query("INSERT INTO catalog_versions AS c (shop, version) VALUES ($1, 1)"
                   " ON CONFLICT (shop) DO UPDATE SET version = c.version + 1",
                   plan.shop()),
             "catalog_versions", {});
  }
  plan_products(plan, writes);
  plan_documents(plan, writes);
  plan_coupons(plan, writes);
  plan_images_and_others(plan, writes);
}

}  // namespace tandem::store::postgres
