// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which facts a decision needs, and where they stand: offers of the catalog, stock and promotion
// counters of the ledgers. An order's own hold never counts against it.

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/catalog.hpp"
#include "commit/scope.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/order.hpp"

namespace tandem::app {

/// Products and codes that an order and some commands name.
struct Subjects {
  std::set<std::string> skus;
  std::set<std::string> codes;  // folded

  void add(const Order& order);
  void add(const Command& command);
};

[[nodiscard]] store::LedgerKey stock_key(const std::string& sku);
[[nodiscard]] store::LedgerKey promotion_key(const std::string& promotion);
[[nodiscard]] store::LedgerKey coupon_key(const std::string& code);
[[nodiscard]] store::LedgerKey customer_use_key(const std::string& promotion,
                                                const std::string& customer);

/// The promotion of the rules with this id, else null.
[[nodiscard]] const Promotion* find_promotion(const Rules& rules, std::string_view id);

/// Whether any promotion limits its uses by each customer.
[[nodiscard]] bool counts_customers(const Rules& rules);

/// What decisions on one order read. Offers ascend by sku.
struct Facts {
  std::vector<Offer> offers;
  std::vector<std::shared_ptr<const KnownOffer>> known;  // the same offers with their bytes
  QuoteFacts quote;
};

/// The ledgers behind these subjects. Unknown products and codes have none.
[[nodiscard]] Result<std::vector<store::LedgerKey>> ledgers_of(
    Catalog& catalog, const Shop& shop, const Subjects& subjects,
    const std::optional<std::string>& customer);

/// Gathers the facts as they stand now. `customer` counts uses per customer, `order_no` is whose
/// holds do not count.
[[nodiscard]] Result<Facts> gather(Catalog& catalog, const Shop& shop, const Subjects& subjects,
                                   const std::optional<std::string>& customer,
                                   std::int64_t order_no, commit::Scope& scope);

/// The same figures anew after a movement, with the same offers and codes.
void refresh(Facts& facts, const Shop& shop, const std::optional<std::string>& customer,
             std::int64_t order_no, commit::Scope& scope);

}  // namespace tandem::app
