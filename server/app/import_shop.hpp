// SPDX-License-Identifier: Apache-2.0
#pragma once
// Brings a shop's files into the store: products, rules, settings, codes, images. Everything is
// checked first and written in one commit, or nothing is; importing the same files again changes
// nothing but what differs. Quantities enter as counts through the ledger, with their cause.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/shopify.hpp"
#include "store/store.hpp"
#include "tandem/pricing/pricing.hpp"

namespace tandem::app {

/// The files to import; an empty path leaves that part of the shop as it is.
struct ShopFiles {
  std::string products;
  std::string rules;
  std::string settings;
  std::string coupons;
  std::string images;  // a folder
  bool skip_bad = false;
};

/// The files of a folder like examples/shop, as far as they exist.
[[nodiscard]] ShopFiles files_of_folder(const std::string& folder);

struct ImportReport {
  std::vector<std::string> problems;  // what is wrong, by file, line and column
  std::vector<std::string> notes;
  std::size_t products = 0;
  std::size_t offers = 0;
  std::size_t images = 0;
  std::size_t coupons = 0;
  bool rules = false;
  bool settings = false;
  bool written = false;
};

/// Called as the work goes on: what is being done, how much of how many.
using Progress = std::function<void(std::string_view what, std::size_t done, std::size_t of)>;

[[nodiscard]] ImportReport import_shop(store::Store& store, const ShopFiles& files,
                                       const Progress& progress);

/// What products become in the store.
struct ImportedProducts {
  std::vector<store::Product> products;
  std::vector<store::Offer> offers;
  std::vector<store::StockPolicy> policies;
  struct Count {
    std::string sku;
    std::int64_t quantity = 0;
  };
  std::vector<Count> counts;
};

/// Gives an offer what the columns of our own say. Refuses what decoding of `custom.offer` refuses,
/// then as check_offer.
[[nodiscard]] Result<void> apply_terms(const intake::Terms& terms, Offer& offer);

/// Translates products of an export; a tax class the rules do not hold is a problem.
[[nodiscard]] ImportedProducts to_offers(const std::vector<intake::Product>& products,
                                         const Rules& rules, ImportReport& report);

}  // namespace tandem::app
