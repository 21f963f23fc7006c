// SPDX-License-Identifier: Apache-2.0
#include "seeding.hpp"

#include <gtest/gtest.h>

#include <array>

#include "app/catalog_docs.hpp"
#include "app/facts.hpp"
#include "commit/committer.hpp"
#include "commit/scope.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app::test {
namespace {

class SeedJob final : public commit::Job {
 public:
  SeedJob(const store::Writes& writes, const Counts& stock, const Counts& balances)
      : writes_(writes), stock_(stock), balances_(balances) {}
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    scope.writes().append(store::Writes(writes_));
    for (const auto& [sku, on_hand] : stock_) {
      const store::LedgerKey key = stock_key(sku);
      move(scope, key, "count", {.on_hand = on_hand - scope.ledger(key).figures.on_hand});
    }
    for (const auto& [code, balance] : balances_) {
      const store::LedgerKey key = gift_card_key(code);
      move(scope, key, "issue", {.balance = balance - scope.ledger(key).figures.balance});
    }
    return {};
  }

 private:
  static void move(commit::Scope& scope, const store::LedgerKey& key, const char* movement,
                   const store::Figures& change) {
    scope.move({.key = key,
                .movement = movement,
                .change = change,
                .cause = {.actor = "test", .reason = "set-up"},
                .guard = store::Guard::fact});
  }

  const store::Writes& writes_;
  const Counts& stock_;
  const Counts& balances_;
};

}  // namespace

void seed(store::Store& store, const store::Writes& writes, const Counts& stock,
          const Counts& balances) {
  SeedJob job(writes, stock, balances);
  commit::CommitCounts ignored;
  const std::array<commit::Job*, 1> jobs{&job};
  const auto outcomes = commit::run_batch(store, jobs, ignored);
  ASSERT_TRUE(commit::is_committed(outcomes.front()));
}

store::Writes product_of(const Offer& offer) {
  ProductDoc product;
  product.handle = offer.sku.value;
  product.name = offer.name;
  const OfferDoc doc{.compare_at_minor = {}, .offer = offer, .options = {}};
  store::Writes writes;
  writes.products.push_back(
      {.handle = product.handle, .bytes = canonical(product), .search = product.handle});
  writes.offers.push_back(
      {.sku = offer.sku.value, .handle = product.handle, .bytes = canonical(doc)});
  return writes;
}

Offer goods(const std::string& sku, std::int64_t price_minor) {
  Offer offer;
  offer.name["en"] = sku;
  offer.sku = {sku};
  offer.unit_price_minor = price_minor;
  return offer;
}

}  // namespace tandem::app::test
