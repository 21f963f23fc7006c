// SPDX-License-Identifier: Apache-2.0
#pragma once
// A product or a code as staff change it: validated, written and noted in the audit in one commit.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/catalog.hpp"
#include "app/preconditions.hpp"
#include "app/product_document.hpp"
#include "commit/job.hpp"

namespace tandem::app {

/// How the entity tag of a product is made.
[[nodiscard]] std::string tag_of(const store::ProductWithOffers& product);

/// Puts a whole product in the place of the one of its handle, or removes it. Histories of prices
/// are only added to. Refuses, in this order: offer_unknown (nothing to remove), as
/// check_precondition, as check_product, id_duplicate (a SKU of another product).
class ProductJob final : public commit::Job {
 public:
  /// Without a body it removes.
  ProductJob(Catalog& catalog, store::Reads& reads, std::string handle,
             std::optional<ProductBody> body, Precondition precondition, std::string actor)
      : catalog_(catalog),
        reads_(reads),
        handle_(std::move(handle)),
        body_(std::move(body)),
        precondition_(std::move(precondition)),
        actor_(std::move(actor)) {}

  void declare(commit::Needs&) override {}
  void declare_ledgers(const commit::WorkingSet& set, commit::Needs& needs) override;
  [[nodiscard]] Result<void> decide(commit::Scope& scope) override;

  // What came of it.
  store::ProductWithOffers after;
  bool was_there = false;

 private:
  [[nodiscard]] Result<std::vector<store::Offer>> stored_offers() const;
  [[nodiscard]] Result<void> put(commit::Scope& scope,
                                 const std::optional<store::ProductWithOffers>& before);
  void take_offers(const std::vector<store::Offer>& stored, std::int64_t now_ms);
  void write(commit::Scope& scope, const std::optional<store::ProductWithOffers>& before) const;
  void settle_stock(commit::Scope& scope) const;

  Catalog& catalog_;
  store::Reads& reads_;
  const std::string handle_;
  const std::optional<ProductBody> body_;
  const Precondition precondition_;
  const std::string actor_;
};

/// Puts a code, or removes it. Refuses: coupon_unknown (nothing to remove), reference_unknown (the
/// rules have no such promotion by code).
class CouponJob final : public commit::Job {
 public:
  /// `code` is folded. Without a promotion it removes.
  CouponJob(Catalog& catalog, store::Reads& reads, std::string code,
            std::optional<std::string> promotion, std::string actor)
      : catalog_(catalog),
        reads_(reads),
        code_(std::move(code)),
        promotion_(std::move(promotion)),
        actor_(std::move(actor)) {}

  void declare(commit::Needs&) override {}
  [[nodiscard]] Result<void> decide(commit::Scope& scope) override;

  bool was_there = false;

 private:
  Catalog& catalog_;
  store::Reads& reads_;
  const std::string code_;
  const std::optional<std::string> promotion_;
  const std::string actor_;
};

}  // namespace tandem::app
