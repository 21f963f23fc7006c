// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a shop publishes: products with their offers, rules, settings, coupons, images, and the
// keys that machines sign in with. Documents are canonical bytes made elsewhere.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/rows.hpp"

namespace tandem::store {

/// What a page shows of a product; `search` is folded by the store when it is written.
struct Product {
  std::string handle{};
  std::int64_t position = 0;
  Bytes bytes{};         // names, descriptions, images
  std::string search{};  // every text that a search may find
};

/// One sellable variant.
struct Offer {
  std::string sku{};
  std::string handle{};  // its product
  std::int64_t position = 0;
  Bytes bytes{};
};

struct ProductWithOffers {
  Product product{};
  std::vector<Offer> offers{};
};

/// `next` is handed back as `after`; empty when there is no further page.
struct ProductPage {
  std::vector<ProductWithOffers> products{};
  std::string next{};
};

/// Immutable; the one published last is current.
struct RulesDocument {
  std::string id{};
  Bytes bytes{};
  std::int64_t published_ms = 0;
};

struct SettingsDocument {
  std::int64_t version = 0;
  Bytes bytes{};
  std::int64_t published_ms = 0;
};

/// Codes are folded to upper case by the store.
struct Coupon {
  std::string code{};
  std::string promotion{};
};

struct Image {
  std::string path{};
  std::string content_type{};
  Bytes bytes{};
};

struct ApiKey {
  Digest hash{};
  std::string name{};
  std::string role{};
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> revoked_ms{};
};

/// What was changed of what the shop publishes. `n` is given by the store, ascending.
struct AuditRow {
  std::int64_t n = 0;
  std::int64_t at_ms = 0;
  std::string actor{};
  std::string what{};     // product, coupon, rules, settings, webhook, user, key
  std::string subject{};  // the handle, the code, the path; of a document its id
  std::optional<Digest> before{};  // of its bytes; none: it was not there
  std::optional<Digest> after{};   // none: it is gone
};

/// A gift card's terms; what is on it changes by ledger entries only. Codes are folded already.
struct GiftCardTerms {
  std::string code{};
  std::optional<std::int64_t> expires_ms{};
};

/// An account.
struct Customer {
  std::string id{};
  std::string email{};                   // empty: none
  std::optional<Digest> contact_hash{};  // of the address
  std::string group{};                   // empty: none
  std::string salesperson{};             // empty: none
  bool reminders = true;
  std::string subject{};  // what the embedding site calls it; empty: unknown there
  std::string name{};     // empty: none
  bool email_proven = false;  // the address is the customer's own, and nobody else's account
  std::int64_t created_ms = 0;
};

/// How much of a stock item may be sold; its figures change by ledger entries only.
struct StockPolicy {
  std::string sku{};
  std::string location{};
  std::int64_t safety_stock = 0;
  std::int64_t backorder_max = 0;
};

}  // namespace tandem::store
