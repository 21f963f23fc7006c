// SPDX-License-Identifier: Apache-2.0
#pragma once
// What differs between the products of a file and those of the shop. Products are known by their
// handle, variants by their SKU. A product stays at its place in the list and a new one comes last;
// variants follow the file. What the file does not name stays as it is, unless it is to be removed.

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/import_job.hpp"
#include "app/import_shop.hpp"

namespace tandem::app {

class ProductMerge {
 public:
  /// `all` outlives the merge.
  ProductMerge(store::Reads& reads, const ShopFiles& files, const Rules& rules,
               std::span<const intake::Product> all, ImportPlan& plan, ImportReport& report);

  /// Looks at all products, a part at a time.
  [[nodiscard]] Result<void> run(const Progress& progress);

 private:
  /// What the shop has of one part of the file.
  struct Known {
    std::map<std::string, store::ProductWithOffers> products;  // by handle
    std::map<std::string, store::Offer> offers;  // by SKU
    std::map<std::string, store::LedgerRow> stock;  // by SKU
  };

  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<void> merge(std::span<const intake::Product> some);
  [[nodiscard]] Result<Known> look_up(std::span<const WantedProduct> some);
  void merge_product(WantedProduct& wanted, const Known& known);
  /// The variant as it will be stored.
  store::Offer merge_offer(WantedOffer& wanted, const std::string& handle, std::int64_t position,
                           const Known& known);
  void merge_stock(const WantedOffer& wanted, bool is_new, const Known& known);
  /// The stored variants that the file does not name.
  void keep_others(const store::ProductWithOffers& stored, store::ProductWithOffers& after);
  [[nodiscard]] Result<void> leave_former_products();
  [[nodiscard]] Result<void> remove_missing();
  void note(const std::string& handle, const store::ProductWithOffers* before,
            const store::ProductWithOffers* after);

  store::Reads& reads_;
  const ShopFiles& files_;
  const Rules& rules_;
  const std::span<const intake::Product> all_;
  ImportPlan& plan_;
  ImportReport& report_;
  std::int64_t now_ms_ = 0;
  std::int64_t last_position_ = 0;
  std::unordered_map<std::string_view, std::string_view> handle_of_;  // by SKU, of the file
  std::set<std::string_view> handles_;  // of the file
  std::map<std::string, std::set<std::string>> moved_from_;  // SKUs, by the product they leave
};

}  // namespace tandem::app
